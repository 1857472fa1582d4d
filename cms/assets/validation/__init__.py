"""What may enter the library of images and documents.

Forms, models and importers call the same two functions; a refusal is a ``ValidationError`` that
says in the user's language what is wrong with the file and what would be right.
"""

from .documents import check_document
from .images import check_image

__all__ = ["check_document", "check_image"]
