"""Loading: twice is once, a change is a change, and an editor's word stands."""

import pytest
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.models import Work
from cms.translation.strings import progress
from projects.importing.run import Run
from projects.models import Organisation, Person, ProjectFunding, ProjectPage
from projects.public.listing import ProjectFacts, facts_of
from publications.models import PublicationPage

pytestmark = pytest.mark.django_db


def finnish() -> ProjectPage:
    return ProjectPage.objects.get(locale__language_code="fi", slug="silta")


def in_language(code: str) -> ProjectPage:
    return ProjectPage.objects.get(locale__language_code=code, slug="silta")


@pytest.fixture
def loaded(folder):
    folder.load(folder.project())
    return folder


def edit(page, **fields):
    """What the admin does when an editor changes fields and publishes."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_everything_in_the_file_is_on_the_page(loaded):
    page = finnish()
    assert page.live
    assert page.get_parent().specific_class.__name__ == "ProjectIndexPage"
    assert (str(page.start_date), str(page.end_date)) == ("2021-03-01", "2023-05-31")
    assert page.date_precision == "month"
    assert str(page.realised_public_funding) == "1000.50"
    assert page.programme.name == "ESR"
    assert page.logo.title == "logo"
    assert str(page.funding.get().amount) == "12.30"
    assert page.municipalities.get().municipality.name_fi == "Kajaani"
    assert page.contacts.get().person.organisation.name == "Kylien tuki ry"
    assert [block.id for block in page.body] == ["aims", "toimet", "quote"]
    assert page.body[0].value["text"].source == (
        "<p>Eka kappale.</p><p>Toka kappale.</p><ul><li>yksi</li><li>kaksi</li></ul>"
    )
    publication = PublicationPage.objects.get(locale__language_code="fi")
    assert publication.projects.get().project_id == page.pk
    assert publication.files.first().document.title == "Opas suomeksi"
    assert f'linktype="page" id="{page.pk}"' in publication.body[0].value.source


def test_translations_are_wagtail_localize_s_own(loaded):
    english = in_language("en")
    assert english.live
    assert english.title == "Bridge"
    assert english.body[0].value["text"].source.startswith("<p>First.</p>")
    assert english.body[1].value["heading"] == "Measures"
    assert english.body[1].value["text"].source == "<p>Tee <b>työ</b>.</p>"
    assert not english.organisations.exists()
    ((organisation, _role),) = ProjectFacts(facts_of(english), "en").organisations
    assert organisation.name == "Village Support"
    translation = Translation.objects.get(
        source__object_id=english.translation_key, target_locale__language_code="en"
    )
    assert translation.enabled
    before = [(b.id, b.get_prep_value()) for b in english.body]
    translation.save_target(publish=False)
    again = in_language("en").get_latest_revision_as_object()
    assert [(b.id, b.get_prep_value()) for b in again.body] == before
    assert again.title == "Bridge"


def test_what_is_left_to_translate_is_what_the_file_leaves(loaded):
    names = ("translation", "words_left", "state", "digest")
    works = list(Work.objects.order_by("pk").values_list(*names))
    progress.refresh(Translation.objects.all())
    assert works == list(Work.objects.order_by("pk").values_list(*names))
    assert Work.objects.filter(words_left=0, state=Work.State.UP_TO_DATE).exists()


def test_easy_finnish_is_a_page_of_its_own(loaded):
    easy = in_language("fi-simple")
    assert [block.value["kind"] for block in easy.body] == ["free"]
    assert (easy.code, easy.facts.code) == ("", "S1")
    assert not Translation.objects.get(
        source__object_id=easy.translation_key, target_locale__language_code="fi-simple"
    ).enabled


def test_easy_finnish_of_a_record_is_written_by_hand_too(loaded):
    """No translation by strings takes the place of its words."""
    data = loaded.project()
    words = {"en": {"name": "Village Support"}, "fi-simple": {"name": "Kylien apu"}}
    data["records"]["organisations"]["kyt"]["translations"] = words
    outcome = loaded.load(data)
    assert outcome.kept == []
    easy = Organisation.objects.get(locale__language_code="fi-simple")
    assert (easy.name, easy.website, easy.is_draft) == ("Kylien apu", "https://example.org/", False)
    assert not Translation.objects.get(
        source__object_id=easy.translation_key, target_locale=easy.locale
    ).enabled
    again = loaded.load(data)
    assert (again.changed, again.kept) == ([], [])
    words["fi-simple"]["name"] = "Kylien tuki"
    assert loaded.load(data).changed == ["organisations kyt (fi-simple): name"]
    easy.refresh_from_db()
    assert easy.name == "Kylien tuki"


def test_a_second_run_changes_nothing(loaded, django_assert_num_queries):
    pages, revisions = Page.objects.count(), Revision.objects.count()
    outcome = loaded.load()
    assert outcome.changed == []
    assert outcome.kept == []
    assert (Page.objects.count(), Revision.objects.count()) == (pages, revisions)


def test_a_changed_field_updates_only_that(loaded):
    data = loaded.project() | {"lead": "Uusi johdanto."}
    outcome = loaded.load(data)
    assert outcome.changed == ["projects silta (fi): lead"]
    assert finnish().lead == "Uusi johdanto."
    assert finnish().title == "Silta"
    assert in_language("en").title == "Bridge"
    assert in_language("en").body[0].value["text"].source.startswith("<p>First.</p>")


def test_a_changed_fact_reaches_every_language(loaded):
    data = loaded.project()
    data["funding"][0]["amount"] = "99.00"
    loaded.load(data)
    for code in ("fi", "en", "fi-simple"):
        (line,) = in_language(code).facts.funding
        assert str(line.amount) == "99.00", code
    assert ProjectFunding.objects.count() == 1


def test_an_editor_s_change_is_kept_and_other_fields_still_update(loaded):
    edit(finnish(), lead="Toimittajan sana.")
    outcome = loaded.load(loaded.project() | {"lead": "Tiedoston sana.", "code": "S2"})
    assert finnish().lead == "Toimittajan sana."
    assert finnish().code == "S2"
    assert outcome.kept == ["projects silta (fi): lead"]
    loaded.load(overwrite=True)
    assert finnish().lead == "Tiedoston sana."


def test_an_editor_s_section_stays_when_the_file_drops_another(loaded):
    page = finnish()
    page.body[1].value["heading"] = "Toimittajan otsikko"
    edit(page, body=page.body)
    data = loaded.project()
    del data["body"][1:]
    del data["translations"]["en"]["body"]["toimet"]
    outcome = loaded.load(data)
    assert [block.id for block in finnish().body] == ["aims", "toimet"]
    assert any("body[toimet]" in label for label in outcome.kept)


def test_a_row_gone_from_the_file_goes_from_the_page(loaded):
    data = loaded.project() | {"themes": [], "contacts": []}
    loaded.load(data)
    assert finnish().themes.count() == finnish().contacts.count() == 0
    assert not in_language("en").facts.themes


def test_an_editor_s_added_row_stays(loaded):
    page = finnish()
    organisation = Organisation.objects.get(locale__language_code="fi")
    page.organisations.create(organisation=organisation, role="partner")
    edit(page)
    loaded.load(loaded.project() | {"code": "S3"})
    assert finnish().organisations.count() == 2


def test_a_draft_on_top_stays_a_draft(loaded):
    page = finnish()
    page.title = "Luonnos"
    page.save_revision()
    loaded.load(loaded.project() | {"code": "S4"})
    page = finnish()
    assert (page.title, page.code) == ("Silta", "S4")
    draft = page.get_latest_revision_as_object()
    assert page.has_unpublished_changes
    assert (draft.title, draft.code) == ("Luonnos", "S4")


def test_a_deleted_page_and_an_unpublished_one_stay_so(loaded):
    finnish().unpublish()
    loaded.load(loaded.project() | {"code": "S5"})
    assert not finnish().live
    ProjectPage.objects.all().delete()
    outcome = loaded.load(loaded.project() | {"code": "S6"})
    assert not ProjectPage.objects.filter(locale__language_code="fi").exists()
    assert any("silta" in label for label in outcome.kept)
    loaded.load(overwrite=True)
    assert finnish().live


def test_a_record_and_a_translator_s_string_are_kept(loaded):
    Person.objects.filter(name="Maija Malli").update(phone="050 1")
    StringTranslation.objects.filter(data="Bridge").update(data="The Bridge")
    data = loaded.project()
    data["records"]["people"]["maija"]["phone"] = "050 2"
    data["translations"]["en"]["title"] = "A Bridge"
    outcome = loaded.load(data)
    assert Person.objects.get(locale__language_code="fi").phone == "050 1"
    assert len(outcome.kept) == 2
    assert in_language("en").title == "Bridge"


def test_a_dry_run_changes_nothing(folder):
    outcome = folder.load(folder.project(), dry_run=True)
    assert outcome.changed
    assert not ProjectPage.objects.exists()
    assert not Organisation.objects.exists()


def test_projects_that_refer_to_each_other(folder):
    first = folder.project() | {"publications": []}
    second = folder.project() | {"id": "toinen", "slug": "toinen", "publications": []}
    first["body"][1]["text"] = '<p><a href="project:toinen">Toinen</a></p>'
    second["body"][1]["text"] = '<p><a href="project:silta">Silta</a></p>'
    folder.write(first, "silta.yaml")
    folder.write(second, "toinen.yaml")
    folder.load()
    other = ProjectPage.objects.get(locale__language_code="fi", slug="toinen")
    assert other.live
    assert other.title == "Silta"
    assert f'id="{other.pk}"' in finnish().body[1].value["text"].source
    assert folder.load().changed == []


def test_a_project_that_refers_to_itself(folder):
    data = folder.project()
    data["body"][1]["text"] = '<p><a href="project:silta">Silta</a></p>'
    folder.load(data)
    assert finnish().live
    assert finnish().title == "Silta"
    assert f'id="{finnish().pk}"' in finnish().body[1].value["text"].source
    assert folder.load().changed == []


def test_ids_and_keys_are_the_same_on_every_site(loaded):
    run = Run()
    key = finnish().translation_key
    assert run.directory.key("projects", "silta") == key
    assert key.version == 5
