"""What the site's registers know: a name that is there already is recognised wherever it stands."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from projects.models import Organisation, Programme, TargetGroup, Theme

from .mention import Mention
from .words import lemmas, tokens

TAIL = r"(?::?[a-zåäö]{1,6})?(?![\w-])"


@dataclass
class Registers:
    """Names by the first letters of their first word, so that a text is walked once."""

    organisations: dict[str, list[tuple[re.Pattern, Organisation]]] = field(default_factory=dict)
    programmes: list[Programme] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    target_groups: list[TargetGroup] = field(default_factory=list)

    @classmethod
    def read(cls) -> "Registers":
        found = defaultdict(list)
        for organisation in Organisation.objects.select_related("locale"):
            for name in {organisation.name, organisation.short_name} - {""}:
                if len(name) > 2:
                    found[name[:3].lower()].append((_pattern(name), organisation))
        return cls(
            dict(found),
            list(_finnish(Programme)),
            list(_finnish(Theme)),
            list(_finnish(TargetGroup)),
        )

    def find(self, text: str) -> list[Mention]:
        """The registered organisations that a text names, inflected or not."""
        found = []
        for token in tokens(text):
            for pattern, organisation in self.organisations.get(token.text[:3].lower(), ()):
                if match := pattern.match(text, token.start):
                    found.append(_mention(organisation, match))
        return found


def _finnish(model: type) -> QuerySet:
    return model.objects.filter(locale__language_code="fi")


def _mention(organisation: Organisation, match: re.Match) -> Mention:
    town = organisation.name.rpartition(" ")[0] if organisation.kind == "municipality" else ""
    return Mention(
        organisation.name,
        match.start(),
        match.end(),
        organisation.short_name,
        organisation.kind,
        town,
    )


def _pattern(name: str) -> re.Pattern:
    """The name with an ending at its last word; a short name as it is written."""
    plain = re.escape(name).replace(r"\ ", r"\s+")
    if len(name) < 7 or name.isupper():
        return re.compile(plain + r"(?::\w{1,5})?(?![\w-])")
    if stem := re.fullmatch(r"(.+\w{4})(?:ki|ta|us|tys|ö|o|a|i|e)", name):
        plain = f"(?:{plain}{TAIL}|{re.escape(stem[1])[:-1]}\\w{{1,8}}(?![\\w-]))".replace(
            r"\ ", r"\s+"
        )
        return re.compile(plain, re.IGNORECASE)
    return re.compile(plain + TAIL, re.IGNORECASE)


def terms_in(text: str, terms: list, least: int) -> list:
    """The terms whose words follow each other in the text, in base forms, ``least`` times."""
    if not terms:
        return []
    words = [lemmas(token.text) for token in tokens(text[:60_000])]
    places = defaultdict(list)
    for at, forms in enumerate(words):
        for form in forms:
            places[form].append(at)
    counted = [(_times(term.name, words, places), term) for term in terms]
    best = sorted((each for each in counted if each[0] >= least), key=lambda each: -each[0])
    return [term for _times_, term in best]


def _times(name: str, words: list[frozenset[str]], places: dict[str, list[int]]) -> int:
    parts = [_base(token.text) for token in tokens(name)]
    return sum(
        all(at + i < len(words) and words[at + i] & part for i, part in enumerate(parts))
        for at in {at for form in parts[0] for at in places[form]}
    )


def _base(word: str) -> frozenset[str]:
    return lemmas(word)
