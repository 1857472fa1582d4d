"""Files of translations, out and in: looked at before anything is taken."""
