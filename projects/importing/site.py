"""The frame of the site: home page, lists and content pages in every language, settings."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.models import ContactsPage, ContentPage, HomePage, SiteSettings

from . import pages, words
from .bodies import Body
from .extensions import extensions
from .faults import Fault, FaultyFiles, Place
from .fields import Choice, Picture, Text
from .importer import Outcome, one_reference_index, said, whole_or_nothing
from .memory import Memory
from .parents import home_in, home_page, parent_of, parent_types
from .projectfile import Entry
from .reading import Source
from .run import Run
from .schema import check
from .shape import Shape
from .shapes import PAGE, PROJECT, WORDS

SITE_PAGE = (*PAGE, Choice("show_in_menus", False))
HOME = Shape("site-home", HomePage, SITE_PAGE, WORDS, body=Body("page"), below="root")
LINES = ("association_name", "accent_colour", "email", "phone", "postal_address", "business_id")
SETTINGS = (*(Text(name) for name in LINES), Picture("logo"))
PAGE_SETTINGS = ("accessibility_page", "privacy_page")


def shape_of(kind: str) -> Shape:
    if kind == "content":
        return Shape("site-content", ContentPage, SITE_PAGE, WORDS, body=Body("page"), below="home")
    model = ContactsPage if kind == "contacts" else parent_types()[kind][0]
    return Shape(f"site-{kind}", model, SITE_PAGE, WORDS, below="home")


def load_site(path: Path, overwrite: bool = False, progress=lambda items, label: items) -> Outcome:
    """Load ``site.yaml``. Raises :class:`FaultyFiles`, with nothing loaded, if it has a fault."""
    run = Run(overwrite)
    source = Source(Path(path))
    if not source.read(run.report):
        run.report.raise_if_faulty()
    place, data = Place(source, (), run.report), source.value
    if check(place, data, "site.schema.json"):
        entries = read_entries(data, place, run)
        values = read_settings(data.get("settings", {}), place / "settings", entries, run)
    run.check_references()
    run.report.raise_if_faulty()
    try:
        with whole_or_nothing(run), transaction.atomic(), one_reference_index(run):
            for code, _name in settings.LANGUAGES:
                run.locale_of(code)
            for entry in progress(entries, _("Pages of the site")):
                pages.load(entry, run)
            for code, _name in settings.LANGUAGES:
                complete(code, run)
            load_settings(values, run)
    except (ValidationError, DatabaseError) as error:
        raise FaultyFiles([Fault(str(path), 0, "", said(error))]) from error
    return Outcome(1, run.changed, run.kept, run.report.notes)


def complete(language: str, run: Run) -> None:
    """Home page and lists exist in every language, with their plain names where none are given."""
    home_in(language, run)
    parent_of(PROJECT, run, language)
    for extension in extensions():
        parent_of(extension.shapes[0], run, language)


def read_entries(data: dict, place: Place, run: Run) -> list[Entry]:
    home = home_page(run)
    entries = [entry(HOME, "home", {"slug": home.slug, **data["home"]}, place / "home", run)]
    run.directory.learn(HOME.kind, "home", home.translation_key)
    slugs: dict[str, str] = {}
    for number, page in enumerate(data["pages"]):
        at = place / "pages" / number
        shape = shape_of(page["type"])
        entries.append(entry(shape, page["id"], page, at, run))
        slug = entries[-1].form["fields"]["slug"]
        if slugs.setdefault(slug, page["id"]) != page["id"]:
            (at / "slug").fault(_("The slug “%(slug)s” stands here twice.") % {"slug": slug})
        if sum(page["id"] == other["id"] for other in data["pages"]) > 1:
            (at / "id").fault(_("The id “%(id)s” stands here twice.") % {"id": page["id"]})
        adopt(shape, page["id"], home, slug, run)
    return entries


def adopt(shape: Shape, identifier: str, home, slug: str, run: Run) -> None:
    """Recognise a page that is there already: the only one of its type, or of its address."""
    if (shape.kind, identifier) in run.directory:
        return
    found = shape.model.objects.child_of(home)
    if shape.kind == "site-content":
        found = found.filter(slug=slug)
    page = found.first()
    if page:
        run.directory.learn(shape.kind, identifier, page.translation_key)


def entry(shape: Shape, identifier: str, data: dict, place: Place, run: Run) -> Entry:
    run.directory.models[shape.kind] = shape.model
    form = shape.parse({**data, "id": identifier}, place, run)
    return Entry(shape, identifier, form, words.parse(shape, data, form, place, run))


def read_settings(data: dict, place: Place, entries: list[Entry], run: Run) -> dict:
    values = {f.name: f.parse(data, place, run, SiteSettings) for f in SETTINGS}
    values["accent_colour"] = (
        values["accent_colour"] or SiteSettings._meta.get_field("accent_colour").default
    )
    content = {e.identifier for e in entries if e.shape.kind == "site-content"}
    for name in PAGE_SETTINGS:
        values[name] = data.get(name)
        if values[name] is not None and values[name] not in content:
            (place / name).fault(
                _("There is no content page of this id. There are: %(names)s.")
                % {"names": ", ".join(sorted(content)) or "–"}
            )
    return values


def load_settings(values: dict, run: Run) -> None:
    site = Site.objects.get(is_default_site=True)
    stored = SiteSettings.for_site(site)
    memory = Memory("site-settings", "settings", home_page(run).translation_key)
    current = {f.name: f.read(stored, run) for f in SETTINGS}
    for name in PAGE_SETTINGS:
        current[name] = run.directory.identifier("site-content", getattr(stored, name))
    language = run.locale.language_code
    form = {"fields": values, "lists": {}}
    merged = memory.merge(language, form, {"fields": current, "lists": {}}, run)
    if merged.changed:
        for f in SETTINGS:
            f.write(stored, merged.form["fields"][f.name], run)
        for name in PAGE_SETTINGS:
            setattr(stored, name, run.resolve("site-content", merged.form["fields"][name]))
        stored.save()
        run.note_saved(stored)
    memory.store(language, form)
