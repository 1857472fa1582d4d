"""What points to something else: records, places, pictures, documents, and links of rich text."""

import hashlib
from html import escape

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from ..reading import Place, near, shown
from . import rich_text
from .fields import Text
from .rich_text import tidy


def related(instance, attr: str) -> object | None:
    """The object a foreign key points to, or None, also where it may not be null."""
    return getattr(instance, attr) if getattr(instance, f"{attr}_id") is not None else None


class Reference(Text):
    """A record or page by its id. ``kind`` is the group under ``records``."""

    default = None

    def __init__(self, name: str, kind: str, attr: str | None = None) -> None:
        super().__init__(name, attr)
        self.kind = kind

    def parse(self, data: dict, place: Place, run, model) -> str | None:
        value = data.get(self.name)
        if value is not None:
            run.directory.refer(self.kind, value, place / self.name)
        return value

    def read(self, instance, run) -> str | None:
        return run.directory.identifier(self.kind, related(instance, self.attr))

    def write(self, instance, value, run) -> None:
        if value != self.read(instance, run):
            setattr(instance, self.attr, run.resolve(self.kind, value))


class OfficialCode(Text):
    """A municipality or region by its official code, with the name beside it if the file has it."""

    def __init__(self, name: str, attr: str, model: type, digits: int) -> None:
        super().__init__(name, attr)
        self.model, self.digits = model, digits

    def parse(self, data: dict, place: Place, run, model) -> str:
        table = run.directory.places(self.model)
        value, name = data[self.name], None
        if isinstance(value, dict):
            value, name = value["code"], value.get("name")
        code = str(value).zfill(self.digits)
        found = table.get(code)
        if found is None:
            twins = [c for c, p in table.items() if name and name in (p.name_fi, p.name_sv)]
            message = _("There is no official code %(code)s.") % {"code": shown(code)}
            place.fault(message + self._right_code(name, twins[0] if twins else None))
        elif name and name.casefold() not in (found.name_fi.casefold(), found.name_sv.casefold()):
            right = {p.name_fi: c for c, p in table.items()} | {
                p.name_sv: c for c, p in table.items()
            }
            guess = right.get(name) or right.get((near(name, right) or [""])[0])
            message = _("Code %(code)s is %(right)s, not %(name)s.") % {
                "code": code,
                "right": found.name_fi,
                "name": shown(name),
            }
            place.fault(message + self._right_code(name, guess))
        elif not getattr(found, "in_force", True):
            self._note_successor(found, place)
        return code

    @staticmethod
    def _right_code(name: str | None, code: str | None) -> str:
        if not code:
            return ""
        return _(" The code of %(name)s is %(code)s.") % {"name": name, "code": code}

    @staticmethod
    def _note_successor(found, place: Place) -> None:
        names, heir = {"name": found.name_fi, "code": found.code}, found.successor
        message = _("%(name)s (%(code)s) is no longer a municipality.")
        if heir:
            names |= {"heir": heir.name_fi, "heir_code": heir.code}
            message = _("%(name)s (%(code)s) is part of %(heir)s (%(heir_code)s) now.")
        place.note(message % names)

    def read(self, instance, run) -> str | None:
        place = related(instance, self.attr)
        return place and place.code

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, run.directory.places(self.model)[value])

    def dump(self, value, run) -> dict:
        return {"code": value, "name": run.directory.places(self.model)[value].name_fi}


def file_hash(asset) -> str:
    """SHA-1 of what is stored, or of its absence where the file itself is gone."""
    try:
        return asset.get_file_hash()
    except OSError:
        return hashlib.sha1(str(asset.file.name).encode(), usedforsecurity=False).hexdigest()


def focal_point(image) -> list[int] | None:
    names = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    box = [getattr(image, name) for name in names]
    return None if None in box else box


class Image(Text):
    """Canonical: ``{"sha1", "title", "description", "credit", "focal_point"}``."""

    default, kind = None, "image"

    @staticmethod
    def value_of(image) -> dict | None:
        return image and {
            "sha1": file_hash(image),
            "title": tidy(image.title),
            "description": tidy(image.description),
            "credit": tidy(image.credit),
            "focal_point": focal_point(image),
        }

    def parse(self, data: dict, place: Place, run, model) -> dict | None:
        value = data.get(self.name)
        return None if value is None else run.library.parse(value, place / self.name, self.kind)

    def read(self, instance, run) -> dict | None:
        return self.value_of(related(instance, self.attr))

    def write(self, instance, value, run) -> None:
        if self.read(instance, run) != value:
            setattr(instance, self.attr, run.library.find_or_store(value, self.kind))

    def dump(self, value, run) -> dict | None:
        return value and run.library.dump(value, self.kind)


class Document(Image):
    """Canonical: ``{"sha1", "title"}``."""

    kind = "document"

    @staticmethod
    def value_of(document) -> dict | None:
        return document and {"sha1": file_hash(document), "title": tidy(document.title)}


class RichText:
    """A text with links to ids, paths and files in its file, to primary keys where it is stored."""

    @staticmethod
    def parse(value, place: Place, run, lang: bool = False) -> str:
        def link(attributes: dict) -> str | None:
            href = (attributes.get("href") or "").strip()
            if not rich_text.is_link(href):
                raise rich_text.TextFault(
                    _("“%(href)s” is not a link that a page may have.") % {"href": href[:80]}
                )
            scheme, _colon, rest = href.partition(":")
            if scheme in run.directory.schemes:
                run.directory.refer(run.directory.schemes[scheme], rest, place)
            elif scheme == "page" and run.directory.page_at(rest) is None:
                raise rich_text.TextFault(_("There is no page %(path)s.") % {"path": rest[:80]})
            elif scheme == "file":
                found = run.library.parse(rest, place, "document")
                return f"file:{found['sha1']}" if found else "#"
            return href

        try:
            return rich_text.from_file(str(value), link, lang)
        except rich_text.TextFault as error:
            place.fault(error)
            return ""

    @staticmethod
    def read(html: str, run) -> str:
        def link(attributes: dict) -> str:
            kind, pk = attributes.get("linktype"), attributes.get("id", "")
            if kind == "page" and pk.isdecimal():
                page = Page.objects.filter(pk=pk).first()
                return run.directory.address_of(page) if page else "#"
            if kind == "document" and pk.isdecimal():
                document = get_document_model().objects.filter(pk=pk).first()
                return f"file:{file_hash(document)}" if document else "#"
            return rich_text.stored_link(attributes.get("href") or "#")

        return rich_text.canonical(tidy(html), link, strict=False)

    @staticmethod
    def write(canonical: str, run) -> str:
        def attributes(href: str) -> str:
            scheme, _colon, rest = href.partition(":")
            if scheme in run.directory.schemes:
                return f'linktype="page" id="{run.resolve(run.directory.schemes[scheme], rest).pk}"'
            page = run.directory.page_at(rest) if scheme == "page" else None
            if page:
                return f'linktype="page" id="{page.pk}"'
            if scheme == "file":
                return f'linktype="document" id="{run.library.linked_document(rest).pk}"'
            return f'href="{escape(href)}"'

        return rich_text.replace_links(canonical, attributes)

    @staticmethod
    def dump(canonical: str, run) -> str:
        def attributes(href: str) -> str:
            if href.startswith("file:"):
                href = run.library.dump_link(href)
            return f'href="{escape(href)}"'

        return rich_text.to_file(rich_text.replace_links(canonical, attributes))
