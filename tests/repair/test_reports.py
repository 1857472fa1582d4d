"""The lines of the front page lead to what they count, for whoever may mend it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from cms.repair.models import Link
from cms.users.roles import EDITORS, PUBLISHERS, permission
from tests.admin.test_to_do import panel
from tests.factories import (
    ContentPageFactory,
    ImageFactory,
    OrganisationFactory,
    ProjectFactory,
    PublicationFactory,
    UserFactory,
    translate,
)
from tests.members.people import member_with_editor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REVIEWS = "Pages whose day of review has come"
PICTURES = "Pictures without alternative text"
DRAFTS = "Other pages that wait to be published"


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def test_a_review_comes_up_once_for_all_languages_and_goes_when_done(admin_client, swedish):
    due = ContentPageFactory(title="Tietosuoja", review_on=yesterday())
    translate(due, "sv", title="Dataskydd")
    PublicationFactory(title="Opas", review_on=timezone.localdate())
    ProjectFactory(title="Silta", review_on=timezone.localdate() + timedelta(days=1))
    ContentPageFactory(title="Luonnos", review_on=yesterday(), live=False)
    count, url = panel(admin_client)[REVIEWS]
    html = shown(admin_client, url)
    assert count == 2
    assert "Tietosuoja" in html
    assert "Opas" in html
    assert not any(title in html for title in ("Dataskydd", "Silta", "Luonnos"))
    due.save_revision()
    admin_client.post(reverse("repair:reviewed", args=[due.pk]))
    assert panel(admin_client)[REVIEWS][0] == 1
    assert PageLogEntry.objects.filter(page=due.pk, action="katto.reviewed").exists()
    due.refresh_from_db()
    assert due.review_on > timezone.localdate() + timedelta(days=300)
    due.get_latest_revision().publish()
    assert panel(admin_client)[REVIEWS][0] == 1


def test_the_day_is_in_the_form_of_the_first_language_alone(admin_client, swedish):
    page = ContentPageFactory(title="Tietosuoja")
    there = translate(page, "sv", title="Dataskydd")
    own = shown(admin_client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert 'name="review_on"' in own
    assert 'id="panel-child-settings-day_of_review-section"' in own
    other = shown(admin_client, reverse("wagtailadmin_pages:edit", args=[there.pk]))
    assert 'name="review_on"' not in other


def test_broken_links_lead_to_the_field_and_go_when_mended(admin_client, text_page, read):
    page = text_page('<p><a href="https://a.example.org/x">Lue lisää</a></p>', title="Linkit")
    OrganisationFactory(name="Yhdistys", website="https://a.example.org/x")
    read()
    assert "Broken links" not in panel(admin_client)
    Link.objects.update(failed_days=2, fault="gone", first_failed_on=date(2026, 5, 3), status=404)
    count, url = panel(admin_client)["Broken links"]
    html = shown(admin_client, url)
    assert count == 2
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f"{edit}#:w:contentpath=body.0b0a5c2e" in html
    for text in ("Linkit", "Yhdistys", "Lue lisää", "The page is not there", "404", "2026"):
        assert text in html, text
    page.body = []
    page.save_revision().publish()
    read()
    assert panel(admin_client)["Broken links"][0] == 1


def test_a_false_alarm_is_answered_and_a_mended_site_tried_again(admin_client, text_page, read):
    text_page('<p><a href="https://a.example.org/x">Lue</a></p>')
    read()
    failed = {"failed_days": 2, "fault": "gone", "first_failed_on": yesterday()}
    later = timezone.now() + timedelta(hours=20)
    Link.objects.update(**failed, due_at=later)
    url = reverse("repair:answer_link", args=[Link.objects.get().pk])
    assert admin_client.post(url, {"again": ""}).status_code == 302
    assert Link.objects.get().due_at <= timezone.now()
    assert "Broken links" in panel(admin_client)
    admin_client.post(url, {"works": ""})
    assert "Broken links" not in panel(admin_client)
    assert Link.objects.get().due_at > later
    assert admin_client.post(url, {"works": ""}).status_code == 404


def test_pictures_lead_to_their_description_and_go_when_told(admin_client, read):
    picture = ImageFactory(title="Kuva sillasta")
    ProjectFactory(title="Silta", image=picture)
    ImageFactory(title="Käyttämätön")
    read()
    count, url = panel(admin_client)[PICTURES]
    html = shown(admin_client, url)
    assert count == 1
    assert reverse("wagtailimages:edit", args=[picture.pk]) in html
    assert "Silta" in html
    assert "Käyttämätön" not in html
    picture.description = "Silta talvella"
    picture.save()
    assert PICTURES not in panel(admin_client)


def test_drafts_of_other_pages(admin_client):
    ContentPageFactory(title="Luonnos", live=False)
    ContentPageFactory(title="Muutettu").save_revision()
    ContentPageFactory(title="Valmis")
    ProjectFactory(title="Hanke", live=False)
    count, url = panel(admin_client)[DRAFTS]
    html = shown(admin_client, url)
    assert (count, "Luonnos" in html, "Valmis" in html, "Hanke" in html) == (2, True, False, False)


def test_nobody_learns_of_what_is_not_theirs(client, text_page, read):
    """An editor of one branch: no line and no row tells of another."""
    mine = ContentPageFactory(title="Oma haara")
    user = UserFactory()
    group = user.groups.create(name="Oma ryhmä")
    group.permissions.add(permission("wagtailadmin.access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=mine, permission=permission("wagtailcore.change_page")
    )
    link = '<p><a href="https://a.example.org/x">x</a></p>'
    picture = ImageFactory(title="Salainen kuva")
    text_page(link, title="Toisen sivu", review_on=yesterday(), social_image=picture)
    draft = ContentPageFactory(title="Toisen luonnos", live=False)
    inside = f'<p><a linktype="page" id="{draft.pk}">y</a></p>'
    text_page(link + inside, title="Oma sivu", parent=mine, review_on=yesterday())
    OrganisationFactory(name="Toisen yhdistys", website="https://a.example.org/x")
    read()
    Link.objects.update(failed_days=2, fault="gone", first_failed_on=yesterday())
    client.force_login(user)
    counts = {url: count for count, url in panel(client).values() if "/repair/" in url}
    assert counts == {"/admin/repair/reviews/": 1, "/admin/repair/links/": 2}
    for name in ("reviews", "links", "pictures", "drafts"):
        html = shown(client, reverse(f"repair:{name}"))
        assert "Toisen" not in html
        assert "Salainen" not in html
    other = text_page("", title="Vieras", review_on=yesterday())
    response = client.post(reverse("repair:reviewed", args=[other.pk]))
    assert response.status_code == 404


def test_a_members_people_are_told_of_their_own_projects(client, text_page, read):
    own, user = member_with_editor("Oma yhdistys")
    website = "https://a.example.org/x"
    mine = ProjectFactory(title="Oma hanke", website=website, organisations=[(own, "lead")])
    other = OrganisationFactory(name="Toinen yhdistys", is_member=True)
    picture = ImageFactory(title="Toisen kuva")
    ProjectFactory(title="Toisen hanke", website=website, image=picture)
    ProjectFactory(title="Toisen luonnos", live=False, organisations=[(other, "lead")])
    read()
    Link.objects.update(failed_days=2, fault="gone", first_failed_on=yesterday())
    client.force_login(user)
    client.cookies.load({"django_language": "en"})
    lines = panel(client)
    assert {label: count for label, (count, _url) in lines.items() if count} == {
        "Published projects with missing parts": 1,
        "Broken links": 1,
    }
    for count, url in lines.values():
        assert not count or "Toisen" not in shown(client, url), url
    assert f"/admin/pages/{mine.pk}/edit/" in shown(client, reverse("repair:links"))


def test_who_changes_no_page_sees_no_report(client, member):
    for group, status in ((EDITORS.name, 200), (PUBLISHERS.name, 200)):
        member(group)
        assert client.get(reverse("repair:links")).status_code == status
    user = UserFactory()
    user.groups.create(name="Pelkkä ylläpito").permissions.add(
        permission("wagtailadmin.access_admin")
    )
    client.force_login(user)
    assert client.get(reverse("repair:links")).status_code == 302
    assert client.get(reverse("repair:reviewed", args=[1])).status_code in (302, 405)
