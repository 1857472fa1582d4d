import pytest
from django.core.exceptions import ValidationError

from projects.models import Theme
from tests import factories
from tests.factories import LocaleFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_project_has_what_it_was_given():
    organisation = factories.OrganisationFactory()
    project = factories.ProjectFactory(
        organisations=[(organisation, "lead")],
        funding=[(organisation, "main", "10.50")],
        municipalities=["205"],
        regions=["18"],
        themes=[factories.ThemeFactory()],
        target_groups=[factories.TargetGroupFactory()],
        contacts=[factories.PersonFactory()],
        code="S1",
    )
    project.refresh_from_db()
    assert project.live
    assert project.get_parent().slug == "hankkeet"
    for name in ("organisations", "funding", "municipalities", "regions", "themes", "contacts"):
        assert getattr(project, name).count() == 1, name


def test_publication_and_translation():
    project = factories.ProjectFactory()
    publication = factories.PublicationFactory(
        projects=[project], files=[{"language": "fi", "url": "https://example.org/"}]
    )
    english = factories.translate(publication, "en", title="Guide")
    assert english.live
    assert english.title == "Guide"
    assert english.alias_of_id is None
    assert english.files.count() == 1
    assert english.get_parent().slug == "julkaisut"
    assert english.get_parent().get_parent().locale.language_code == "en"


def test_assets_and_users():
    assert factories.ImageFactory().width == 64
    logo = factories.ImageFactory(content=factories.svg(), filename="logo.svg")
    assert (logo.width, logo.height) == (120, 40)
    assert factories.DocumentFactory().file.read() == b"A guide."
    assert factories.EditorFactory().groups.get().name == "Toimittajat"
    assert factories.SuperuserFactory().check_password("correct horse")


def test_two_themes_have_no_identifier_in_common():
    """Facets and addresses go by it. The other languages of a theme have the same."""
    theme = ThemeFactory(slug="tyo")
    twin = Theme(name="Toinen", slug="tyo", locale=theme.locale)
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert set(refused.value.message_dict) == {"slug"}
    swedish = theme.copy_for_translation(LocaleFactory(language_code="sv"))
    swedish.full_clean()
