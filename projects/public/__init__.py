"""What the public sees of projects: held in memory, listed, filtered and put on pages."""
