"""Whatever the public would notice takes kept pages away, and nothing else does."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Site

from cms.core import content_epoch
from home.models import SiteSettings
from tests.factories import OrganisationFactory, ProjectFactory, ThemeFactory, translate

pytestmark = pytest.mark.one_database


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
        assert "Vanha rahasto" in client.get(path).content.decode()
    _rename(project, funder)
    for path in (project.url, "/fi/hankkeet/"):
        html = client.get(path).content.decode()
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
    assert "Vanha rahasto" in client.get(project.url).content.decode()
    monkeypatch.undo()
    html = client.get(project.url).content.decode()
    assert "Uusi rahasto" in html
    assert "Vanha rahasto" not in html


@pytest.mark.django_db
def test_a_contact_is_gone_the_day_after_its_last(client, project, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 3, 31))
    html = client.get(project.url).content.decode()
    assert "Matti Malli" in html
    assert "status--running" in html
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 4, 1))
    html = client.get(project.url).content.decode()
    assert "Matti Malli" not in html
    assert "status--ended" in html
