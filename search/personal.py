"""What the search keeps of a person: documents in each index, and words that were searched for."""

from cms.core.personal import Subject

from .engines import EngineError, configured_engines, get_engine
from .models import MissedSearch
from .sources import SOURCES


def tell(subject: Subject) -> dict:
    return {
        "documents": [
            {
                "language": document.locale,
                "title": document.title,
                "text": document.lead,
                "address": document.url,
                "public_until": document.public_until and document.public_until.isoformat(),
            }
            for document in SOURCES["person"].documents(sorted(subject.keys))
        ],
        "indexes": {name: indexed(name, subject) for name in configured_engines()},
        "searches_without_an_answer": list(
            MissedSearch.objects.filter(subject.mentions("words")).values(
                "words", "language", "times"
            )
        ),
    }


def indexed(name: str, subject: Subject) -> list[str] | str:
    """Ids of the person's documents in an engine's index; a sentence if it does not answer."""
    beginnings = tuple(f"person:{key}:" for key in subject.keys)
    try:
        ids = get_engine(name).ids() if beginnings else ()
        return sorted(id for id, _fingerprint in ids if id.startswith(beginnings))
    except EngineError as error:
        return f"It does not answer: {error}"


def forget(subject: Subject) -> None:
    """The documents go with the record; words that were searched for go here."""
    MissedSearch.objects.filter(subject.mentions("words")).delete()
