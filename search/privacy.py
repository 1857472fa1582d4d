"""What the search keeps of a person, and how it forgets in time.

That is documents in each index, and words that people searched for in vain.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cms.users.models import Subject
from projects.models import Person

from .engines import EngineError, configured_engines, get_engine
from .models import MissedSearch
from .sources import SOURCES
from .tasks import changed


def forget_missed_searches() -> int:
    """Delete searches without an answer that nobody has repeated for ``MISSED_SEARCH_DAYS``.

    People type names into a search; how many were deleted is returned.
    """
    limit = timezone.localdate() - timedelta(days=settings.MISSED_SEARCH_DAYS)
    deleted, _models = MissedSearch.objects.filter(last_on__lt=limit).delete()
    return deleted


def drop_expired_people() -> int:
    """Take people out of the index whose last public day has passed.

    No question finds them from midnight on; this is so that no index keeps what nobody may see.
    """
    expired = Person.objects.filter(public_until__lt=timezone.localdate())
    keys = set(expired.order_by().values_list("translation_key", flat=True))
    changed(("person", key) for key in keys)
    return len(keys)


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
