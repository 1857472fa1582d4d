"""Public pages cost nothing until something that they show has changed."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Site

from cms.core import content_epoch
from cms.core.page_cache import cache_key
from home.models import SiteSettings
from projects.models import FundingRole, OrganisationRole
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    project_index,
    translate,
)


@pytest.fixture(autouse=True)
def _empty():
    caches["pages"].clear()


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


def get(client, path="/fi/hankkeet/", **headers):
    return client.get(path, headers=headers)


@pytest.mark.django_db
def test_the_second_visitor_costs_no_query(client, project, django_assert_num_queries):
    first = get(client, project.url)
    with django_assert_num_queries(0):
        second = get(client, project.url)
    assert second.content == first.content
    assert second.status_code == 200
    for name in ("Content-Type", "Content-Security-Policy", "ETag", "Cache-Control"):
        assert second[name] == first[name]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fi/", "/fi/hankkeet/", "/fi/feeds/projects.atom"])
def test_home_lists_and_feeds_are_kept_too(client, project, path, django_assert_num_queries):
    assert get(client, path).status_code == 200
    with django_assert_num_queries(0):
        assert get(client, path).status_code == 200


@pytest.mark.django_db
def test_browsers_ask_again_and_get_304(client, project, django_assert_num_queries):
    first = get(client, project.url)
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    with django_assert_num_queries(0):
        again = get(client, project.url, if_none_match=first["ETag"])
    assert again.status_code == 304
    assert not again.content


@pytest.mark.django_db
def test_head_answers_from_what_get_kept(client, project, django_assert_num_queries):
    get(client, project.url)
    with django_assert_num_queries(0):
        assert client.head(project.url).status_code == 200


@pytest.mark.django_db
def test_staff_bypass_it(client, project):
    get(client, project.url)
    client.force_login(SuperuserFactory())
    response = get(client, project.url)
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response
    client.logout()


def _rename(project, funder):
    funder.name = "Uusi rahasto"
    funder.save()


def _unpublish(project, funder):
    project.unpublish()


def _retitle(project, funder):
    project.title = "Uusia kohtaamisia"
    project.save_revision().publish()


def _translate(project, funder):
    translate(project, "sv", title="Möten")


def _settings(project, funder):
    row = SiteSettings.for_site(Site.objects.get())
    row.association_name = "Katto ry"
    row.save()


def _theme(project, funder):
    ThemeFactory()


def _redirect(project, funder):
    Redirect.add_redirect("/vanha", redirect_to=project)


def _locale(project, funder):
    Locale.objects.create(language_code="ru")


def _delete(project, funder):
    project.delete()


def _move(project, funder):
    ProjectFactory(title="Toinen").move(project, pos="left")


def _site(project, funder):
    site = Site.objects.get()
    site.site_name = "Toinen nimi"
    site.save()


CHANGES = [
    _rename,
    _unpublish,
    _retitle,
    _translate,
    _settings,
    _theme,
    _redirect,
    _locale,
    _delete,
    _move,
    _site,
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_every_public_change_begins_an_epoch(project, funder, change):
    before = content_epoch.current_epoch()
    change(project, funder)
    assert content_epoch.current_epoch() != before


@pytest.mark.django_db(transaction=True)
def test_a_renamed_funder_is_renamed_everywhere(client, project, funder):
    for path in (project.url, "/fi/hankkeet/"):
        assert "Vanha rahasto" in get(client, path).content.decode()
    _rename(project, funder)
    for path in (project.url, "/fi/hankkeet/"):
        html = get(client, path).content.decode()
        assert "Uusi rahasto" in html
        assert "Vanha rahasto" not in html


@pytest.mark.django_db
def test_a_draft_drops_nothing(project, monkeypatch):
    dropped = []
    monkeypatch.setattr(content_epoch, "drop_public_pages", lambda: dropped.append(1))
    project.title = "Vasta luonnos"
    revision = project.save_revision()
    assert not dropped
    revision.publish()
    assert dropped


@pytest.mark.django_db(transaction=True)
def test_a_change_taken_back_drops_nothing(project, funder, monkeypatch):
    begun = []
    monkeypatch.setattr(content_epoch, "begin_epoch", lambda: begun.append(1))
    with transaction.atomic():
        _rename(project, funder)
        transaction.set_rollback(True)
    assert not begun
    with transaction.atomic():
        _rename(project, funder)
    assert begun


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_one_transaction_drop_once(project, monkeypatch):
    dropped = []
    original = content_epoch.begin_epoch
    monkeypatch.setattr(content_epoch, "begin_epoch", lambda: (dropped.append(1), original()))
    with transaction.atomic():
        for number in range(20):
            OrganisationFactory(name=f"Järjestö {number}")
    assert len(dropped) == 1


@pytest.mark.django_db(transaction=True)
def test_an_inner_change_taken_back_does_not_swallow_the_outer_one(project, funder):
    before = content_epoch.current_epoch()
    with transaction.atomic():
        with transaction.atomic():
            ThemeFactory()
            transaction.set_rollback(True)
        _rename(project, funder)
    assert content_epoch.current_epoch() != before


@pytest.mark.django_db(transaction=True)
def test_rendered_before_and_stored_after_a_change_is_never_served(
    client, project, funder, monkeypatch
):
    from projects.public import presenters

    original = presenters.related_projects

    def slow(*args):
        """The funder is renamed while this page, its name already read, is being rendered."""
        args[0].funding  # noqa: B018
        _rename(project, funder)
        return original(*args)

    monkeypatch.setattr(presenters, "related_projects", slow)
    assert "Vanha rahasto" in get(client, project.url).content.decode()
    monkeypatch.undo()
    html = get(client, project.url).content.decode()
    assert "Uusi rahasto" in html
    assert "Vanha rahasto" not in html


@pytest.mark.django_db
def test_a_contact_is_gone_the_day_after_its_last(client, project, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 3, 31))
    html = get(client, project.url).content.decode()
    assert "Matti Malli" in html
    assert "status--running" in html
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 4, 1))
    html = get(client, project.url).content.decode()
    assert "Matti Malli" not in html
    assert "status--ended" in html


def entries():
    return len([key for key in caches["pages"]._cache if content_epoch.KEY not in key])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", True),
        ("sort=newest", True),
        ("sort=title", True),
        ("status=running", True),
        ("status=nonsense", False),
        ("theme=made-up", False),
        ("utm_source=x", False),
        ("status=running&x=1", False),
        ("page=1", True),
        ("page=99", False),
        ("&".join(f"year={year}" for year in range(1990, 2010)), False),
        ("theme=" + "a" * 600, False),
    ],
)
def test_made_up_parameters_cannot_fill_it(client, project, query, kept):
    before = entries()
    assert get(client, f"/fi/hankkeet/?{query}").status_code == 200
    assert entries() - before == int(kept)


@pytest.mark.django_db
def test_the_order_of_parameters_makes_no_second_entry(client, project):
    get(client, "/fi/hankkeet/?status=running&sort=title")
    before = entries()
    get(client, "/fi/hankkeet/?sort=title&status=running&status=running")
    assert entries() == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/fi/nowhere/", "/documents/1/x.pdf", "/"])
def test_only_public_pages_that_exist_are_kept(client, project, path):
    before = entries()
    get(client, path)
    assert entries() == before


@pytest.mark.django_db
def test_whole_pages_and_parts_and_hosts_have_their_own_keys(rf, settings):
    settings.ALLOWED_HOSTS = ["a.example.org", "b.example.org"]
    back = {"hx-request": "true", "hx-history-restore-request": "true"}
    keys = {
        cache_key(rf.get("/fi/", headers={"host": "a.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "b.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", "hx-request": "true"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", **back})),
        cache_key(rf.get("/sv/", headers={"host": "a.example.org"})),
        cache_key(rf.get("/fi/", headers={"host": "a.example.org", "accept-encoding": "gzip"})),
    }
    assert len(keys) == 6
    assert cache_key(rf.get("/fi/", headers={"host": "evil.example.com"})) is None
