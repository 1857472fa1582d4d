"""The open data of the site: projects, organisations and publications, read-only, as JSON."""

from .views import api

__all__ = ["api"]
