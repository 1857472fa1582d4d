"""Checking: files are read into entries of the format, and every fault in them is told."""

import hashlib
import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import ContactsPage, ContentPage, HomePage, SiteSettings

from ..directory import list_pages
from ..format import PAGE, PROJECT, RECORDS, Shape, extensions, texts
from ..format.body import Body
from ..format.fields import Choice
from ..format.references import Image
from ..format.segments import WORDS, parse_translations
from ..reading import Place, Source
from ..run import Run
from .schema import check

SITE_PAGE = (*PAGE, Choice("show_in_menus", False))
HOME = Shape("site-home", HomePage, SITE_PAGE, WORDS, body=Body(), below="root")
CONTENT = Shape("site-content", ContentPage, SITE_PAGE, WORDS, body=Body(), below="home")
SITE_SETTINGS = (
    *texts("association_name", "accent_colour", "email", "phone"),
    *texts("postal_address", "business_id"),
    Image("logo"),
)
PAGE_SETTINGS = ("accessibility_page", "privacy_page")


def fingerprint(value) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass
class Entry:
    """One object of a file: its id, what it says in Finnish and in the other languages."""

    shape: Shape
    identifier: str
    form: dict
    translations: dict = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return fingerprint([self.form, self.translations])


@dataclass
class ProjectFile:
    records: list[Entry]
    project: Entry
    pages: list[Entry]


def read_project(source: Source, run: Run) -> ProjectFile | None:
    """Read, check and note what the file defines. None, with faults reported, if it can't be."""
    if not source.read(run.report):
        return None
    data = source.value
    place = Place(source, (), run.report)
    if not isinstance(data, dict):
        place.fault(_("A project file is a group of fields (name: value), beginning “format: 1”."))
        return None
    if not check(place, data):
        return None
    run.default_projects = [data["id"]]
    found = ProjectFile([], _entry(PROJECT, data["id"], data, place, run), [])
    for shape in RECORDS:
        for identifier, record in data.get("records", {}).get(shape.kind, {}).items():
            at = place / "records" / shape.kind / identifier
            found.records.append(_entry(shape, identifier, record, at, run))
    for extension in extensions():
        for number, page in enumerate(data.get(extension.key, [])):
            at = place / extension.key / number
            found.pages.append(_entry(extension.shape, page["id"], page, at, run))
    source.value = None
    return found


def _entry(shape: Shape, identifier: str, data: dict, place: Place, run: Run) -> Entry:
    before = len(run.report.faults)
    form = shape.parse({**data, "id": identifier}, place, run)
    if shape.check:
        shape.check(form, data, place)
    entry = Entry(shape, identifier, form)
    if len(run.report.faults) == before:
        entry.translations = parse_translations(shape, data, form, place, run)
    at = place / "id" if "id" in data else place
    run.directory.define(shape.kind, identifier, at, entry.mark, data.get("key"))
    return entry


def check_slugs(checked: ProjectFile, source: Source, run: Run) -> None:
    """No two pages of one list may end in the same address."""
    place = Place(source, (), run.report)
    for number, entry in enumerate([checked.project, *checked.pages]):
        slug, kind = entry.form["fields"]["slug"], entry.shape.kind
        at = place / "slug" if number == 0 else place / kind / (number - 1) / "slug"
        other = run.directory.first(("slug", kind, slug), (entry.identifier, source.name))
        if other[0] != entry.identifier:
            at.fault(
                _("The slug “%(slug)s” is used by “%(id)s” in %(file)s, too.")
                % {"slug": slug, "id": other[0], "file": other[1]}
            )
            continue
        model = list_pages()[kind][0]
        key = run.directory.key(kind, entry.identifier)
        taken = Page.objects.filter(slug=slug, locale=run.locale).exclude(translation_key=key)
        for page in taken:
            if issubclass(page.get_parent().specific_class or Page, model):
                at.fault(
                    _("The slug “%(slug)s” is used by another page, “%(title)s”.")
                    % {"slug": slug, "title": page.title}
                )


