"""One project in the shape of project files, of all that was found in a report."""

from django.utils.translation import gettext as _

from cms.core.hygiene import one_line

from ..found import Doubt, Found
from .blocks import Span
from .codes import code, further_codes
from .cues import FUNDER, LEAD, OWN
from .dates import dates
from .joining import joined
from .mention import Mention
from .noting import slug_of
from .periods import Period, each_of, period
from .places import Finder, Place, chosen
from .programmes import programme
from .roles import Part, Reader
from .story import Story
from .sums import sums
from .titles import acronym, full_address, title, website

ROLES = {"lead": "lead", "implementer": "implementer", "partner": "partner"}
DETAILS = frozenset(("award_date", "priority_axis", "specific_objective", "official_name"))
FUNDING = {"funder": "main", "co_funder": "co_funder", "own": "own_share"}


class Collector(Story):
    """Fills one :class:`~intake.found.Found`; every ``_take`` adds a kind of fact."""

    def collect(self) -> Found:
        named = self._take_names()
        period_found = self._take_period()
        mentioned = list(self._mentions())
        parts = self._take_parts(mentioned)
        self._take_details()
        self._take_programme(named, period_found, parts)
        self._take_places(mentioned, parts)
        self.take_contacts(mentioned, parts)
        self.take_body(named)
        if self.records:
            self.found.data["records"] = self.records
        return self.found

    def _take_names(self) -> Span | None:
        named = title(self.text, self.known, self.page_title)
        if named:
            self.put(("title",), named.text[:255], named)
        self.missing("title", _("No title was found. Write one."))
        words = named.text if named else ""
        if short := acronym(self.text, self.known, words, self._written(named)):
            self.put(("acronym",), short.text, short)
        if number := code(self.text, self.known):
            self.put(("code",), number.text.replace(" ", ""), number)
        words += f" {short.text}" if short else ""
        if site := website(self.text, self.known, words):
            self.put(("website",), full_address(site.text)[:200], site)
        return named

    def _written(self, named: Span | None) -> str:
        """The title as it stands in the text, with an acronym behind it."""
        return self.text.text[named.start : named.end].strip() if named else ""

    def _take_details(self) -> None:
        """What funders' forms tell besides, by its label alone."""
        for entry in self.known:
            for kind in DETAILS & entry.kinds if not entry.under else ():
                words = one_line(entry.value.text)[:255]
                if kind == "award_date":
                    words = next((x.value for x in dates(words) if x.precision == "day"), "")
                if words and kind not in self.found.data:
                    self.put((kind,), words, entry.value)
        codes = further_codes(self.known, self.found.data.get("code", ""))
        for number, (scheme, span) in enumerate(codes[:20]):
            row = {"scheme": scheme, "code": span.text[:80]}
            self.put(("codes", number), row, span)

    def _take_period(self) -> Period:
        found = period(self.text, self.known)
        rough = {"day"}
        for name, date in each_of(found):
            span = Span(self.text.text[date.start : date.end], date.start)
            self.put(("period", name), date.value, span)
            rough.add(date.precision)
        exact = next((each for each in ("year", "month") if each in rough), "")
        if exact:
            self.found.data["period"]["precision"] = exact
        if "period" not in self.found.data or not found.start:
            doubt = _("It isn’t told when the project began.")
            self.found.doubts.append(Doubt(("period", "start"), doubt))
        return found

    def _mentions(self) -> list[Mention]:
        """Every organisation of the text, in the places of the whole text."""
        return [each.moved(line.start) for line in self.text.lines for each in self.find(line.text)]

    def _take_parts(self, mentioned: list[Mention]) -> list[Part]:
        reader = Reader(self.find)
        told = reader.read(self.text, self.known, self.tables)
        parts = joined(told.found, mentioned, self.text)
        for part in parts:
            if part.role in ROLES:
                self._organisation(part)
        for part in _funders_in_order(parts):
            self._funder(part)
        self._take_sums(parts)
        self.missing("organisations", _("No organisation was found that leads or carries it out."))
        self.missing("funding", _("No funder was found."))
        return parts

    def _take_sums(self, parts: list[Part]) -> None:
        own = any(part.role == OWN and part.amount for part in parts)
        paid = {
            (part.amount.value, bool(part.mention.municipality)) for part in parts if part.amount
        }
        told = sums(self.text, self.known, self.tables)
        for each in sorted(told, key=lambda each: each.source == "funding"):
            rows = self.found.data.get("amounts", [])
            if each.is_public_and_spent:
                if "realised_public_funding" not in self.found.data:
                    self.put(("realised_public_funding",), each.amount.written, each.place)
            elif (
                each.source in ("municipal", "private")
                and (each.amount.value, each.source == "municipal") in paid
                and not each.year
            ):
                continue  # who pays it is named
            elif each.source != "funding" and not (own and each.source == "own" and not each.year):
                row = {"source": each.source, "kind": each.kind, "amount": each.amount.written}
                year = {"year": each.year} if each.year else {}
                self.put(("amounts", len(rows)), row | year, each.place)

    def _organisation(self, part: Part) -> None:
        role = ROLES[part.role]
        if part.mention.municipality and role == "partner":
            role = "partner_municipality"
        identity = self.record_of(part.mention)
        rows = self.found.data.get("organisations", [])
        if any(row["organisation"] == identity for row in rows) or len(rows) >= 60:
            return
        doubt = _("It isn’t told in so many words: this is a guess.") if part.is_guess else ""
        self.put(
            ("organisations", len(rows)),
            {"organisation": identity, "role": role},
            part.place,
            doubt,
        )

    def _funder(self, part: Part) -> None:
        identity = self.record_of(part.mention)
        rows = self.found.data.get("funding", [])
        amount = part.amount.written if part.amount else None
        for row in rows:
            if row["organisation"] == identity and amount is None:
                return
        role = FUNDING[part.role]
        mains = {row["organisation"] for row in rows if row["role"] == "main"}
        if role == "main" and mains - {identity}:
            role = "co_funder"
        row = {"organisation": identity, "role": role} | ({"amount": amount} if amount else {})
        row |= {"kind": part.kind} if part.kind and amount else {}
        row |= {"year": part.year} if part.year and amount else {}
        doubt = _("It isn’t told in so many words: this is a guess.") if part.is_guess else ""
        path = ("funding", len(rows))
        self.put(path, row, part.place, doubt)
        if amount and part.amount_place:
            self.found.where[(*path, "amount")] = self.passage(part.amount_place)

    def _take_programme(self, named: Span | None, when: Period, parts: list[Part]) -> None:
        years = tuple(int(date.value[:4]) if date else 0 for date in (when.start, when.end))
        funders = [part.mention.short_name for part in parts if part.role in FUNDING]
        number = self.found.data.get("code", "")
        found = programme(self.text, self.known, number, years, self.registers.programmes, funders)
        if found:
            identity = slug_of(found.record.get("short_name") or found.record["name"], {}, bool)
            self.records["programmes"] = {identity: found.record}
            doubt = (
                "" if found.sure else _("The programme was worked out from the fund and the years.")
            )
            self.put(("programme",), identity, found.span, doubt)

    def _take_places(self, mentioned: list[Mention], parts: list[Part]) -> None:
        finder = Finder(self.text, self.gazetteer, self.language)
        municipal = [
            Place(code_, name, False, part.place, 1)
            for part in parts
            for code_, name in self.towns_of(part.mention)
            if part.role != LEAD
        ]
        told = list(finder.told(mentioned))
        places = chosen(list(finder.labelled(self.known)), told, municipal)
        towns = [place for place in places if not place.is_region]
        regions = [place for place in places if place.is_region]
        for kind, group in (("municipalities", towns), ("regions", regions)):
            for number, place in enumerate(group[: 320 if kind == "municipalities" else 20]):
                doubt = _("It is named only in passing.") if place.weight < 2 else ""
                self.put(
                    (kind, number), {"code": place.code, "name": place.name}, place.span, doubt
                )
        around = {
            self.gazetteer.regions[town.code]
            for town in towns
            if town.code in self.gazetteer.regions
        }
        if not regions and len(around) == 1:
            number, name = around.pop()
            doubt = _("All its municipalities are in this region.")
            self.put(("regions", 0), {"code": number, "name": name}, None, doubt)


def _funders_in_order(parts: list[Part]) -> list[Part]:
    """The main ones first: the first that a report names."""
    order = {FUNDER: 0, "co_funder": 1, OWN: 2}
    return sorted((part for part in parts if part.role in order), key=lambda part: order[part.role])
