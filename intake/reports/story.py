"""The people and the text of a project, and what of the site's vocabularies it is about."""

from .blocks import Span, Text
from .contact import Contact
from .cues import LEAD
from .entries import entries, tables
from .mention import Mention
from .names import mentions
from .noting import Notes, slug_of
from .parts import Part
from .people import contacts
from .places import Gazetteer
from .registers import Registers, terms_in
from .sections import Section, sections
from .words import language_of
from .writing import written


class Story(Notes):
    """What a report tells of people, and its sections."""

    def __init__(
        self, text: Text, page_title: str, registers: Registers, gazetteer: Gazetteer
    ) -> None:
        super().__init__(text)
        self.page_title = page_title
        self.registers, self.gazetteer = registers, gazetteer
        self.language = language_of(text.text)
        self.known = entries(text)
        self.tables = tables(text)

    def find(self, words: str) -> list[Mention]:
        """Organisations; *kunnat* of a region are none."""
        found = mentions(words, self.registers.find)
        return [each for each in found if not each.municipality or self.towns_of(each)]

    def towns_of(self, mention: Mention) -> list[tuple[str, str]]:
        """The code and name of the municipality that an organisation is, at most one."""
        found = self.gazetteer.of_word(mention.municipality) if mention.municipality else []
        return [(number, name) for number, name, is_region in found if not is_region][:1]

    def take_contacts(self, mentioned: list[Mention], parts: list[Part]) -> None:
        spans = [(each.start, each.end) for each in mentioned]
        leads = [part for part in parts if part.role == LEAD]
        for number, contact in enumerate(contacts(self.text, self.tables, spans)[:40]):
            self._contact(number, contact, leads)

    def _contact(self, number: int, contact: Contact, leads: list[Part]) -> None:
        people = self.records.setdefault("people", {})
        identity = slug_of(contact.name, people, lambda record: record["name"] == contact.name)
        record = {"name": contact.name[:255]}
        for what in ("title", "email", "phone"):
            if value := getattr(contact, what):
                record[what] = value
                self.found.where[("records", "people", identity, what)] = self.passage(
                    contact.places[what]
                )
        own = mentions(contact.organisation, self.registers.find) if contact.organisation else []
        if own or len(leads) == 1:
            record["organisation"] = self.record_of(own[0] if own else leads[0].mention)
        people[identity] = record
        self.put(("contacts", number), {"person": identity}, contact.span)

    def take_body(self, named: Span | None) -> None:
        used = [
            (p.start, p.end)
            for path, p in self.found.where.items()
            if path[0] not in ("municipalities", "regions", "title")
        ]
        story = sections(self.text, named, used)
        if story and story[0].is_lead and not self.found.data.get("lead"):
            self._lead(story)
        for number, section in enumerate(story[:500]):
            block = {"kind": section.kind} | (
                {"heading": section.heading} if section.heading else {}
            )
            span = Span(self.text.text[section.start : section.end], section.start)
            self.put(("body", number), block | {"text": written(section)}, span)
        self._take_terms(story)

    def _lead(self, story: list[Section]) -> None:
        first = story[0].lines[0]
        if len(first.text) <= 600:
            self.put(("lead",), " ".join(first.text.split()), first)
            story[0].lines.pop(0)
            if not story[0].lines:
                story.pop(0)

    def _take_terms(self, story: list[Section]) -> None:
        labelled = " ".join(x.value.text for x in self.known if "themes" in x.kinds)
        whole = self.found.data.get("title", "") + " " + labelled
        aimed = " ".join(line.text for x in story if x.kind == "target_groups" for line in x.lines)
        themes = terms_in(whole, self.registers.themes, 1) or terms_in(
            self.text.text, self.registers.themes, 3
        )
        groups = terms_in(aimed, self.registers.target_groups, 1)
        for kind, terms, most in (("themes", themes, 6), ("target_groups", groups, 8)):
            for term in terms[:most]:
                self.records.setdefault(kind, {})[term.slug] = {"name": term.name}
                self.put((kind, len(self.found.data.get(kind, []))), term.slug, None)
