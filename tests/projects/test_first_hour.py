"""The first hour of an administrator: steps asked of the data, and the two drafts."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from cms.core.admin.first_hour import steps_for
from home.models import ContentPage, SiteSettings
from home.required_pages import NOTE, Kind, draft, is_done
from tests.factories import (
    ImageFactory,
    OrganisationFactory,
    ProjectFactory,
    SuperuserFactory,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def boss(client):
    user = SuperuserFactory()
    client.force_login(user)
    return user


def undone(rf, user) -> list[str]:
    request = rf.get("/admin/")
    request.user = user
    return [step.url for step in steps_for(request) if not step.is_done]


def test_steps_are_done_when_the_data_say_so(rf, boss):
    site = Site.objects.get(is_default_site=True)
    assert len(undone(rf, boss)) == 9
    own = SiteSettings.for_site(site)
    own.association_name, own.email = "Kylän kaverit ry", "kaverit@example.org"
    own.accent_colour, own.logo = "#7a1f3d", ImageFactory()
    own.save()
    assert len(undone(rf, boss)) == 6
    OrganisationFactory(is_member=True)
    ProjectFactory()
    SuperuserFactory()
    rest = undone(rf, boss)
    assert [url for url in rest if "first-hour" in url] == rest[1:]
    translate(site.root_page.specific, "sv")
    for kind in Kind:
        page = draft(kind, site, boss)
        assert not is_done(page)
        page.body = [(block.block_type, block.value) for block in page.body if block.id != NOTE]
        page.save_revision().publish()
    assert undone(rf, boss) == []


def test_the_list_is_there_until_it_is_put_away(client, boss):
    home = reverse("wagtailadmin_home")
    assert 'id="first-hour-section"' in client.get(home).content.decode()
    client.post(reverse("first_hour"))
    assert 'id="first-hour-section"' not in client.get(home).content.decode()
    assert client.get(reverse("first_hour")).context["is_put_away"]
    client.post(reverse("first_hour"), {"again": "1"})
    assert 'id="first-hour-section"' in client.get(home).content.decode()


def test_drafts_have_the_data_of_the_association_in_each_language_of_the_site(client, boss):
    site = Site.objects.get(is_default_site=True)
    translate(site.root_page.specific, "sv")
    own = SiteSettings.for_site(site)
    own.association_name, own.email = "Kylä & kaverit ry", "kaverit@example.org"
    own.business_id = "1234567-1"
    own.save()
    answer = client.post(reverse("required_privacy"))
    page = SiteSettings.objects.get(site=site).privacy_page
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.lead.startswith("Mitä henkilötietoja Kylä & kaverit ry käsittelee")
    text = page.body.raw_data[2]["value"]
    assert "1234567-1" in text
    assert "mailto:kaverit@example.org" in text
    assert "[postiosoite]" in text
    assert not page.live
    swedish = page.get_translation(Locale.objects.get(language_code="sv"))
    assert swedish.title == "Dataskyddsbeskrivning"
    assert client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk])).status_code == 200
    # A second time makes nothing anew.
    client.post(reverse("required_privacy"))
    assert ContentPage.objects.count() == 2
    assert Page.objects.get(pk=page.pk).slug == "tietosuoja"


def test_what_the_law_asks_stands_in_the_statement(boss):
    site = Site.objects.get(is_default_site=True)
    page = draft(Kind.ACCESSIBILITY, site, boss)
    text = " ".join(str(block["value"]) for block in page.body.raw_data)
    for part in ("WCAG 2.1", "14 päivän", "saavutettavuusvaatimukset.fi", "Traficom", "osittain"):
        assert part in text