def check_code(project: Entry, source: Source, run: Run) -> None:
    """Two projects with one code are worth a look, as in the admin, but no fault."""
    code, programme = project.form["fields"]["code"], project.form["fields"]["programme"]
    if not code:
        return
    known = (project.identifier, source.name)
    other = run.directory.first(("code", code.casefold(), programme), known)
    twin = other[0] if other != known else None
    loaded = run.directory.find("programmes", programme) if programme else None
    if twin is None and bool(programme) == bool(loaded):
        key = run.directory.key(project.shape.kind, project.identifier)
        found = project.shape.model(translation_key=key).code_twin(code, loaded)
        twin = found and run.directory.identifier(project.shape.kind, found)
    if twin:
        (Place(source, (), run.report) / "code").note(
            _("The code %(code)s is that of “%(id)s”, too.") % {"code": code, "id": twin}
        )


def read_site(source: Source, run: Run) -> tuple[list[Entry], dict]:
    """The pages of ``site.yaml``, and the values of the settings; faults are reported."""
    if not source.read(run.report):
        return [], {}
    place, data = Place(source, (), run.report), source.value
    if not check(place, data, "site.schema.json"):
        return [], {}
    home = run.directory.home_page()
    of_home = {"slug": home.slug, **data["home"]}
    entries = [_site_entry(HOME, "home", of_home, place / "home", run)]
    run.directory.learn(HOME.kind, "home", home.translation_key)
    slugs: dict[str, str] = {}
    ids = [page["id"] for page in data["pages"]]
    for number, page in enumerate(data["pages"]):
        at, identifier, kind = place / "pages" / number, page["id"], page["type"]
        shape = CONTENT
        if kind != "content":
            model = ContactsPage if kind == "contacts" else list_pages()[kind][0]
            shape = Shape(f"site-{kind}", model, SITE_PAGE, WORDS, below="home")
        entries.append(_site_entry(shape, identifier, page, at, run))
        slug = entries[-1].form["fields"]["slug"]
        if slugs.setdefault(slug, identifier) != identifier:
            (at / "slug").fault(_("The slug “%(slug)s” stands here twice.") % {"slug": slug})
        if ids.count(identifier) > 1:
            (at / "id").fault(_("The id “%(id)s” stands here twice.") % {"id": identifier})
        _adopt(shape, identifier, home, slug, run)
    return entries, _read_settings(data.get("settings", {}), place / "settings", entries, run)


def _site_entry(shape: Shape, identifier: str, data: dict, place: Place, run: Run) -> Entry:
    run.directory.shapes[shape.kind] = shape
    form = shape.parse({**data, "id": identifier}, place, run)
    return Entry(shape, identifier, form, parse_translations(shape, data, form, place, run))


def _adopt(shape: Shape, identifier: str, home: Page, slug: str, run: Run) -> None:
    """Recognise a page that is there already: the only one of its type, or of its address."""
    if (shape.kind, identifier) in run.directory:
        return
    found = shape.model.objects.child_of(home)
    if shape is CONTENT:
        found = found.filter(slug=slug)
    page = found.first()
    if page:
        run.directory.learn(shape.kind, identifier, page.translation_key)


def _read_settings(data: dict, place: Place, entries: list[Entry], run: Run) -> dict:
    values = {f.name: f.parse(data, place, run, SiteSettings) for f in SITE_SETTINGS}
    values["accent_colour"] = (
        values["accent_colour"] or SiteSettings._meta.get_field("accent_colour").default
    )
    content = {entry.identifier for entry in entries if entry.shape is CONTENT}
    for name in PAGE_SETTINGS:
        values[name] = data.get(name)
        if values[name] is not None and values[name] not in content:
            (place / name).fault(
                _("There is no content page of this id. There are: %(names)s.")
                % {"names": ", ".join(sorted(content)) or "–"}
            )
    return values
