"""Taking out: what is filtered or ticked, as spreadsheets, 360Giving or project files."""
