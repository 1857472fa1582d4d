"""Pages of organisations, programmes, places, themes and target groups."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from projects.joining import join, undo
from projects.models import Organisation, RecordAddress
from projects.public.addresses import SEGMENTS, url_of
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return {
        "lead": OrganisationFactory(name="Äänekosken Silta ry", short_name="ÄSI"),
        "funder": OrganisationFactory(name="Lounaisrannan rahasto"),
        "programme": ProgrammeFactory(name="Kestävää kasvua 2021–2027"),
        "theme": ThemeFactory(name="Osallisuus", slug="osallisuus"),
        "group": TargetGroupFactory(name="Nuoret", slug="nuoret"),
    }


@pytest.fixture
def project(facts):
    return ProjectFactory(
        parent=project_index(),
        title="Siltoja",
        programme=facts["programme"],
        organisations=[(facts["lead"], "lead")],
        funding=[(facts["funder"], "main", 1200)],
        themes=[facts["theme"]],
        target_groups=[facts["group"]],
        municipalities=["205"],
    )


ADDRESSES = {
    "organisaatiot/aanekosken-silta-ry": "Lead organisation",
    "organisaatiot/lounaisrannan-rahasto": "Main funder",
    "ohjelmat/kestavaa-kasvua-2021-2027": "Projects",
    "teemat/osallisuus": "Projects",
    "kohderyhmat/nuoret": "Projects",
    "kunnat/kajaani": "Projects",
    "maakunnat/kainuu": "Projects",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_has_a_page_that_leads_to_its_projects_and_back(client, project, address):
    page = client.get(f"/en/{address}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert ADDRESSES[address] in text
    assert "/hankkeet/siltoja" in text
    assert f'<link rel="canonical" href="http://testserver/en/{address}/">' in text
    node = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])["@graph"]
    assert any(each.get("url", "").endswith(f"{address}/") for each in node)
    assert f'href="/fi/{address}/"' in client.get(project.get_url()).content.decode()


def test_what_only_a_draft_or_a_closed_project_names_has_no_page(client, project, facts):
    own = OrganisationFactory(name="Hiljainen ry")
    ProjectFactory(title="Luonnos", live=False, organisations=[(own, "lead")])
    assert client.get("/fi/organisaatiot/hiljainen-ry/").status_code == 404
    PageViewRestriction.objects.create(page=project, restriction_type="login")
    for kind, value in (("organisation", facts["lead"].translation_key), ("theme", "osallisuus")):
        assert url_of(kind, str(value)) == ""
    assert client.get("/fi/teemat/osallisuus/").status_code == 404
    # A place is there whoever works in it.
    assert b"Siltoja" not in client.get("/fi/kunnat/kajaani/").content


def test_an_address_survives_a_change_of_name(client, project, facts):
    lead = facts["lead"]
    lead.name = "Pohjoisen Silta ry"
    lead.save()
    old = client.get("/sv/organisaatiot/aanekosken-silta-ry/")
    assert (old.status_code, old["Location"]) == (301, "/sv/organisaatiot/pohjoisen-silta-ry/")
    other = OrganisationFactory(name="Pohjoisen Silta ry")
    assert RecordAddress.objects.get(key=other.translation_key).slug == "pohjoisen-silta-ry-2"
    by_key = client.get(f"/fi/organisaatiot/{lead.translation_key}/")
    assert by_key["Location"] == "/fi/organisaatiot/pohjoisen-silta-ry/"


def test_the_address_of_one_that_was_joined_leads_to_the_one_that_stayed(client, project, facts):
    double = OrganisationFactory(name="AANEKOSKEN SILTA")
    done = join(facts["lead"], double, SuperuserFactory())
    page = client.get("/fi/organisaatiot/aanekosken-silta/")
    assert page["Location"] == "/fi/organisaatiot/aanekosken-silta-ry/"
    undo(done, SuperuserFactory())
    assert RecordAddress.objects.get(slug="aanekosken-silta").is_former is False


def test_no_trace_is_left_of_a_record_that_goes(facts):
    facts["theme"].delete()
    Organisation.objects.all().delete()
    assert set(RecordAddress.objects.values_list("kind", flat=True)) == {
        "programme",
        "target_group",
    }


def test_of_people_only_those_who_may_be_shown(client, project, facts):
    until = timezone.localdate() - timedelta(days=1)
    PersonFactory(name="Aino Esimerkki", organisation=facts["lead"])
    PersonFactory(name="Eero Entinen", organisation=facts["lead"], public_until=until)
    text = client.get("/fi/organisaatiot/aanekosken-silta-ry/").content.decode()
    assert "Aino Esimerkki" in text
    assert "Eero Entinen" not in text


def test_a_town_without_projects_shows_its_region_and_its_neighbours(client, project):
    page = client.get("/en/kunnat/paltamo/").content.decode()
    assert "No project names this municipality yet." in page
    for link in ('content="noindex', 'href="/en/maakunnat/kainuu/"', 'href="/en/kunnat/kajaani/"'):
        assert link in page


@pytest.mark.parametrize("segment", SEGMENTS.values())
def test_garbage_is_not_found(client, project, segment):
    for slug in ("x", "%00", "a" * 200, "<b>", "%F0%9F%98%80"):
        assert client.get(f"/fi/{segment}/{slug}/").status_code == 404
    assert client.get(f"/fi/{segment}/").status_code == 200


def test_names_and_addresses_are_those_of_the_language(client, project, facts):
    locale = LocaleFactory(language_code="sv")
    translate(project_index(), "sv")
    swedish = facts["theme"].copy_for_translation(locale)
    swedish.name = "Delaktighet"
    swedish.save()
    page = client.get("/sv/teemat/osallisuus/").content.decode()
    assert "<h1>Delaktighet</h1>" in page
    assert 'hreflang="fi" href="http://testserver/fi/teemat/osallisuus/"' in page
    assert "<h1>Kajanaland</h1>" in client.get("/sv/maakunnat/kainuu/").content.decode()
