"""Pages for what projects have in common: organisations, programmes, places, themes, target groups.

They are made from the registers and the catalogue of projects, in every language, without an
editor's work; who edits a record may write a text for its page.
"""
