"""Projects that are likely one: by code, name or acronym, in drafts too."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.core.admin import among

from ..models import ProjectPage
from . import likeness, names
from .kinds import AT_ODDS, Known, Reason, Table, differ


class Projects(Known):
    """Read anew each time: a draft changes nothing public, and is a twin all the same."""

    model = ProjectPage
    parse = staticmethod(names.title)
    likeness = staticmethod(likeness.of_titles)
    marks = {Reason.CODE: "code"}

    @classmethod
    def read(cls) -> Table:
        return Table(cls.rows(), cls.parse, cls.likeness)

    @classmethod
    def rows(cls) -> Iterator[tuple]:
        pages = ProjectPage.objects.filter(alias_of=None).order_by("pk")
        columns = ("translation_key", "title", "draft_title", "acronym", "code")
        for key, title, draft, acronym, code in pages.values_list(*columns):
            yield key, list({title, draft}), [acronym], {Reason.CODE: code}
        drafts = pages.filter(has_unpublished_changes=True, carries_facts=True)
        said = (f"latest_revision__content__{name}" for name in ("acronym", "code"))
        for key, acronym, code in drafts.values_list("translation_key", *said):
            yield key, [], [acronym or ""], {Reason.CODE: code or ""}

    def open_records(self) -> QuerySet:
        pages = ProjectPage.objects.filter(alias_of=None).defer_streamfields()
        if self.user is None:
            return pages
        return among(pages, policy_registry.get_by_type(Page).explorable_instances, self.user)

    def keys_shown_whole(self, keys: Iterable[UUID]) -> set[UUID]:
        """Whoever finds a project in the listing sees its code there."""
        return set(keys)

    def weigh(self, score: float, marks: dict, theirs: dict) -> float:
        """Two codes are two projects, be it two phases of one name."""
        return min(score, AT_ODDS) if differ(Reason.CODE, marks, theirs) else score
