from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ContactsPageFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    translate,
)

pytestmark = pytest.mark.django_db


def html_of(client, page):
    return client.get(page.url).content.decode()


def test_people_stand_under_their_organisation_with_their_projects(client):
    page = ContactsPageFactory()
    person = PersonFactory(
        name="Aino Esimerkki",
        organisation=OrganisationFactory(name="Esimerkki ry"),
        phone="+358 40 555 0101",
        email="aino@example.org",
    )
    project = ProjectFactory(title="AITO", contacts=[person])
    html = html_of(client, page)
    assert html.index("Esimerkki ry") < html.index("Aino Esimerkki")
    assert 'href="tel:+358405550101"' in html
    assert 'href="mailto:aino@example.org"' in html
    assert f'href="{project.url}"' in html


@pytest.mark.parametrize(("days", "shown"), [(0, True), (1, True), (-1, False)])
def test_nobody_is_shown_after_the_last_day(client, days, shown):
    page = ContactsPageFactory()
    PersonFactory(name="Aino Esimerkki", public_until=timezone.localdate() + timedelta(days=days))
    assert ("Aino Esimerkki" in html_of(client, page)) is shown


def test_whoever_is_not_for_this_page_is_not_on_it(client):
    page = ContactsPageFactory()
    PersonFactory(name="Aino Esimerkki", show_on_contacts_page=False)
    html = html_of(client, page)
    assert "Aino Esimerkki" not in html
    assert 'class="empty"' in html


def test_each_person_once_in_every_language(client):
    page = ContactsPageFactory()
    person = PersonFactory(name="Aino Esimerkki", organisation=None, title="Ohjaaja")
    english = translate(page, "en")
    copy = person.copy_for_translation(english.locale)
    copy.title = "Counsellor"
    copy.save()
    html = html_of(client, english)
    assert html.count("Aino Esimerkki") == 1
    assert "Counsellor" in html
    assert "Ohjaaja" not in html


def test_queries_do_not_grow_with_people(client, django_assert_num_queries):
    from django.core.cache import caches

    page = ContactsPageFactory()
    for people in (12, 24):
        for number in range(people):
            organisation = OrganisationFactory(name=f"Yhdistys {number}")
            PersonFactory(name=f"Henkilö {number}", organisation=organisation)
        html_of(client, page)
        caches["pages"].clear()
        with django_assert_num_queries(2):
            html_of(client, page)
