from .files import PublicationFile
from .pages import PublicationIndexPage, PublicationKind, PublicationPage, PublicationProject

__all__ = [
    "PublicationFile",
    "PublicationIndexPage",
    "PublicationKind",
    "PublicationPage",
    "PublicationProject",
]
