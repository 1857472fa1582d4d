"""What another language says, cut into segments as wagtail-localize cuts them.

Two modes. ``words``: segment by segment, kept by wagtail-localize; None stands for "not translated
yet". ``own``: a page with a text of its own, as easy Finnish always is; only facts are shared.
"""

from collections import defaultdict

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

from ..reading import Place, near
from .parts import flat, translatable
from .references import RichText
from .rich_text import canonical, tidy

OWN_ONLY = {"fi-simple"}
WORDS = ("title", "lead", "seo_title", "search_description")
MARK = "\ue000"


def parse_translations(shape, data: dict, form: dict, place: Place, run) -> dict[str, dict]:
    """``{language: {"mode", "fields", "lists"}}`` of the field ``translations``."""
    found = {}
    for language, words in data.get("translations", {}).items():
        own = language in OWN_ONLY or (shape.body and isinstance(words.get("body"), list))
        parse = _parse_own if own else _parse_words
        found[language] = parse(shape, words, form, place / "translations" / language, run)
    return found


def _parse_own(shape, words: dict, form: dict, place: Place, run) -> dict:
    known = {*words} & {"state", *WORDS, *shape.words}
    said = {name: (words[name] or "").strip() for name in known}
    if not issubclass(shape.model, Page):
        return {"mode": "own", "fields": {k: v for k, v in said.items() if v}, "lists": {}}
    fields = {**dict.fromkeys(shape.words, ""), "state": form["fields"]["state"], **said}
    fields["title"] = fields["title"] or form["fields"]["title"]
    lists = shape.body and {"body": shape.body.parse(words.get("body", []), place / "body", run)}
    return {"mode": "own", "fields": fields, "lists": lists or {}}


def _parse_words(shape, words: dict, form: dict, place: Place, run) -> dict:
    fields = {}
    for name in shape.words:
        fields[name] = (words.get(name) or "").strip() or None
        if fields[name] and not form["fields"].get(name):
            (place / name).fault(_("Finnish has no such text to translate: give it first."))
    if shape.body is None:
        return {"mode": "words", "fields": fields, "lists": {}}
    fields["state"] = words.get("state", form["fields"]["state"])
    blocks, given, place = form["lists"]["body"], words.get("body", {}), place / "body"
    for name in [name for name in given if name not in blocks]:
        names = ", ".join(near(name, blocks) or blocks) or "–"
        message = _("The Finnish body has no block of this name. It has: %(names)s.")
        (place / name).fault(message % {"names": names})
    body = {}
    for name, item in blocks.items():
        body[name] = _parse_block(item, given.get(name, {}), place / name, run)
    return {"mode": "words", "fields": fields, "lists": {"body": body}}


def _parse_block(item: dict, given: dict, place: Place, run) -> dict:
    parts, given = translatable(item), flat(given)
    for name in given:
        if name not in parts:
            message = _("The Finnish block has no such text. It has: %(names)s.")
            (place / name).fault(message % {"names": ", ".join(parts) or "–"})
    words = {}
    for name, part in parts.items():
        value = (given.get(name) or "").strip() or None
        if value and part.kind == "rich":
            value = RichText.parse(given[name], place / name, run, lang=True)
            try:
                segments = translated(item[name], value)
            except Misfit as error:
                (place / name).fault(error)
                segments = []
            if all(segment is None for segment in segments):
                value = None
        words[name] = value
    return words


class Misfit(ValueError):
    """The translation has not the segments or the links of its source."""


def translated(source: str, translation: str) -> list[str | None]:
    """The translation's segments in the order of the source's, None where not translated yet.

    Both texts are canonical. Raises :class:`Misfit`.
    """
    soup = BeautifulSoup(translation, "html.parser")
    for element in soup.find_all(attrs={"lang": "fi"}):
        del element["lang"]
        for child in list(element.children):
            if getattr(child, "name", None) in ("ul", "ol"):
                break
            child.extract()
        element.insert(0, MARK)
    source_template, source_strings = extract_strings(source)
    template, strings = extract_strings(str(soup))
    if template != source_template:
        message = _(
            "The text must have the same paragraphs and list items as the Finnish one, which has"
            " %(source)s passages; this has %(here)s."
        )
        raise Misfit(message % {"source": len(source_strings), "here": len(strings)})
    return [
        None if string.data == MARK else _with_source_links(string.data, links, wanted)
        for (_own, wanted), (string, links) in zip(source_strings, strings, strict=True)
    ]


def _with_source_links(data: str, attributes: dict, source: dict) -> str:
    """Number the links as the source does, matched by address."""
    free = {name: values.get("href") for name, values in source.items()}
    soup = BeautifulSoup(data, "html.parser")
    for element in soup.find_all("a"):
        href = attributes.get(element.get("id"), {}).get("href")
        name = next((name for name, address in free.items() if address == href), None)
        if name is None:
            message = _("The link to %(href)s is not in the same passage of the Finnish text.")
            raise Misfit(message % {"href": href})
        del free[name]
        element["id"] = name
    if lost := ", ".join(map(str, free.values())):
        raise Misfit(_("Links of the Finnish passage are missing: %s.") % lost)
    return str(soup)


