"""Invented projects as plain data, the same for every site that is measured.

``project(7)`` is always the same project: texts, facts and names, without a model of any site.
``COMMON`` stands in the texts of about 30 % of them, ``RARE`` in about 3 %, and no other word has
their stems.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

COMMON, RARE = "nuoret", "kalastus"
KINDS = ("background", "aims", "measures", "target_groups", "results", "practices")
WORDS = {
    "fi": (
        "Tavoitteena on, että|Hanke varmistaa, että|Samalla|Lisäksi|Syksyllä",
        "järjestöt|vapaaehtoiset|kunnat|asukkaat|perheet|oppilaitokset|ohjaajat|yhdistykset|kylät",
        "kehittävät|rakentavat|kokeilevat|vahvistavat|suunnittelevat|arvioivat|tukevat|uudistavat",
        "uutta|yhteistä|avointa|kestävää|paikallista|alueellista|monikielistä|saavutettavaa",
        "toimintamallia|verkostoa|vertaistukea|koulutusta|neuvontaa|viestintää|osallisuutta|apua",
        "koko maakunnassa|lähiöissä|maaseudulla|kouluissa|verkossa|kirjastoissa|saaristossa",
    ),
    "sv": (
        "Målet är att|Projektet ser till att|Utgående från responsen vill|Dessutom kan",
        "föreningarna|de frivilliga|kommunerna|invånarna|familjerna|skolorna|handledarna|byarna",
        "utveckla|bygga upp|prova|stärka|planera|bedöma|stöda|förnya",
        "en ny|en gemensam|en öppen|en hållbar|en lokal|en flerspråkig|en tillgänglig",
        "verksamhet|utbildning|rådgivning|kommunikation|delaktighet|modell",
        "i hela landskapet|i förorterna|på landsbygden|i skolorna|på nätet|på biblioteken",
    ),
    "en": (
        "The aim is that|The project makes sure that|In addition,|In the first year",
        "associations|volunteers|municipalities|residents|families|schools|instructors|villages",
        "develop|build|try out|strengthen|plan|assess|support|renew",
        "new|common|open|lasting|local|regional|multilingual|accessible",
        "ways of working|networks|peer support|training|guidance|communication|participation",
        "in the whole region|in the suburbs|in the countryside|at schools|online|in libraries",
    ),
}
NOUNS = "Silta Polku Verkko Majakka Kipinä Tuki Kumppani Askel Piha Talo Ranta".split()  # noqa: SIM905
ADJECTIVES = "Yhteinen Avoin Elävä Reilu Vihreä Uusi Kulkeva Rohkea Vahva".split()  # noqa: SIM905
THEMES, GROUPS, ORGANISATIONS, PEOPLE, PROGRAMMES = 12, 10, 40, 30, 4
ROLES = ("lead", "implementer", "partner")
PUBLICATION_EVERY = 10
FILE_LANGUAGES = ("fi", "sv", "en")
FUNDERS = 12
"""The first of the organisations; the others carry projects out."""


@dataclass(frozen=True)
class Project:
    """Numbers in lists point into registers of the sizes above; places are shares of a register."""

    number: int
    code: str
    acronym: str
    start: date
    end: date
    extension: date | None
    programme: int
    themes: list[int]
    groups: list[int]
    organisations: list[tuple[int, str]]
    """(organisation, role)"""
    funding: list[tuple[int, int]]
    """(organisation, euro)"""
    people: list[int]
    municipalities: list[float]
    region: float
    realised: int

    @property
    def slug(self) -> str:
        return f"hanke-{self.number:05}"

    @property
    def publication_slug(self) -> str:
        return f"opas-{self.number:05}"

    @property
    def publication_title(self) -> str:
        return f"Opas: {self.title()}"

    def file_url(self, language: str) -> str:
        return f"https://example.org/{self.publication_slug}-{language}.pdf"

    def title(self, language: str = "fi") -> str:
        noun, adjective = (names[self.number % len(names)] for names in (NOUNS, ADJECTIVES))
        name = f"{adjective} {noun.lower()}" if language == "fi" else f"Project in {language}"
        return f"{name} {self.number:05}"

    def texts(self, language: str = "fi") -> tuple[str, list[tuple[str, list[str]]]]:
        """Lead, and sections as (kind, paragraphs)."""
        draw = random.Random(f"{self.number} {language}")
        words = [each.split("|") for each in WORDS.get(language, WORDS["en"])]

        def sentence() -> str:
            return f"{' '.join(draw.choice(each) for each in words)}."

        def paragraph() -> str:
            return " ".join(sentence() for _ in range(draw.randint(3, 5)))

        sections = [(kind, [paragraph() for _ in range(2)]) for kind in KINDS]
        for word, share in ((COMMON, 0.3), (RARE, 0.03)):
            if language == "fi" and draw.random() < share:
                _kind, paragraphs = draw.choice(sections)
                paragraphs[-1] += f" Mukana ovat myös {word}."
        return f"{sentence()} {sentence()}", sections


def project(number: int) -> Project:
    draw = random.Random(number)
    start = date(2014, 1, 1) + timedelta(days=draw.randrange(12 * 365))
    end = start + timedelta(days=draw.randrange(180, 1500))
    return Project(
        number=number,
        code=f"S{number:05}",
        acronym=f"A{number}" if number % 4 == 0 else "",
        start=start,
        end=end,
        extension=end + timedelta(days=90) if number % 5 == 0 else None,
        programme=draw.randrange(PROGRAMMES),
        themes=draw.sample(range(THEMES), 2),
        groups=draw.sample(range(GROUPS), 2),
        organisations=list(
            zip(draw.sample(range(FUNDERS, ORGANISATIONS), len(ROLES)), ROLES, strict=True)
        ),
        funding=[(each, 1000 * draw.randrange(5, 300)) for each in draw.sample(range(FUNDERS), 2)],
        people=draw.sample(range(PEOPLE), 1 + number % 2),
        municipalities=[draw.random() for _ in range(3)],
        region=draw.random(),
        realised=1000 * draw.randrange(10, 500),
    )
