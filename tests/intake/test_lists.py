"""Lists of operations that authorities publish: each words the regulation's columns in its way."""

import pytest

from intake.kinds import read
from intake.tables.headings import heading_of

from .tables import TOWNS, text_of, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROWS = 500
MEANINGS = ["lead_organisation", "title", "lead", "start", "end", "amount:planned:total", "fund"]
MEANINGS += ["specific_objective", "cofinancing_rate", "municipalities", "areas", "intervention"]
HEADINGS = {
    "regulation-fi": "Tuensaajan nimi|Toimen nimi|Toimen tarkoitus ja sen odotetut tai todelliset "
    "saavutukset|Toimen alkamispäivä|Toimen odotettu tai todellinen päättymispäivä|Toimen "
    "kokonaiskustannukset|Asianomainen rahasto|Asianomainen erityistavoite|Unionin "
    "osarahoitusaste|Toimen maantieteellinen sijainti|Maa|Toimen tukitoimityyppi",
    "authority-fi": "Tuensaaja|Hankkeen nimi|Hankkeen tarkoitus ja tulokset|Alkamispäivämäärä|"
    "Päättymispäivämäärä|Kokonaiskustannukset (€)|Rahasto|Erityistavoite|EU:n osarahoitusaste (%)|"
    "Sijaintipaikka|Valtio|Toimenpidetyyppi",
    "numbered-fi": "1. TUENSAAJAN NIMI|2. TOIMEN NIMI|3. Toimen tarkoitus sekä odotetut tai "
    "toteutuneet saavutukset|4. Toimen aloituspäivämäärä|5. Odotettu päättymispäivämäärä|6. "
    "Kokonaiskustannukset yhteensä|7. Rahasto|8. Erityistavoite, johon toimi kuuluu|9. Unionin "
    "rahoitusprosentti|10. Sijainti (kunta)|11. Maa|12. Tukitoimen tyyppi",
    "regulation-sv": "Stödmottagarens namn|Insatsens benämning|Insatsens syfte och förväntade "
    "eller faktiska resultat|Insatsens startdatum|Insatsens förväntade eller faktiska slutdatum|"
    "Insatsens totala kostnad|Berörd fond|Berört särskilt mål|Unionens medfinansieringsgrad|"
    "Geografisk lokalisering|Land|Typ av intervention",
    "regulation-en": "Name of the beneficiary|Name of the operation|Purpose of the operation and "
    "its expected or actual achievements|Start date of the operation|Expected or actual date of "
    "completion|Total cost of the operation|Fund concerned|Specific objective concerned|Union "
    "co-financing rate|Location indicator or geolocation|Country|Type of intervention",
}


def row(n: int) -> list[str]:
    year = 2021 + n % 5
    return [
        f"{TOWNS[n % 12]}n yhdistys {n % 60} ry",
        f"Toimi {n} yhdessä",
        f"Vahvistetaan osallisuutta, osa {n}.",
        f"{1 + n % 28}.{1 + n % 12}.{year}",
        f"{year + 2}-12-31",
        f"{100 + n} 250,50 €",
        ["ESR+", "EAKR", "JTF"][n % 3],
        ["4.8 Aktiivisen osallisuuden edistäminen", "2.1 Energiatehokkuus"][n % 2],
        "60 %",
        TOWNS[n % 12] if n % 3 else f"{TOWNS[n % 12]}, {TOWNS[(n + 1) % 12]}",
        "FI" if n % 2 else "Suomi",
        "154",
    ]


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS)
def test_each_authority_words_the_same_columns(headings):
    assert [str(heading_of(each)) for each in headings.split("|")] == MEANINGS


@pytest.mark.parametrize(
    ("name", "make"), [("authority-fi", workbook_of), ("numbered-fi", text_of)]
)
def test_five_hundred_operations_need_nothing_matched_by_hand(name, make):
    document = read(make([HEADINGS[name].split("|"), *map(row, range(ROWS))]), "luettelo")
    assert len(document.found) == ROWS
    assert not document.unmatched
    assert not [doubt for found in document.found for doubt in found.doubts]
    data = document.found[7].data
    assert data["period"] == {"start": "2023-08-08", "end": "2025-12-31"}
    assert data["amounts"] == [{"source": "total", "kind": "planned", "amount": "107250.50"}]
    assert data["records"]["organisations"]["vaasan-yhdistys-7-ry"]
    assert (data["cofinancing_rate"], data["areas"], data["intervention"]) == (
        "60.00",
        ["FI"],
        "154",
    )
    assert data["municipalities"] == [{"code": "905"}]


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Tuensaajan osoite", ""),
        ("Hakijan kunta", ""),
        ("Postinumero", ""),
        ("Toimialakoodi", ""),
        ("Toteuttajan y-tunnus", "business_id"),
        ("Kuntarahoitus 2023", "amount:granted:municipal:2023"),
        ("EU-osuus 2023 (€)", "amount:granted:eu:2023"),
    ],
)
def test_what_is_told_of_somebody_else_is_not_taken_for_the_project(heading, meaning):
    assert str(heading_of(heading)) == meaning


def test_a_column_is_not_what_its_cells_deny():
    """*Summa* over days; *EU-rahoitusosuus* over parts of a hundred."""
    rows = [["Nimi", "Summa", "EU-rahoitusosuus"]]
    rows += [[f"Hanke {n} yhdessä", f"1.{n}.2022", "60,0"] for n in range(1, 6)]
    data = read(text_of(rows), "omat.csv").found[0].data
    assert data["period"] == {"start": "2022-01-01"}
    assert data["cofinancing_rate"] == "60.00"
    assert "amounts" not in data
