"""Taking away what was found, whole or not at all."""

from django.db import transaction
from django.db.models import Model
from wagtail.models import Locale, Page, ReferenceIndex, Site

from cms.translation.models import Term
from home.models import SiteSettings

from ..importing import Remembered, only_import
from ..models import ImportRecord
from .finding import Change, Changed, Identity, Sample, identity, sample
from .traces import Traces

WORDS = ("lead", "body", "search_description", "seo_title", "social_image")
DATES = ("first_published_at", "last_published_at", "latest_revision_created_at")


def remove(keep_changed: bool = False) -> list[Change]:
    """Take the sample away. Raises :class:`Changed`, with nothing done, where somebody changed it.

    ``keep_changed``: such things stay instead, with all that they refer to. Raises :class:`Busy`
    while an import runs. Returns what was kept.
    """
    with only_import(), transaction.atomic():
        found = sample()
        changes = found.changes
        if changes and not keep_changed:
            raise Changed(changes)
        _Removal(found).run()
    return changes


class _Removal:
    def __init__(self, found: Sample) -> None:
        self.found = found
        self.kept = kept(found)
        self.traces = Traces()

    def run(self) -> None:
        things = [thing for thing in self.found.things if not self._stays(thing)]
        files = [each for each in self.found.files if identity(each) not in self.kept]
        self._reset_settings()
        pages = [thing for thing in things if _is_page(thing)]
        records = [thing for thing in things if not _is_page(thing)]
        self.traces.note([version for thing in things for version in thing.versions] + files)
        self.traces.note(self.found.terms)
        for thing in sorted(pages, key=_from_below):
            self._remove_page(thing)
        # What names a record goes before it: contacts before organisations.
        for thing in reversed(records):
            for version in reversed(thing.versions):
                version.delete()
        for each in files:
            each.delete()
        Term.objects.filter(pk__in=[term.pk for term in self.found.terms]).delete()
        self._forget(things)
        self.traces.remove()
        _remove_languages()

    def _stays(self, thing: Remembered) -> bool:
        """Something joined into another is not there any more; what is left is the other's."""
        return any(identity(version) in self.kept for version in thing.versions)

    def _reset_settings(self) -> None:
        stored, changed = self.found.memories.settings, self.found.memories.changed_settings
        if stored is None:
            return
        self.traces.note([stored])
        for name in self.found.memories.untouched_settings:
            field = SiteSettings._meta.get_field(name)
            if self._is_kept(getattr(stored, name)):
                continue
            setattr(stored, name, field.get_default())
        if changed or self._has_kept_value(stored):
            stored.save()
        else:
            stored.delete()

    def _is_kept(self, value: object) -> bool:
        return isinstance(value, Page) and identity(value) in self.kept

    def _has_kept_value(self, stored: SiteSettings) -> bool:
        fields = [each for each in stored._meta.concrete_fields if each.name not in ("id", "site")]
        return any(each.value_from_object(stored) != each.get_default() for each in fields)

    def _remove_page(self, thing: Remembered) -> None:
        for version in reversed(thing.versions):
            page = Page.objects.get(pk=version.pk).specific
            home = Site.objects.filter(root_page=page).first()
            if home or page.get_children().exists():
                _make_bare(page, home)
            else:
                page.delete()

    def _forget(self, things: list[Remembered]) -> None:
        for thing in things:
            ImportRecord.objects.filter(kind=thing.kind, translation_key=thing.key).delete()
        settings = ImportRecord.objects.filter(kind="site-settings")
        settings.filter(translation_key=self.found.memories.settings_key).delete()


def _is_page(thing: Remembered) -> bool:
    return bool(thing.versions) and isinstance(thing.versions[0], Page)


def _from_below(thing: Remembered) -> tuple[int, bool]:
    return -max(version.depth for version in thing.versions), thing.is_frame


def kept(found: Sample) -> set[Identity]:
    """What stays: the changed, the needed, and all that either of them refers to."""
    stays: set[Identity] = set(found.needed)
    together: dict[Identity, set[Identity]] = {}
    for thing in found.things:
        own = {identity(version) for version in thing.versions}
        together |= dict.fromkeys(own, own)
        if thing.changes:
            stays |= own
    stays |= _of_settings(found)
    waiting = list(stays)
    while waiting:
        one = waiting.pop()
        further = found.refers.get(one, set()) | together.get(one, set())
        waiting += further - stays
        stays |= further
    return stays


def _of_settings(found: Sample) -> set[Identity]:
    """Pages and the picture that somebody has chosen in the settings."""
    stored = found.memories.settings
    values = [getattr(stored, name) for name in found.memories.changed_settings] if stored else []
    return {identity(value) for value in values if isinstance(value, Model)}


def _make_bare(page: Page, site: Site | None) -> None:
    """As it was before any file filled it."""
    if page.depth == 2:
        page.title = page.draft_title = (site or Site.objects.get(is_default_site=True)).site_name
    for name in WORDS:
        if hasattr(page, name):
            setattr(page, name, page._meta.get_field(name).get_default())
    page.save()
    page.revisions.all().delete()
    empty = dict.fromkeys(DATES)
    Page.objects.filter(pk=page.pk).update(
        **empty, latest_revision=None, live_revision=None, has_unpublished_changes=False
    )
    ReferenceIndex.create_or_update_for_object(page)


def _remove_languages() -> None:
    """Those in which nothing is left, and of which nobody has a right."""
    first = Locale.get_default()
    every = Locale._meta.get_fields(include_hidden=True)
    relations = [each for each in every if each.auto_created and not each.concrete]
    for locale in Locale.objects.exclude(pk=first.pk):
        used = any(
            each.related_model._base_manager.filter(**{each.field.name: locale}).exists()
            for each in relations
        )
        if not used:
            locale.delete()
