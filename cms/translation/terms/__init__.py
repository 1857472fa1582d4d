"""Agreed words: which of them a text has, in any form, and what others say."""
