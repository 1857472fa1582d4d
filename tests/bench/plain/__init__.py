"""A plain Wagtail site with the texts and facts of Katto's, to be measured beside it."""
