"""What editors see of projects: listings, registers, choosers and the front page of the admin."""
