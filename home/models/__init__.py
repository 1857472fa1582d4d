from .pages import ContactsPage, ContentPage, HomePage
from .settings import SiteSettings

__all__ = ["ContactsPage", "ContentPage", "HomePage", "SiteSettings"]
