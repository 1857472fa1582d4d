"""Saving what was reviewed, in the background, and taking it back."""
