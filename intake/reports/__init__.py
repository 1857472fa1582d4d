"""Reports: rules that find the facts of a project in running text."""
