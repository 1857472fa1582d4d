"""Things with every fact stated, for tests of who may change them and where they are shown."""

from datetime import date
from decimal import Decimal

from projects.models import FundingRole, OrganisationRole
from tests.factories import (
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
)


def full_project(**fields):
    """A live Finnish project that has every fact."""
    facts = {
        "title": "Hanke",
        "slug": "hanke",
        "lead": "Lyhyesti.",
        "acronym": "AITO",
        "code": "S22354",
        "programme": ProgrammeFactory(name="Sosiaalirahasto"),
        "start_date": date(2026, 1, 2),
        "end_date": date(2027, 3, 4),
        "extension_end_date": date(2027, 5, 6),
        "date_precision": "month",
        "realised_public_funding": Decimal("1234.50"),
        "website": "https://aito.example.org/",
        "logo": ImageFactory(title="Tunnus"),
        "image": ImageFactory(title="Kuva"),
        "social_image": ImageFactory(title="Jakokuva"),
        "organisations": [(OrganisationFactory(name="Yhdistys"), OrganisationRole.LEAD)],
        "funding": [(OrganisationFactory(name="Rahoittaja"), FundingRole.MAIN, Decimal("5000"))],
        "municipalities": ["091"],
        "regions": ["06"],
        "themes": [ThemeFactory(name="Osallisuus", slug="osallisuus")],
        "target_groups": [TargetGroupFactory(name="Nuoret", slug="nuoret")],
        "contacts": [PersonFactory(name="Maija Malli")],
        "official_name": "Pitkä nimi",
        "award_date": date(2025, 12, 1),
        "programme_part": "Länsi",
        "priority_axis": "Linja 5",
        "specific_objective": "Tavoite 10",
        "intervention": "Keino 112",
        "cofinancing_rate": Decimal("75.5"),
        "register_state": "Käynnissä",
        "amounts": [{"source": "eu", "kind": "granted", "year": 2026, "amount": Decimal("600")}],
        "codes": [{"scheme": "EURA", "code": "E77"}],
        "areas": [{"code": "SE"}],
    }
    return ProjectFactory(**{**facts, **fields})


REGISTERS = {
    "organisation": lambda: OrganisationFactory(
        name="Yhdistys",
        short_name="Y",
        kind="association",
        business_id="0737546-2",
        other_ids="SE-ON-5560000000",
        website="https://yhdistys.example.org/",
        email="posti@yhdistys.example.org",
        phone="010 123",
        street_address="Katu 1",
        postal_code="00100",
        city="Helsinki",
        is_member=True,
        logo=ImageFactory(),
    ),
    "person": lambda: PersonFactory(
        name="Maija Malli",
        organisation=OrganisationFactory(),
        phone="010 456",
        photo=ImageFactory(),
        public_until=date(2030, 12, 31),
        show_on_contacts_page=False,
    ),
    "programme": lambda: ProgrammeFactory(
        name="Rahasto",
        period_start=2014,
        period_end=2020,
        fund="esf",
        publicity="eu-2014",
        own_statement="Oma lause.",
        national_logo=ImageFactory(),
        record_url_pattern="https://register.example.org/{code}",
        website="https://rahasto.example.org/",
    ),
    "theme": lambda: ThemeFactory(name="Osallisuus", slug="osallisuus"),
    "targetgroup": lambda: TargetGroupFactory(name="Nuoret", slug="nuoret"),
}


def in_language(record, locale):
    """The record in another language, with words of its own."""
    copy = record.copy_for_translation(locale)
    copy.save()
    return copy
