"""Tables of any kind of file: their cells, and which column is which."""
