"""Whoever follows a search, a list or a page is told by e-mail once a week what is new there."""
