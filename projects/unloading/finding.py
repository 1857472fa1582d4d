"""What is there of the sample, what somebody has changed of it, and what else needs it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from cms.translation.models import Term
from cms.translation.terms import table
from cms.translation.terms.taking import Known, brought, said
from home.models import SiteSettings

from ..importing import Memories, Remembered, remembered
from ..models import ImportRecord, MemberDraft, MemberGroup

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
SITE = "site.yaml"
Identity = tuple[int, str]
"""Content type of the base model, primary key as text: as Wagtail's index of references has it."""


class Changed(Exception):
    """Somebody has changed the sample, or uses it; nothing was taken away."""

    def __init__(self, changes: list["Change"]) -> None:
        self.changes = changes
        super().__init__(f"{len(changes)} changes")


@dataclass(frozen=True)
class Change:
    """A page or record, what of it was changed or why it is needed, and where that can be seen."""

    name: str
    what: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


@dataclass
class Sample:
    """``needed``: by identity, the names of what is not of the sample and refers to it."""

    memories: Memories
    files: list[Model] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    changed_terms: list[Term] = field(default_factory=list)
    needed: dict[Identity, list[str]] = field(default_factory=dict)
    refers: dict[Identity, set[Identity]] = field(default_factory=dict)

    @property
    def things(self) -> list[Remembered]:
        return self.memories.things

    @property
    def changes(self) -> list[Change]:
        return list(_changes(self))


def project_files(folder: Path = SAMPLE) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if path.name != SITE)


def is_there() -> bool:
    """Whether anything of the sample's projects is left: one small query."""
    names = [path.stem for path in project_files()]
    return ImportRecord.objects.filter(kind="projects", identifier__in=names).exists()


def sample(folder: Path = SAMPLE) -> Sample:
    memories = remembered(folder, project_files(folder))
    found = Sample(memories)
    if memories.things:
        found.files = list(_files(memories.hashes))
        _find_terms(found, folder / "terms.csv")
        _find_references(found)
    return found


def identity(thing: Model) -> Identity:
    return ReferenceIndex._get_base_content_type(thing).pk, str(thing.pk)


def _files(hashes: set[str]) -> Iterator[Model]:
    """What somebody has uploaded is no file of the sample, be its bytes the same."""
    for model in (get_image_model(), get_document_model()):
        yield from model.objects.filter(file_hash__in=hashes, uploaded_by_user=None)


def _find_terms(found: Sample, path: Path) -> None:
    known = Known()
    for one in table.read(path.read_bytes()):
        like = known.like(one)
        if len(like) != 1:
            continue
        same = said(like[0]) == brought(one) and like[0].note.strip() == one.note.strip()
        (found.terms if same else found.changed_terms).append(like[0])


def _find_references(found: Sample) -> None:
    versions = [version for thing in found.things for version in thing.versions]
    own = {identity(each) for each in (*versions, *found.files)}
    refers, outside = defaultdict(set), defaultdict(set)
    for source, target in _references(own):
        (refers[source] if source in own else outside[source]).add(target)
    found.refers = dict(refers)
    needed = defaultdict(list)
    for source, name in _names(outside):
        for target in outside[source]:
            needed[target].append(name)
    for thing in found.things:
        for version in thing.versions:
            needed[identity(version)] += _not_indexed(thing, version, own)
    found.needed = {key: names for key, names in needed.items() if names}


def _references(targets: set[Identity]) -> Iterator[tuple[Identity, Identity]]:
    by_kind = defaultdict(list)
    for kind, key in targets:
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        rows = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys)
        columns = ("base_content_type", "object_id", "to_object_id")
        for source_kind, source, target in rows.values_list(*columns).distinct():
            yield (source_kind, source), (kind, target)


def _names(sources: Iterable[Identity]) -> Iterator[tuple[Identity, str]]:
    """Pages and records by their names; what the site notes for itself is nobody's work."""
    own_work = {Page, *get_snippet_models(), get_image_model(), get_document_model()}
    for kind, key in sources:
        model = ContentType.objects.get_for_id(kind).model_class()
        thing = model in own_work and model._base_manager.filter(pk=key).first()
        if thing:
            name = thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)
            yield (kind, key), f"“{name}”"


def _not_indexed(thing: Remembered, version: Model, own: set[Identity]) -> list[str]:
    """Pages below, unless they may stay without it, and people who look after an organisation."""
    if isinstance(version, Page):
        below = [] if thing.is_frame else version.get_children().defer_streamfields()
        return [f"“{page.title}”" for page in below if identity(page) not in own]
    if thing.kind != "organisations":
        return []
    groups = MemberGroup.objects.filter(organisation=version).select_related("group")
    drafts = MemberDraft.objects.filter(organisation=version, begun=True)
    pages = Page.objects.filter(translation_key__in=drafts.values("project"))
    return [f"“{group.group}”" for group in groups] + [f"“{page.title}”" for page in pages]


def _changes(found: Sample) -> Iterator[Change]:
    for thing in found.things:
        first = thing.versions[0] if thing.versions else None
        name, url = title_of(thing), form_of(first)
        for what in thing.changes:
            yield Change(name, what, url)
        used = [n for version in thing.versions for n in found.needed.get(identity(version), ())]
        yield from _uses(name, used, url)
    for each in found.files:
        yield from _uses(
            f"{each._meta.verbose_name} “{each.title}”", found.needed.get(identity(each), ())
        )
    for name in found.memories.changed_settings:
        word = SiteSettings._meta.get_field(name).verbose_name
        yield Change(str(SiteSettings._meta.verbose_name), str(word))
    for term in found.changed_terms:
        yield Change(f"{Term._meta.verbose_name} “{term}”", _("words"))


def _uses(name: str, used: Iterable[str], url: str = "") -> Iterator[Change]:
    if names := list(dict.fromkeys(used)):
        yield Change(name, _("used by %(names)s") % {"names": ", ".join(names)}, url)


def title_of(thing: Remembered) -> str:
    if not thing.versions:
        return f"{thing.kind} {thing.identifier}"
    first = thing.versions[0]
    name = first.title if isinstance(first, Page) else first.name
    return f"{first._meta.verbose_name} “{name}”"


def form_of(thing: Model | None) -> str:
    if thing is None:
        return ""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
