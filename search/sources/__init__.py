"""What is searched: for each kind of record, the documents it makes in every locale.

A source knows where its words come from and which records share a document when one changes.
The rooms below do not know that they are searched.
"""

from ..documents import KINDS
from . import home, projects, publications  # noqa: F401
from .base import Source

_SOURCES = {source.kind: source for source in Source.__subclasses__()}
SOURCES: dict[str, Source] = {kind: _SOURCES[kind]() for kind in KINDS}
