"""The kinds of files, one module each: what recognises it and what reads it."""
