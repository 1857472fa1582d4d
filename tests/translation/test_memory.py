"""The memory: which earlier translations a string is offered, in what order, and to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation

from cms.translation.memory import matches
from cms.translation.memory.comparing import comparable
from cms.translation.memory.tags import fitted
from cms.translation.models import CarriedTranslation, MemoryEntry
from tests.factories import (
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
)
from tests.translation.editing import say, section, segment_of, sent
from tests.translation.rights import translator

pytestmark = pytest.mark.django_db

LIKE = "Hanke auttaa nuoria löytämään työtä ja koulutusta."
LESS = "Hanke auttaa nuoria löytämään töitä ja ystäviä."
OTHER = "Rahoituksesta päättää ministeriö keväällä."


def project(lead: str, **fields):
    return sent(ProjectFactory(lead=lead, **fields))


def offered(translation, path: str = "lead", user=None):
    return matches(user or SuperuserFactory(), translation, segment_of(translation, path))


def entry(translation, source: str, target: str, **fields) -> MemoryEntry:
    return MemoryEntry.objects.create(
        source_locale=translation.source.locale,
        target_locale=translation.target_locale,
        source=source,
        target=target,
        digest=source[:64],
        target_digest=target[:64],
        **fields,
    )


@pytest.fixture
def new():
    return project(LIKE, title="Uusi")


def test_exact_comes_before_what_is_only_alike(new):
    say(project(LESS), "lead", "أقل")
    say(project(LIKE), "lead", "نفس الشيء")
    say(project(OTHER), "lead", "شيء آخر")
    found = offered(new)
    assert [match.text for match in found] == ["نفس الشيء", "أقل"]
    assert found[0].likeness == 100
    assert 75 <= found[1].likeness < 100


def test_the_same_place_comes_first_even_if_it_is_only_alike(new):
    say(project(LIKE), "lead", "نفس الشيء")
    segment = segment_of(new, "lead")
    earlier, _made = String.objects.get_or_create(
        locale=segment.string.locale,
        data=LESS,
        defaults={"data_hash": String._get_data_hash(LESS)},
    )
    StringTranslation.objects.create(
        translation_of=earlier, context=segment.context, locale=new.target_locale, data="قديم"
    )
    found = offered(new)
    assert [match.text for match in found] == ["قديم", "نفس الشيء"]
    assert found[0].is_here
    assert not found[1].is_here


def test_the_newer_of_two_equal_ones_comes_first_and_each_wording_once(new):
    others = [project(LIKE) for _number in range(3)]
    wordings = ((3, "قديم"), (1, "جديد"), (2, "قديم"))
    for other, (days, text) in zip(others, wordings, strict=True):
        made = say(other, "lead", text)
        moment = timezone.now() - timedelta(days=days)
        StringTranslation.objects.filter(pk=made.pk).update(updated_at=moment)
    assert [match.text for match in offered(new)] == ["جديد", "قديم"]


def test_records_and_files_are_remembered_too(new):
    say(sent(ThemeFactory(name=LIKE)), "name", "من سجل")
    entry(new, LIKE, "من ملف", origin="vanha.tmx", author="Anna")
    found = {match.text: match for match in offered(new)}
    assert set(found) == {"من سجل", "من ملف"}
    assert found["من ملف"].origin == "vanha.tmx"
    assert found["من ملف"].who == "Anna"


def test_who_and_where_are_told(new):
    user = UserFactory(first_name="Aino", last_name="Esimerkki")
    other = project(LIKE, title="Toinen hanke")
    say(other, "lead", "نفس", last_translated_by=user)
    (found,) = offered(new)
    assert found.who == "Aino Esimerkki"
    assert "Toinen hanke" in found.origin
    assert found.url == reverse("translation:edit", args=[other.pk])


@pytest.mark.parametrize("spoil", ["error", "blank", "check", "machine"])
def test_what_is_not_good_is_not_offered(new, spoil):
    made = say(project(LIKE), "lead", "نفس")
    changed = {
        "error": {"has_error": True},
        "blank": {"data": "\u200f"},
        "machine": {"translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE},
    }
    StringTranslation.objects.filter(pk=made.pk).update(**changed.get(spoil, {}))
    if spoil == "check":
        CarriedTranslation.objects.create(translation=made, needs_check=True)
    assert offered(new) == []


def test_its_own_translation_and_other_languages_are_not_offered(new):
    say(new, "lead", "هذا")
    swedish = sent(ProjectFactory(lead=LIKE), "sv")
    say(swedish, "lead", "Svenska")
    assert offered(new) == []


def test_nobody_reads_words_of_pages_that_they_may_not_see(new):
    say(project(LIKE), "lead", "نفس")
    assert offered(new, user=translator("ar"))
    assert offered(new, user=translator("sv")) == []
    assert offered(new, user=UserFactory()) == []


def test_a_tag_is_one_sign():
    assert comparable('Lue <a id="a1">lisää</a>') == comparable('Lue <a id="a23">lisää</a>')
    assert comparable("A &amp; B") == "A & B"


@pytest.mark.parametrize(
    ("made", "made_for", "source", "expected"),
    [
        ('<a id="a1">x</a>', '<a id="a1">a</a>', '<a id="a7">b</a>', '<a id="a7">x</a>'),
        ('<a id="a1">x</a> y', '<a id="a1">a</a>', "b", "x y"),
        ("<b>x</b> <i>y</i>", "<b>a</b> <i>b</i>", "<i>b</i>", "x <i>y</i>"),
        ("x<br/>y", "a<br/>b", "ab", "x y"),
        ("</b>x", "a", "<b>a</b>", "x"),
    ],
)
def test_what_is_offered_has_the_tags_of_the_new_source(made, made_for, source, expected):
    assert fitted(made, made_for, source) == expected


def test_the_panel_shows_them_with_or_without_script(boss, new):
    other = project(LESS, title="Toinen hanke")
    say(other, "lead", "أقل")
    segment = segment_of(new, "lead")
    url = reverse("translation:help", args=[new.pk, segment.pk])
    fragment = boss.get(url, headers={"Accept": "text/fragment"}).content.decode()
    assert "<html" not in fragment
    assert 'data-use="1"' in fragment
    assert "<del>" in fragment
    page = boss.get(url).content.decode()
    assert "<html" in page
    assert "Toinen hanke" in page


def test_a_text_without_words_and_markup_as_text_make_no_fault(boss):
    made = sent(ProjectFactory(lead="–", body=[section("<p>a &lt;b&gt; <b>c</b></p>")]))
    for segment in made.source.stringsegment_set.all():
        assert boss.get(reverse("translation:help", args=[made.pk, segment.pk])).status_code == 200
