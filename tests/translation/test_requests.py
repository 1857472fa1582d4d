"""Asking for translations: what a request is made of, and what becomes of each of its rows."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.models import (
    LanguageRights,
    Notice,
    RequestedVersion,
    TranslationRequest,
    Work,
)
from cms.translation.requests import ask, preparing
from projects.models import FundingRole, Organisation, Theme
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    home_page,
    project_index,
    translate,
)
from tests.translation.languages import fresh

pytestmark = pytest.mark.django_db
State = RequestedVersion.State


@pytest.fixture
def languages() -> dict[str, Locale]:
    return {code: LocaleFactory(language_code=code) for code in ("fi", "sv", "ar", "fi-simple")}


@pytest.fixture
def boss():
    return SuperuserFactory()


@pytest.fixture
def homes(languages):
    """The home page and the list of projects, in Swedish and Arabic too."""
    for code in ("sv", "ar"):
        translate(project_index(), code)


def outcome(request: TranslationRequest) -> dict:
    return {
        (str(row.instance), row.locale.language_code): (row.state, row.message)
        for row in request.versions.all()
    }


def test_a_page_goes_to_the_languages_asked_for_as_a_draft(boss, languages, homes):
    page = ContentPageFactory(title="Meistä", slug="meista", lead="Olemme täällä.")
    chosen = [languages["sv"], languages["ar"]]
    request = ask(boss, [page], chosen, due_on=date(2030, 1, 2), note="Kiire.")
    assert set(outcome(request).values()) == {(State.DONE, "")}
    assert request.finished_at
    for code in ("sv", "ar"):
        made = fresh(page, code)
        assert not made.live
        work = Work.objects.get(
            translation__source__object_id=page.translation_key,
            translation__target_locale=languages[code],
        )
        assert (work.due_on, work.note, work.request) == (date(2030, 1, 2), "Kiire.", request)
        assert (work.state, work.words_left) == (Work.State.REQUESTED, 3)


def test_of_a_page_that_was_never_public_the_newest_draft_is_translated(boss, languages, homes):
    page = ContentPageFactory(title="Vanha nimi", live=False)
    page.title = "Uusi nimi"
    page.save_revision()
    ask(boss, [page], [languages["sv"]])
    source = TranslationSource.objects.get(object_id=page.translation_key)
    assert "Uusi nimi" in source.stringsegment_set.values_list("string__data", flat=True)
    assert fresh(page, "sv").title == "Uusi nimi"


def test_neither_easy_finnish_nor_the_language_of_the_page_is_asked_for(boss, languages, homes):
    page = ContentPageFactory(title="Meistä")
    request = ask(boss, [page], languages.values())
    assert {code for _title, code in outcome(request)} == {"sv", "ar"}
    with pytest.raises(ValidationError):
        ask(boss, [page], [languages["fi"], languages["fi-simple"]])
    assert TranslationRequest.objects.count() == 1


def test_a_translation_is_never_asked_for_nor_makes_a_second_source(boss, languages, homes):
    page = ContentPageFactory(title="Meistä")
    ask(boss, [page], [languages["sv"]])
    with pytest.raises(PermissionDenied):
        ask(boss, [fresh(page, "sv")], [languages["ar"]])
    assert TranslationSource.objects.filter(object_id=page.translation_key).count() == 1


@pytest.mark.parametrize("make", [UserFactory, lambda: EditorFactory(join="Kääntäjät: ruotsi")])
def test_whoever_may_not_change_a_page_may_not_ask(make, languages, homes):
    Group.objects.create(name="Kääntäjät: ruotsi")
    with pytest.raises(PermissionDenied):
        ask(make(), [home_page()], [languages["sv"]], branch=True)


@override("en")
def test_what_is_written_by_hand_stays_as_it_is(boss, languages, homes):
    page = ContentPageFactory(title="Meistä")
    translate(page, "sv", title="Om oss")
    other = ContentPageFactory(title="Muuta")
    request = ask(boss, [page, other], [languages["sv"]])
    told = outcome(request)
    assert told["Meistä", "sv"][0] == State.REFUSED
    assert "by hand" in told["Meistä", "sv"][1]
    assert told["Muuta", "sv"] == (State.DONE, "")
    assert fresh(page, "sv").title == "Om oss"
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_asked_again_a_page_is_not_made_twice(boss, languages, homes):
    page = ContentPageFactory(title="Meistä")
    for _time in range(2):
        request = ask(boss, [page], [languages["sv"]], due_on=date(2030, 1, 2))
        assert outcome(request) == {("Meistä", "sv"): (State.DONE, "")}
    assert Page.objects.filter(translation_key=page.translation_key).count() == 2
    assert Work.objects.get(translation__target_locale=languages["sv"]).request == request


def test_of_a_branch_what_is_new_in_it_is_asked_for(boss, languages, homes):
    """Also when its root has been in all languages for long."""
    root = ContentPageFactory(title="Juuri")
    first = ContentPageFactory(title="Vanha", parent=root)
    both = [languages["sv"], languages["ar"]]
    ask(boss, [root], both, branch=True)
    ContentPageFactory(title="Uusi", parent=Page.objects.get(pk=first.pk).specific)
    ContentPageFactory(title="Luonnos", parent=Page.objects.get(pk=root.pk).specific, live=False)
    request = ask(boss, [root], both, branch=True)
    assert set(outcome(request)) == {("Uusi", "sv"), ("Uusi", "ar")}
    assert {state for state, _message in outcome(request).values()} == {State.DONE}
    with pytest.raises(ValidationError):
        ask(boss, [root], both, branch=True)


def test_the_pages_above_come_along(boss, languages):
    root = ContentPageFactory(title="Juuri")
    leaf = ContentPageFactory(title="Lehti", parent=root)
    request = ask(boss, [leaf], [languages["sv"]])
    told = outcome(request)
    assert {title for title, _code in told} == {str(home_page()), "Juuri", "Lehti"}
    assert {state for state, _message in told.values()} == {State.DONE}
    made = fresh(leaf, "sv")
    assert made.get_parent().translation_key == root.translation_key
    assert made.get_parent().alias_of is None


def test_without_its_place_a_page_is_refused_in_a_sentence(boss, languages, monkeypatch):
    root = ContentPageFactory(title="Juuri")
    leaf = ContentPageFactory(title="Lehti", parent=root)
    monkeypatch.setattr("cms.translation.requests.Plan._add_above", lambda *args: None)
    request = ask(boss, [leaf], [languages["sv"]])
    state, message = outcome(request)["Lehti", "sv"]
    assert (state, "Juuri" in message) == (State.REFUSED, True)


def project(**fields):
    return ProjectFactory(
        title="Silta",
        themes=[ThemeFactory(name="Työ", slug="tyo")],
        funding=[(OrganisationFactory(name="Rahasto"), FundingRole.MAIN, None)],
        **fields,
    )


def test_records_that_a_page_names_are_made_as_drafts(boss, languages, homes):
    page = project(contacts=[PersonFactory(title=""), PersonFactory(title="neuvoja")])
    request = ask(boss, [page], [languages["ar"]])
    made = {title for title, _code in outcome(request)}
    assert made == {"Silta", "Työ", "Rahasto", str(page.contacts.last().person)}
    for model in (Theme, Organisation):
        assert model.objects.get(locale=languages["ar"]).is_draft
    assert Work.objects.filter(translation__target_locale=languages["ar"]).count() == 4


def test_records_are_made_by_who_may(languages, homes):
    """The page is made all the same, and it is said who may make the rest."""
    page = project()
    request = ask(EditorFactory(), [page], [languages["ar"]])
    told = outcome(request)
    assert told["Silta", "ar"] == told["Rahasto", "ar"] == (State.DONE, "")
    state, message = told["Työ", "ar"]
    assert (state, "Julkaisijat" in message) == (State.REFUSED, True)
    assert not Theme.objects.filter(locale=languages["ar"]).exists()


def test_a_fault_of_one_stops_no_other(boss, languages, homes, monkeypatch):
    pages = [ContentPageFactory(title=title) for title in ("Yksi", "Kaksi", "Kolme")]
    make = preparing.made

    def faulty(instance, *args):
        found = make(instance, *args)
        if instance.title == "Kaksi":
            raise RuntimeError("in the midst")
        return found

    monkeypatch.setattr(preparing, "made", faulty)
    told = outcome(ask(boss, pages, [languages["sv"]]))
    assert [state for state, _message in told.values()] == [State.DONE, State.REFUSED, State.DONE]
    assert told["Kaksi", "sv"][1]
    assert not Page.objects.filter(title="Kaksi", locale=languages["sv"]).exists()
    assert not Translation.objects.filter(source__object_id=pages[1].translation_key).exists()


@pytest.mark.parametrize("fault", [IntegrityError, OperationalError])
def test_whoever_is_in_the_way_is_waited_for(boss, languages, homes, monkeypatch, fault):
    page = ContentPageFactory(title="Meistä")
    make, faults = preparing.made, [fault("database is locked")]

    def hindered(*args):
        if faults:
            raise faults.pop()
        return make(*args)

    monkeypatch.setattr(preparing, "made", hindered)
    assert outcome(ask(boss, [page], [languages["sv"]])) == {("Meistä", "sv"): (State.DONE, "")}


def test_what_a_locked_database_kept_from_being_made_waits_for_the_next_run(
    boss, languages, homes, monkeypatch
):
    page = ContentPageFactory(title="Meistä")

    def locked(*args):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "made", locked)
        request = ask(boss, [page], [languages["sv"]])
    assert outcome(request) == {("Meistä", "sv"): (State.WAITING, "")}
    preparing.take_up()
    assert outcome(request) == {("Meistä", "sv"): (State.DONE, "")}


@pytest.mark.parametrize("place", ["made", "note_work"])
def test_a_killed_run_is_finished_by_a_second_without_doubles(
    boss, languages, homes, monkeypatch, place
):
    pages = [ContentPageFactory(title=title) for title in ("Yksi", "Kaksi", "Kolme")]
    do, left = getattr(preparing, place), [3]

    def killed(*args):
        found = do(*args)
        left[0] -= 1
        if not left[0]:
            raise SystemExit
        return found

    with monkeypatch.context() as patch:
        patch.setattr(preparing, place, killed)
        request = ask(boss, pages, [languages["sv"], languages["ar"]])
    assert request.finished_at is None
    assert request.versions.filter(state=State.WAITING).count() == 4
    preparing.take_up()
    request.refresh_from_db()
    assert request.finished_at
    assert set(outcome(request).values()) == {(State.DONE, "")}
    keys = [page.translation_key for page in pages]
    assert Page.objects.filter(translation_key__in=keys).count() == 9
    assert Translation.objects.filter(source__object_id__in=keys).count() == 6
    assert Work.objects.filter(translation__source__object_id__in=keys).count() == 6


@override("en")
def test_a_page_that_is_deleted_between_two_languages_is_said_to_be(
    boss, languages, homes, monkeypatch
):
    monkeypatch.setattr("cms.translation.requests.start", lambda request: None)
    page = ContentPageFactory(title="Meistä")
    request = ask(boss, [page], [languages["sv"], languages["ar"]])
    run = preparing.Run(request)
    first, second = request.versions.order_by("pk")
    run.make(first.pk)
    Page.objects.get(pk=page.pk).delete()
    run.make(second.pk)
    second.refresh_from_db()
    assert (second.state, second.message) == (State.REFUSED, "It has been deleted since.")


def test_translators_are_told_once_of_all_there_is_to_do(boss, languages, homes):
    group = Group.objects.create(name="Kääntäjät: ruotsi")
    LanguageRights.objects.create(group=group, locale=languages["sv"])
    translator = EditorFactory(join=group.name)
    pages = [ContentPageFactory(title=title) for title in ("Yksi", "Kaksi")]
    request = ask(boss, pages, [languages["sv"], languages["ar"]])
    told = Notice.objects.filter(receiver=translator)
    assert {notice.work.request for notice in told} == {request}
    assert told.count() == 2
    preparing.work_on(request.pk)
    assert told.count() == 2


def test_a_language_that_is_up_to_date_gets_no_day(homes, boss, languages):
    page = ProjectFactory(title="Silta")
    ask(boss, [page], [languages["sv"]])
    Work.objects.update(state=Work.State.UP_TO_DATE)
    ask(boss, [page], [languages["sv"]], due_on=date(2030, 1, 2), note="Kiire.")
    work = Work.objects.get(translation__source__object_id=page.translation_key)
    assert (work.due_on, work.note) == (None, "")
