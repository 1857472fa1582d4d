"""Places by their names in Finnish or Swedish, their official codes, and countries by theirs."""

import re
from functools import cached_property

from babel import Locale

from projects.models import Municipality, Region
from projects.models.details import AREA, country_of

ALL = {"koko suomi", "suomi", "valtakunnallinen", "hela finland", "finland", "all of finland", "fi"}
_BRACKETS = re.compile(r"\s*\(\s*\d{2,3}\s*\)")


class Places:
    """Read once for a file."""

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        found: dict[str, Municipality] = {}
        for town in Municipality.objects.order_by("in_force"):
            found |= dict.fromkeys((town.name_fi.casefold(), town.name_sv.casefold()), town)
            found[town.code] = town
        return found

    @cached_property
    def regions(self) -> dict[str, Region]:
        found: dict[str, Region] = {}
        for region in Region.objects.all():
            names = (region.name_fi, region.name_sv, region.name_en)
            found |= dict.fromkeys(map(str.casefold, names), region)
            found[region.code] = region
        return found

    @cached_property
    def countries(self) -> dict[str, str]:
        found = {}
        for language in ("fi", "sv", "en"):
            territories = Locale.parse(language).territories
            named = {name.casefold(): code for code, name in territories.items()}
            found |= {name: code for name, code in named.items() if AREA.fullmatch(code)}
        return {name: code for name, code in found.items() if country_of(code, "en")}

    def is_known(self, name: str) -> bool:
        return self.find(name) != ("", "")

    def find(self, name: str) -> tuple[str, str]:
        """``("municipalities", "091")``, ``("regions", "06")``, ``("areas", "SE")`` or blanks.

        All of Finland is ``("areas", "FI")``.
        """
        words = " ".join(_BRACKETS.sub("", name).split()).casefold()
        bare = re.sub(r"(?:n kaupunki|n kunta|s stad|s kommun| maakunta)$", "", words)
        for text in (words, bare):
            if town := self.municipalities.get(text):
                return "municipalities", town.code
            if region := self.regions.get(text):
                return "regions", region.code
        if words in ALL:
            return "areas", "FI"
        if code := self.countries.get(words):
            return "areas", code
        code = name.strip().upper()
        if name.strip() == code and AREA.fullmatch(code) and country_of(code, "en"):
            return "areas", code
        return "", ""
