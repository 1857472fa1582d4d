"""The open data of the site: projects, organisations and publications, read-only, as JSON."""
