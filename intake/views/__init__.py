"""Uploading, the review, progress and undoing."""
