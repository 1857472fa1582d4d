"""A small site's documents, with every facet stated somewhere and missing somewhere."""

from datetime import date

from search.documents import SearchDocument, SourceText
from search.engines.base import Plan
from search.query import make_question

TODAY = date(2024, 6, 15)


def document(id: str, title: str, text: str = "", **facts) -> SearchDocument:
    locale = facts.pop("locale", "fi")
    kind = facts.pop("type", "project")
    facts.setdefault("language", locale)
    return SearchDocument(
        id=id,
        key=facts.pop("key", id),
        type=kind,
        locale=locale,
        title=title,
        body=[SourceText(text)],
        url=f"/{locale}/{id}/",
        **facts,
    )


def project_facets(theme=(), region=(), year=(), funder=()) -> dict[str, list[str]]:
    facets = {"theme": theme, "region": region, "year": year, "funder": funder}
    return {name: list(values) for name, values in facets.items()}


DOCUMENTS = [
    document(
        "silta",
        "Silta töihin",
        "Maahanmuuttajien työllistymistä tuetaan vertaisryhmissä ja työpajoissa Kajaanissa.",
        lead="Polku ensimmäiseen työpaikkaan.",
        codes=["S31001", "SILTA"],
        names=["Esimerkkiyhdistys ry", "Kainuu"],
        facets=project_facets(["work", "integration"], ["18"], ["2023", "2024"], ["fund-a"]),
        start=date(2023, 1, 1),
        end=date(2024, 12, 31),
        published=date(2023, 1, 10),
        suggestions={"organisation": ["Esimerkkiyhdistys ry"], "place": ["Kajaani", "Kainuu"]},
    ),
    document(
        "aito",
        "Aito kohtaaminen",
        "Ikäihmisille järjestetään ystävätoimintaa ja retkiä.",
        codes=["S22354", "AITO"],
        facets=project_facets(["loneliness"], ["18"], ["2021", "2022"], ["fund-a", "fund-b"]),
        start=date(2021, 3, 1),
        end=date(2023, 9, 30),
        published=date(2021, 3, 2),
    ),
    document(
        "turva",
        "Turvallinen arki",
        "Lähisuhdeväkivaltaa kokeneille perheille tarjotaan tukea. Työllistyminen ei ole ehto.",
        codes=["S40000"],
        facets=project_facets(["safety"], [], ["2025"], ["fund-b"]),
        start=date(2025, 1, 1),
        published=date(2024, 5, 1),
    ),
    document(
        "tyhja",
        "Vailla tietoja",
        "Hankkeesta tiedetään vielä vähän. Aito lupaus on annettu.",
        facets=project_facets(),
    ),
    document(
        "opas",
        "Opas ohjaajalle",
        "Näin ohjaat vertaisryhmää. Oppaassa on harjoituksia maahanmuuttajien kanssa.",
        type="publication",
        codes=["AITO-opas"],
        facets={"theme": ["integration"], "year": ["2022"]},
        published=date(2022, 8, 1),
    ),
    document(
        "person",
        "Maija Mallikas",
        type="person",
        lead="projektipäällikkö, Esimerkkiyhdistys ry",
        facets={},
        public_until=TODAY,
    ),
    document("yhteys", "Yhteystiedot", "Toimisto on avoinna arkisin.", type="page", facets={}),
    document(
        "silta-sv",
        "Bron till arbete",
        "Invandrares sysselsättning stöds i kamratgrupper.",
        locale="sv",
        key="silta",
        codes=["S31001", "SILTA"],
        facets=project_facets(["work", "integration"], ["18"], ["2023", "2024"], ["fund-a"]),
        start=date(2023, 1, 1),
        end=date(2024, 12, 31),
    ),
    document(
        "aito-sv",
        "Aito kohtaaminen",
        "Ikäihmisille järjestetään ystävätoimintaa ja retkiä.",
        locale="sv",
        language="fi",
        key="aito",
        codes=["S22354", "AITO"],
        facets=project_facets(["loneliness"], ["18"], ["2021", "2022"], ["fund-a", "fund-b"]),
        start=date(2021, 3, 1),
        end=date(2023, 9, 30),
    ),
]

EVERYTHING = Plan("fi")


def find(engine, text, locale="fi", **options) -> list[str]:
    plan = make_question(text, locale, engine).plan
    return [hit.id for hit in engine.search(plan, today=TODAY, **options).hits]
