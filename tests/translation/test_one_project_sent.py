"""What it costs to send a whole project to the other languages, and to publish it there."""

from datetime import date
from decimal import Decimal

import pytest

from projects.models import FundingRole, OrganisationRole, ProjectPage
from tests.factories import (
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["sv", "en", "ru", "ar", "so", "fi-simple"]
KINDS = ["background", "aims", "measures", "target_groups", "results", "outputs", "practices"]


def full_project() -> ProjectPage:
    """Every fact, seven sections of three passages each, and the list in all languages."""
    index = project_index()
    for code in LANGUAGES:
        locale = LocaleFactory(language_code=code)
        if not index.has_translation(locale):
            translate(index, code)
    people = [PersonFactory() for _ in range(3)]
    organisations = [OrganisationFactory() for _ in range(6)]
    text = "<p>Perheet kohtaavat.</p><p>Ja ammattilaiset.</p><ul><li>Kerran kuussa.</li></ul>"
    return ProjectFactory(
        title="Silta",
        lead="Perheet ja ammattilaiset kohtaavat.",
        search_description="Silta perheiden ja ammattilaisten välille.",
        acronym="SILTA",
        code="S1",
        programme=ProgrammeFactory(),
        start_date=date(2021, 3, 1),
        end_date=date(2023, 5, 31),
        extension_end_date=date(2023, 9, 30),
        date_precision="month",
        realised_public_funding=Decimal("290780"),
        website="https://example.org/",
        logo=ImageFactory(),
        image=ImageFactory(),
        organisations=[(each, OrganisationRole.PARTNER) for each in organisations],
        funding=[(each, FundingRole.CO_FUNDER, Decimal("10.50")) for each in organisations[:3]],
        municipalities=["240", "851", "205"],
        regions=["19"],
        themes=[ThemeFactory() for _ in range(3)],
        target_groups=[TargetGroupFactory() for _ in range(2)],
        contacts=people,
        body=[("section", {"kind": kind, "heading": "", "text": text}) for kind in KINDS],
    )
