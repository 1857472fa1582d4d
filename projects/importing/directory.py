"""What there is, by the names that files use: objects, languages, places and pages.

Ids of files and translation keys of objects are found in both directions.
"""

import re
import uuid
from collections import defaultdict

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from ..models import ImportRecord, ProjectIndexPage
from .format import PROJECT, RECORDS, Shape, extensions
from .format.rich_text import stored_link
from .reading import Place, near

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/katto/project-files")


class NoHome(Exception):
    """There is no default site with a home page in the source language."""


def default_key(kind: str, identifier: str) -> uuid.UUID:
    """The translation key of what is first made by a file: the same on every site."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{identifier}")


def list_pages() -> dict[str, tuple]:
    """``{kind: (page model, slug, title)}`` of the lists that pages live in."""
    own = {"projects": (ProjectIndexPage, "hankkeet", lambda: _("Projects"))}
    return own | {extension.shape.kind: extension.parent for extension in extensions()}


class Directory:
    """``shapes`` are the kinds of objects; ``schemes`` the kinds that a link can lead to."""

    def __init__(self) -> None:
        self.locale = Locale.get_default()
        added = [extension.shape for extension in extensions()]
        self.shapes: dict[str, Shape] = {shape.kind: shape for shape in (*RECORDS, PROJECT, *added)}
        self.schemes = {"project": "projects"}
        self.schemes |= {extension.scheme: extension.shape.kind for extension in extensions()}
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self._keys: dict[tuple, uuid.UUID] = {}
        self._names: dict[tuple, str] = {}
        self._used: dict[str, set] = defaultdict(set)
        self._first: dict[tuple, tuple] = {}
        self.wanted: list[tuple[str, str, Place]] = []
        self._cache: dict[object, object] = {}
        self._former: set[tuple] = set()
        rows = ImportRecord.objects.filter(language=self.locale.language_code)
        columns = ("kind", "identifier", "translation_key", "is_former")
        # What an object is called by itself counts, above the ids of what was joined into it.
        for kind, identifier, key, is_former in rows.order_by("-is_former", "pk").values_list(
            *columns
        ):
            self.learn(kind, identifier, key)
            if is_former:
                self._former.add((kind, identifier))

    # Ids, keys and objects

    def learn(self, kind: str, identifier: str, key: uuid.UUID) -> None:
        self._keys[kind, identifier] = key
        self._names[kind, key] = identifier
        self._used[kind].add(identifier)

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return pair in self._keys

    def key(self, kind: str, identifier: str) -> uuid.UUID:
        return self._keys.get((kind, identifier)) or default_key(kind, identifier)

    def identifier(self, kind: str, instance) -> str | None:
        """The id of an object; one made in the admin gets its own from its slug or name."""
        if instance is None:
            return None
        key = instance.translation_key
        if (kind, key) not in self._names:
            self.name_all(kind)
        return self._names.get((kind, key)) or str(key)

    def name_all(self, kind: str) -> None:
        """Name every object of the kind at once, in the order of keys: the same names each time."""
        model = self.shapes[kind].model
        word = "slug" if any(f.name == "slug" for f in model._meta.get_fields()) else "name"
        rows = model.objects.filter(locale=self.locale).order_by("translation_key")
        for key, text in rows.values_list("translation_key", word):
            if (kind, key) in self._names:
                continue
            base = re.sub("[-_]+", "-", slugify(text)[:70]).strip("-") or kind.replace("_", "-")
            name, number = base, 2
            while name in self._used[kind]:
                name, number = f"{base}-{number}", number + 1
            self.learn(kind, name, key)

    def find(self, kind: str, identifier: str) -> object | None:
        """The object in the source language."""
        own = self.shapes[kind].model.objects.filter(translation_key=self.key(kind, identifier))
        return own.filter(locale=self.locale).first()

    def is_used(self, kind: str, identifier: str) -> bool:
        return identifier in self._used[kind]

    # What the files of this run say

    def forget_claims(self) -> None:
        """The next file is a run of its own: nothing that it says was said before."""
        self._first.clear()
        self.wanted.clear()

    def first(self, claim: tuple, by: tuple) -> tuple:
        """Who in this run was the first to claim something: an id, a key, a slug, a code."""
        return self._first.setdefault(claim, by)

    def define(self, kind: str, identifier: str, place: Place, mark: str, key: str | None) -> None:
        """Note that a file defines something, with a fault if another says otherwise."""
        claim = ("id", kind, identifier)
        if claim not in self._first:
            self._first[claim] = (place.source.name, place.path, place.line, mark)
            return self._claim_key(kind, identifier, place, key)
        file, path, line, first_mark = self._first[claim]
        if (place.source.name, place.path) == (file, path):
            return
        if self.shapes[kind].body:
            message = _("The id “%(id)s” is used in %(file)s, line %(line)s, too. Ids are unique.")
        elif first_mark != mark:
            message = _(
                "“%(id)s” is defined differently in %(file)s, line %(line)s. Make the two equal."
            )
        else:
            return
        place.fault(message % {"id": identifier, "file": file, "line": line})

    def _claim_key(self, kind: str, identifier: str, place: Place, key: str | None) -> None:
        """Tie the id to its key, with a fault if the key is another object's."""
        if (kind, identifier) in self._former and not key:
            return  # Joined into another, whose own file may stand in this run too.
        shape = self.shapes[kind]
        value = uuid.UUID(key) if key else self.key(kind, identifier)
        family = "pages" if shape.body else kind
        owner = self.first(("key", family, value), (kind, identifier))
        name = self._owner(shape, value) if key else None
        if owner != (kind, identifier) or name not in (None, identifier):
            place.fault(
                _(
                    "The key is that of “%(owner)s”. If this is something else, leave the key out;"
                    " if it is the same, keep its id."
                )
                % {"owner": name or owner[1]}
            )
        elif key:
            self.learn(kind, identifier, value)

    def _owner(self, shape: Shape, key: uuid.UUID) -> str | None:
        """The id that the key has had so far, or the title of another kind of page that has it."""
        if (shape.kind, key) in self._names:
            return self._names[shape.kind, key]
        if not issubclass(shape.model, Page):
            return None
        page = Page.objects.filter(translation_key=key).first()
        return page.title if page and page.specific_class is not shape.model else None

    def refer(self, kind: str, identifier: str, place: Place) -> None:
        """Note an id that must be defined in this run or loaded before: see check_references."""
        if ("id", kind, identifier) not in self._first:
            self.wanted.append((kind, identifier, place))

    def check_references(self) -> None:
        wanted, self.wanted = self.wanted, []
        for kind, identifier, place in wanted:
            if ("id", kind, identifier) in self._first or self.find(kind, identifier):
                continue
            known = {claim[2] for claim in self._first if claim[:2] == ("id", kind)}
            guesses = near(identifier, known | self._used[kind])
            message = _("“%(id)s” is not among the %(kind)s of this run, nor loaded before.") % {
                "id": identifier,
                "kind": kind.replace("_", " "),
            }
            if guesses:
                message += _(" Did you mean %(names)s?") % {
                    "names": " / ".join(f"“{name}”" for name in guesses)
                }
            place.fault(message)

    # Languages, places and pages

    def locale_of(self, language: str) -> Locale:
        if language not in self._locales:
            locale, _created = Locale.objects.get_or_create(language_code=language)
            self._locales[language] = locale
        return self._locales[language]

    def places(self, model: type) -> dict[str, object]:
        """Municipalities or regions by their official codes."""
        if model not in self._cache:
            rows = model.objects.all()
            if hasattr(model, "successor"):
                rows = rows.select_related("successor")
            self._cache[model] = {place.code: place for place in rows}
        return self._cache[model]

    def page_at(self, path: str) -> Page | None:
        if path not in self._cache:
            root = Site.objects.get(is_default_site=True).root_page
            url_path = root.url_path + path.strip("/") + ("/" if path.strip("/") else "")
            pages = Page.objects.filter(url_path=url_path, locale=self.locale)
            self._cache[path] = pages.first()
        return self._cache[path]

    def address_of(self, page: Page) -> str:
        """A link to the page, as files write it."""
        if page.locale_id != self.locale.pk:
            page = page.get_translation_or_none(self.locale) or page
        if page.locale_id != self.locale.pk:
            return stored_link(page.url or "#")
        for scheme, kind in self.schemes.items():
            if self.shapes[kind].model is page.specific_class:
                return f"{scheme}:{self.identifier(kind, page)}"
        return f"page:/{'/'.join(page.url_path.split('/')[2:])}"

    def home_page(self) -> Page:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            message = _("There is no default site: make one in the admin under Settings → Sites.")
            raise NoHome(message)
        return site.root_page.specific
