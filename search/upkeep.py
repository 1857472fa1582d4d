"""What has to happen every day so that the search forgets in time."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from projects.models import Person

from .models import MissedSearch
from .noting import changed


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
