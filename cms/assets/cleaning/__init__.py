"""What a file gives away beside its content is taken out of it on its way in.

Position, camera and owner of a photograph, author and company of a document: nobody chose to
publish them. Pixels and pages stay as they are, byte for byte where the format lets them.
"""

from .files import clean_document, clean_image

__all__ = ["clean_document", "clean_image"]
