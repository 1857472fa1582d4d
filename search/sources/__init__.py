"""What is searched: for each kind of record, the documents it makes in every locale.

A source knows where its words come from and which records share a document when one changes.
The rooms below do not know that they are searched.
"""

from .base import Source
from .home import ContentPageSource, PersonSource
from .projects import ProjectSource
from .publications import PublicationSource

SOURCES: dict[str, Source] = {
    source.kind: source
    for source in (ProjectSource(), PublicationSource(), PersonSource(), ContentPageSource())
}
