from datetime import date

import pytest

from projects.models import FundingRole, OrganisationRole
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, project_index


@pytest.fixture
def funder():
    return OrganisationFactory(name="Vanha rahasto")


@pytest.fixture
def project(funder, db):
    index = project_index()
    index.save_revision().publish()
    return ProjectFactory(
        title="Kohtaamisia",
        parent=index,
        funding=[(funder, FundingRole.MAIN, None)],
        organisations=[(OrganisationFactory(name="Vetäjä ry"), OrganisationRole.LEAD)],
        contacts=[PersonFactory(name="Matti Malli", public_until=date(2026, 3, 31))],
        end_date=date(2026, 3, 31),
    )
