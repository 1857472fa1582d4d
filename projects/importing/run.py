"""What one import or export carries with it from object to object."""

import uuid

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from ..models import Municipality, Region
from .directory import Directory
from .extensions import extensions
from .faults import Report, near
from .library import Library
from .links import RichText
from .shapes import PROJECT, RECORDS


class Run(RichText):
    """Faults and notes, ids and files, and what has been changed or kept so far.

    ``wanted`` are references of this run that no file seen so far defines, checked at the end.
    """

    def __init__(self, overwrite: bool = False):
        self.overwrite = overwrite
        self.report = Report()
        self.library = Library()
        self.locale = Locale.get_default()
        self.shapes = {shape.kind: shape for shape in (*RECORDS, PROJECT)}
        self.schemes = {"project": "projects"}
        for extension in extensions():
            for shape in extension.shapes:
                self.shapes[shape.kind] = shape
            self.schemes |= extension.schemes
        models = {kind: shape.model for kind, shape in self.shapes.items()}
        self.directory = Directory(models, self.locale)
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.defined: dict[tuple, tuple] = {}
        self.keys: dict[tuple, tuple] = {}
        self.wanted: list[tuple] = []
        self.record_data: dict[tuple, dict] = {}
        self.changed: list[str] = []
        self.kept: list[str] = []
        self.loaded: dict[tuple, str] = {}
        self.saved: dict[tuple, object] = {}
        self.default_projects: list[str] = []
        self.parents: dict[tuple, Page] = {}
        self.slugs: dict[tuple, tuple] = {}
        self.codes: dict[tuple, tuple] = {}
        self._places: dict[type, dict] = {}
        self._pages: dict[str, Page | None] = {}
        self._found: dict[tuple, object] = {}

    def note_saved(self, instance) -> None:
        """Keep what was written, so that its references are indexed once, when all is in place."""
        self.saved[instance.__class__, instance.pk] = instance

    # References

    def define(self, kind: str, identifier: str, place, mark: str, key: str | None) -> bool:
        """Note that a file defines something. False, with a fault, if another says otherwise."""
        before = self.defined.get((kind, identifier))
        if before is None:
            self.defined[kind, identifier] = (place.source.name, place.path, place.line, mark)
            return self.claim(kind, identifier, place, key)
        file, path, line, first_mark = before
        if (place.source.name, place.path) == (file, path):
            return True
        if self.shapes[kind].body:
            place.fault(
                _("The id “%(id)s” is used in %(file)s, line %(line)s, too. Ids are unique.")
                % {"id": identifier, "file": file, "line": line}
            )
            return False
        if first_mark == mark:
            return True
        place.fault(
            _("“%(id)s” is defined differently in %(file)s, line %(line)s. Make the two equal.")
            % {"id": identifier, "file": file, "line": line}
        )
        return False

    def claim(self, kind: str, identifier: str, place, key: str | None) -> bool:
        """Tie the id to its key. False, with a fault, if the key is another object's."""
        shape = self.shapes[kind]
        value = uuid.UUID(key) if key else self.directory.key(kind, identifier)
        family = "pages" if shape.body else kind
        owner = self.keys.setdefault((family, value), (kind, identifier))
        name = self.directory.owner(shape, value) if key else None
        if owner != (kind, identifier) or name not in (None, identifier):
            place.fault(
                _(
                    "The key is that of “%(owner)s”. If this is something else, leave the key out;"
                    " if it is the same, keep its id."
                )
                % {"owner": name or owner[1]}
            )
            return False
        if key:
            self.directory.learn(kind, identifier, value)
        return True

    def refer(self, kind: str, identifier: str, place) -> None:
        if (kind, identifier) not in self.defined:
            self.wanted.append((kind, identifier, place))

    def check_references(self) -> None:
        """Every id named must be defined in this run or loaded before."""
        for kind, identifier, place in self.wanted:
            if (kind, identifier) in self.defined or self.directory.find(kind, identifier):
                continue
            known = {name for group, name in self.defined if group == kind}
            known |= self.directory.names(kind)
            guesses = near(identifier, known)
            message = _("“%(id)s” is not among the %(kind)s of this run, nor loaded before.") % {
                "id": identifier,
                "kind": kind.replace("_", " "),
            }
            if guesses:
                message += _(" Did you mean %(names)s?") % {
                    "names": " / ".join(f"“{name}”" for name in guesses)
                }
            place.fault(message)
        self.wanted = []

    def resolve(self, kind: str, identifier: str | None):
        """The object in the source language, made from this file's records if it is missing."""
        if identifier is None:
            return None
        found = self._found.get((kind, identifier)) or self.directory.find(kind, identifier)
        if found is None:
            found = self.make_missing(kind, identifier)
        self._found[kind, identifier] = found
        return found

    def make_missing(self, kind: str, identifier: str):
        from . import pages, records

        if (kind, identifier) in self.record_data:
            return records.recreate(self, kind, identifier)
        return pages.make_stub(self, self.shapes[kind], identifier)

    def forget(self) -> None:
        """Let go of what one file needed, so that memory stays flat."""
        self._found.clear()
        self.record_data.clear()

    def locale_of(self, language: str) -> Locale:
        if language not in self.locales:
            locale, _created = Locale.objects.get_or_create(language_code=language)
            self.locales[language] = locale
        return self.locales[language]

    # Places and pages

    def places(self, model) -> dict:
        if model not in self._places:
            rows = model.objects.all()
            if hasattr(model, "successor"):
                rows = rows.select_related("successor")
            self._places[model] = {place.code: place for place in rows}
        return self._places[model]

    def places_of(self, name: str) -> dict:
        return self.places({"municipality": Municipality, "region": Region}[name])

    def page_at(self, path: str) -> Page | None:
        if path not in self._pages:
            root = Site.objects.get(is_default_site=True).root_page
            url_path = root.url_path + path.strip("/") + ("/" if path.strip("/") else "")
            self._pages[path] = Page.objects.filter(url_path=url_path, locale=self.locale).first()
        return self._pages[path]
