"""Links of rich text: between pages and ids, documents and bytes."""

from html import escape

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from . import text
from .library import file_hash


class RichText:
    """A mixin of the run."""

    schemes: dict[str, str] = {"project": "projects"}

    def rich_text(self, value, place, lang: bool = False) -> str:
        def link(attributes: dict) -> str | None:
            href = (attributes.get("href") or "").strip()
            if not text.is_link(href):
                raise text.TextFault(
                    _("“%(href)s” is not a link that a page may have.") % {"href": href[:80]}
                )
            scheme, _colon, rest = href.partition(":")
            if scheme in self.schemes:
                self.refer(self.schemes[scheme], rest, place)
            elif scheme == "page" and self.page_at(rest) is None:
                raise text.TextFault(_("There is no page %(path)s.") % {"path": rest[:80]})
            elif scheme == "file":
                found = self.library.parse(rest, place, "document")
                return f"file:{found['sha1']}" if found else "#"
            return href

        try:
            return text.from_file(str(value), link, lang)
        except text.TextFault as error:
            place.fault(error)
            return ""

    def read_rich_text(self, html: str) -> str:
        return text.canonical(text.tidy(html), self.read_link, strict=False)

    def read_link(self, attributes: dict) -> str:
        kind, pk = attributes.get("linktype"), attributes.get("id", "")
        if kind == "page" and pk.isdecimal():
            page = Page.objects.filter(pk=pk).first()
            return self.name_page(page) if page else "#"
        if kind == "document" and pk.isdecimal():
            document = get_document_model().objects.filter(pk=pk).first()
            return f"file:{file_hash(document)}" if document else "#"
        return text.stored_link(attributes.get("href") or "#")

    def name_page(self, page) -> str:
        if page.locale_id != self.locale.pk:
            page = page.get_translation_or_none(self.locale) or page
        if page.locale_id != self.locale.pk:
            return text.stored_link(page.url or "#")
        model = page.specific_class
        for scheme, kind in self.schemes.items():
            if self.directory.models[kind] is model:
                return f"{scheme}:{self.directory.identifier(kind, page)}"
        return f"page:/{'/'.join(page.url_path.split('/')[2:])}"

    def write_rich_text(self, canonical: str) -> str:
        def attributes(href: str) -> str:
            scheme, _colon, rest = href.partition(":")
            if scheme in self.schemes:
                return f'linktype="page" id="{self.resolve(self.schemes[scheme], rest).pk}"'
            if scheme == "page":
                page = self.page_at(rest)
                if page:
                    return f'linktype="page" id="{page.pk}"'
            if scheme == "file":
                document = get_document_model().objects.filter(file_hash=rest).first()
                if document is None:
                    title = self.library.paths[rest].stem.removesuffix(f"-{rest[:8]}")
                    document = self.library.document({"sha1": rest, "title": title})
                return f'linktype="document" id="{document.pk}"'
            return f'href="{escape(href)}"'

        return text.replace_links(canonical, attributes)
