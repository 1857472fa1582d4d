"""Forms of records, files, settings and users take nobody's words away unseen either."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection

from cms.core.admin.lost_updates import CHOICE, GO_ON, OPENED
from home.models import SiteSettings
from tests.admin.editors import form_of, saved, told
from tests.admin.forms import read_form
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    SuperuserFactory,
    ThemeFactory,
    home_page,
)

pytestmark = pytest.mark.django_db

RECORDS = [
    (PersonFactory, "phone", "+358 40 000 0001", "email", "bertta@example.org"),
    (OrganisationFactory, "city", "Turku", "name", "Toinen nimi"),
    (ProgrammeFactory, "short_name", "AA", "name", "Toinen nimi"),
    (ThemeFactory, "name", "Annan teema", "name", "Bertan teema"),
]


@pytest.mark.parametrize(("factory", "field", "theirs", "other", "mine"), RECORDS)
def test_an_old_form_of_a_record_is_not_taken(anna, bertta, factory, field, theirs, other, mine):
    record = factory()
    model = type(record)
    url = reverse(model.snippet_viewset.get_url_name("edit"), args=[record.pk])
    old = form_of(bertta, url, **{other: mine})
    assert anna.post(url, form_of(anna, url, **{field: theirs})).status_code == 302
    html = told(bertta.post(url, old))
    assert "Anna Malli" in html
    for word in [*theirs.split(), *mine.split()]:
        assert word in html
    assert saved(model, record, field) == theirs
    again = read_form(bertta.post(url, old), OPENED)
    assert bertta.post(url, {**again, CHOICE: "mine"}).status_code == 302
    assert saved(model, record, other) == mine


@pytest.mark.parametrize(
    ("factory", "name"),
    [(ImageFactory, "wagtailimages:edit"), (DocumentFactory, "wagtaildocs:edit")],
)
def test_an_old_form_of_a_file_is_not_taken(anna, bertta, factory, name):
    thing = factory(title="Alku")
    url = reverse(name, args=[thing.pk])
    old = form_of(bertta, url, title="Bertan")
    assert anna.post(url, form_of(anna, url, title="Annan")).status_code == 302
    assert "Annan" in told(bertta.post(url, old))
    assert saved(type(thing), thing, "title") == "Annan"


def test_an_old_form_of_the_settings_is_not_taken(anna, bertta):
    settings = SiteSettings.for_site(home_page().get_site())
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", settings.site_id])
    old = form_of(bertta, url, email="bertta@example.org")
    anna.post(url, form_of(anna, url, association_name="Annan liitto"))
    assert "liitto" in told(bertta.post(url, old))
    assert SiteSettings.objects.get().association_name == "Annan liitto"


def test_an_old_form_of_a_user_is_not_taken(anna, bertta):
    user = SuperuserFactory(username="kolmas", first_name="Kolmas", last_name="Malli")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    old = form_of(bertta, url, last_name="Bertan")
    assert anna.post(url, form_of(anna, url, first_name="Annan")).status_code == 302
    told(bertta.post(url, old))
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Annan", "Malli")


def others() -> list[tuple]:
    """Addresses of the remaining forms, and a field of each."""
    group, _ = Group.objects.get_or_create(name="Ryhmä")
    collection = Collection.get_first_root_node().add_child(name="Kokoelma")
    redirect = Redirect.objects.create(old_path="/vanha", redirect_link="/fi/")
    return [
        (reverse("wagtailusers_groups:edit", args=[group.pk]), "name"),
        (reverse("wagtailadmin_collections:edit", args=[collection.pk]), "name"),
        (reverse("wagtailredirects:edit", args=[redirect.pk]), "redirect_link"),
        (reverse("wagtailsites:edit", args=[home_page().get_site().pk]), "site_name"),
    ]


@pytest.mark.parametrize("place", range(4))
def test_every_other_form_of_the_admin_is_guarded(anna, bertta, place):
    url, name = others()[place]
    old = form_of(bertta, url, **{name: "https://bertan.example.org"})
    saved_now = anna.post(url, form_of(anna, url, **{name: "https://annan.example.org"}))
    assert saved_now.status_code == 302, saved_now.context["form"].errors
    again = read_form(bertta.post(url, old), OPENED)
    assert "https://annan.example.org" in told(bertta.post(url, old))
    assert bertta.post(url, {**again, CHOICE: GO_ON}).status_code == 200
    assert bertta.post(url, {**again, CHOICE: "mine"}).status_code == 302
    assert form_of(anna, url)[name] == ["https://bertan.example.org"]