def joined(source: str, segments: list[str | None]) -> str:
    """A text of the source's shape; segments that are None stay Finnish and say so."""
    template, strings = extract_strings(source)
    soup = BeautifulSoup(template, "html.parser")
    for element in soup.find_all("text"):
        if segments[int(element["position"])] is None:
            holder = element.find_parent(["p", "li", "h3", "h4"])
            if holder is not None:
                holder["lang"] = "fi"
    values = [
        (string if segment is None else StringValue(segment), attributes)
        for segment, (string, attributes) in zip(segments, strings, strict=True)
    ]
    return restore_strings(str(soup), values)


class StoredSegments:
    """What wagtail-localize has of one object in one language, as words of the file and back."""

    def __init__(self, shape, instance, source, locale, run) -> None:
        self.shape, self.locale = shape, locale
        self.blocks = shape.body.read(instance.body, run) if shape.body else {}
        self.rows = defaultdict(list)  # By content path, in the order of the text.
        rows = StringSegment.objects.filter(source=source).annotate_translation(locale)
        for row in rows.select_related("context", "string").order_by("order"):
            self.rows[row.context.path].append(row)

    def read(self, target) -> dict:
        fields = {name: self._line(self.rows.get(name)) for name in self.shape.words}
        if isinstance(target, Page):
            fields["state"] = "live" if target.live else "draft"
        if self.shape.body is None:
            return {"mode": "words", "fields": fields, "lists": {}}
        body: dict[str, dict] = {name: {} for name in self.blocks}
        for name, item in self.blocks.items():
            for key, part in translatable(item).items():
                rows = self.rows.get(part.path_in(name), [])
                rich = part.kind == "rich"
                body[name][key] = self._text(item, rows) if rich else self._line(rows)
        return {"mode": "words", "fields": fields, "lists": {"body": body}}

    @staticmethod
    def _text(item: dict, rows: list) -> str | None:
        segments = [row.translation for row in rows]
        strings = [string.data for string, _attributes in extract_strings(item["text"])[1]]
        if len(strings) != len(rows):
            # The Finnish has been changed since: what still has its translation keeps it.
            known = {row.string.data: row.translation for row in rows}
            segments = [known.get(string) for string in strings]
        try:
            html = joined(item["text"], segments) if any(segments) else None
        except (ValueError, IndexError, KeyError):
            html = None
        return html and canonical(
            tidy(html), lambda link: link.get("href") or "#", strict=False, lang=True
        )

    @staticmethod
    def _line(rows: list | None) -> str | None:
        text = rows and rows[0].translation
        return tidy(StringValue(text).render_text()) if text else None

    def write(self, form: dict) -> list[str]:
        """Store the words; returns paths whose Finnish is no longer what the file translates."""
        misfits, wanted = [], {}
        for name in self.shape.words:
            value = form["fields"].get(name)
            wanted[name] = [value and StringValue.from_plaintext(value).data]
        for name, words in form["lists"].get("body", {}).items():
            item = self.blocks.get(name)
            parts = translatable(item) if item else {}
            for part, value in words.items():
                if part not in parts:
                    continue
                path = parts[part].path_in(name)
                count = len(self.rows.get(path, []))
                if value is None:
                    wanted[path] = [None] * count
                elif parts[part].kind == "rich":
                    try:
                        segments = translated(item["text"], value)
                    except Misfit:
                        segments = None
                    if segments is None or len(segments) != count:
                        misfits.append(path)
                    else:
                        wanted[path] = segments
                else:
                    wanted[path] = [StringValue.from_plaintext(value).data]
        self._store(wanted)
        return misfits

    def _store(self, wanted: dict[str, list]) -> None:
        contexts = {row.context_id for rows in self.rows.values() for row in rows}
        stored = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(context_id__in=contexts, locale=self.locale)
        }
        new, gone = {}, []
        for path, texts in wanted.items():
            for row, text in zip(self.rows.get(path, []), texts, strict=False):
                known = stored.get(key := (row.string_id, row.context_id))
                if text is None:
                    gone += [known.pk] if known else []
                elif known is None:
                    new.setdefault(key, text)
                elif known.data != text or known.has_error:
                    known.data, known.has_error, known.field_error = text, False, ""
                    known.save()
        StringTranslation.objects.filter(pk__in=gone).delete()
        common = {"locale": self.locale, "translation_type": "manual"}
        StringTranslation.objects.bulk_create(
            StringTranslation(translation_of_id=string, context_id=context, data=text, **common)
            for (string, context), text in new.items()
        )
