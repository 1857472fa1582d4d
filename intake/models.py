"""What is kept of bringing in: uploads, the projects found in them, how columns were matched."""
