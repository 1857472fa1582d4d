import pytest

from projects.models import FundingRole, OrganisationRole
from tests.factories import (
    ContactsPageFactory,
    ContentPageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    TargetGroupFactory,
    ThemeFactory,
    translate,
)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run a change and what follows its commit."""

    def run(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*args, **kwargs)

    return run


def make_site(projects: int = 10) -> list:
    """Projects with every facet, stated and not, and one of each other kind."""
    for code in ("sv", "en", "ar"):
        LocaleFactory(language_code=code)
    themes = [ThemeFactory(name=name, slug=name.lower()) for name in ("Nuoret", "Perheet", "Kyl")]
    groups = [TargetGroupFactory(name=name, slug=name.lower()) for name in ("Vanhukset", "Lapset")]
    funders = [OrganisationFactory(name=f"Rahasto {n}") for n in range(3)]
    programmes = [ProgrammeFactory(name=f"Ohjelma {n}") for n in range(2)]
    towns, regions = ["205", "240", "179", "851"], ["18", "19", "13"]
    made = []
    for n in range(projects):
        year = 2014 + n % 9
        project = ProjectFactory(
            title=f"Kotoutumisen hanke {n}",
            lead="Maahanmuuttajien työllistymistä ja väkivallan ehkäisyä.",
            acronym=f"HANKE{n}",
            code=f"S{22000 + n}" if n % 4 else "",
            programme=programmes[n % 2] if n % 3 else None,
            start_date=f"{year}-01-01" if n % 5 else None,
            end_date=f"{year + 2}-12-31" if n % 5 and n % 7 else None,
            themes=[themes[i] for i in range(n % 3)],
            target_groups=[groups[n % 2]] if n % 2 else [],
            municipalities=[towns[n % 4]] if n % 3 == 0 else [],
            regions=[regions[n % 3]] if n % 3 == 1 else [],
            funding=[(funders[n % 3], FundingRole.MAIN, None)] if n % 6 else [],
            organisations=[(funders[0], OrganisationRole.LEAD)],
        )
        project.refresh_from_db()
        if n % 4 == 0:
            translate(project, "en", title=f"Integration project {n}", lead="Work for immigrants.")
        made.append(project)
    PublicationFactory(title="Opas perheille", projects=made[:1], files=[])
    ContactsPageFactory(title="Yhteystiedot")
    PersonFactory(name="Aino Esimerkki", title="projektipäällikkö", organisation=funders[0])
    ContentPageFactory(title="Tietoa meistä")
    return made


@pytest.fixture
def site(db, commit):
    return commit(make_site)


@pytest.fixture
def large_site(db, commit):
    return commit(make_site, 24)
