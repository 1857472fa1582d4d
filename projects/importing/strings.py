"""Translated strings of one object in one language, as words of the file format and back."""

from collections import defaultdict

from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.strings import StringValue

from .bodies import Body
from .passages import cut, joined, translated
from .text import canonical, tidy
from .words import path_of, translatable


class Strings:
    def __init__(self, shape, instance, source, locale, run):
        self.shape, self.instance, self.source = shape, instance, source
        self.locale, self.run = locale, run
        self.blocks = shape.body.read(instance.body, run) if shape.body else {}

    def segments(self) -> dict[str, list]:
        """``{content path: [segment, …]}`` in the order of the text."""
        found = defaultdict(list)
        rows = StringSegment.objects.filter(source=self.source).annotate_translation(self.locale)
        for segment in rows.select_related("context", "string").order_by("order"):
            found[segment.context.path].append(segment)
        return found

    def read(self, target) -> dict:
        segments = self.segments()
        fields = {name: self.read_line(segments.get(name)) for name in self.shape.words}
        if isinstance(target, Page):
            fields["state"] = "live" if target.live else "draft"
        if self.shape.body is None:
            return {"mode": "words", "fields": fields, "lists": {}}
        body = {}
        for name, item in self.blocks.items():
            body[name] = {
                part: self.read_part(segments, name, item, part) for part in translatable(item)
            }
        return {"mode": "words", "fields": fields, "lists": {"body": body}}

    def read_part(self, segments, name: str, item: dict, part: str) -> str | None:
        rows = segments.get(path_of(name, item["kind"], part), [])
        if not (part == "text" and Body.is_rich(item["kind"])):
            return self.read_line(rows)
        passages = [row.translation for row in rows]
        strings = [string.data for string, _attributes in cut(item["text"])[1]]
        if len(strings) != len(rows):
            # The Finnish has been changed since: what still has its translation keeps it.
            known = {row.string.data: row.translation for row in rows}
            passages = [known.get(string) for string in strings]
        if not any(passages):
            return None
        try:
            html = joined(item["text"], passages)
        except (ValueError, IndexError, KeyError):
            return None
        return canonical(tidy(html), self.href, strict=False, lang=True)

    @staticmethod
    def href(values: dict) -> str:
        return values.get("href") or "#"

    @staticmethod
    def read_line(rows) -> str | None:
        if not rows or not rows[0].translation:
            return None
        return tidy(StringValue(rows[0].translation).render_text())

    def write(self, form: dict) -> list[str]:
        """Store the words; returns paths whose Finnish is no longer what the file translates."""
        segments, misfits = self.segments(), []
        wanted: dict[str, list] = {}
        for name in self.shape.words:
            value = form["fields"].get(name)
            wanted[name] = [value and StringValue.from_plaintext(value).data]
        for name, words in form["lists"].get("body", {}).items():
            item = self.blocks.get(name)
            for part, value in words.items():
                if item is None or part not in translatable(item):
                    continue
                path = path_of(name, item["kind"], part)
                rows = segments.get(path, [])
                if value is None:
                    wanted[path] = [None] * len(rows)
                elif part == "text" and Body.is_rich(item["kind"]):
                    passages, wrong = translated(item["text"], value)
                    if wrong or len(passages) != len(rows):
                        misfits.append(path)
                    else:
                        wanted[path] = passages
                else:
                    wanted[path] = [StringValue.from_plaintext(value).data]
        self._store(segments, wanted)
        return misfits

    def _store(self, segments: dict, wanted: dict) -> None:
        contexts = {row.context_id for rows in segments.values() for row in rows}
        stored = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(context_id__in=contexts, locale=self.locale)
        }
        new, gone = {}, []
        for path, texts in wanted.items():
            for row, text in zip(segments.get(path, []), texts, strict=False):
                key = (row.string_id, row.context_id)
                known = stored.get(key)
                if text is None:
                    gone += [known.pk] if known else []
                elif known is None:
                    new.setdefault(key, text)
                elif known.data != text or known.has_error:
                    known.data, known.has_error, known.field_error = text, False, ""
                    known.save()
        StringTranslation.objects.filter(pk__in=gone).delete()
        StringTranslation.objects.bulk_create(
            StringTranslation(
                translation_of_id=string,
                context_id=context,
                locale=self.locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for (string, context), text in new.items()
        )
