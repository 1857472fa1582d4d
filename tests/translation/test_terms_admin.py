"""The glossary in the admin: who keeps it, what it refuses, and how it is searched."""

from html import unescape

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.translation.models import Term, TermWord
from cms.translation.strings.progress import refresh
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import EditorFactory, LocaleFactory, ProjectFactory, UserFactory
from tests.translation.editing import say, sent
from tests.translation.glossary import make_term
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def codes():
    return {code: LocaleFactory(language_code=code).pk for code in ("fi", "sv", "ar")}


def posted(codes, *words, note="", old=()):
    """``words``: ``(language, text, kind)``; ``old``: keys of those that are there."""
    data = {"note": note, "words-TOTAL_FORMS": len(words), "words-INITIAL_FORMS": len(old)}
    data |= {"words-MIN_NUM_FORMS": 0, "words-MAX_NUM_FORMS": 1000}
    for number, (code, text, kind, *more) in enumerate(words):
        row = f"words-{number}-"
        key = old[number] if number < len(old) else ""
        data |= {f"{row}locale": codes[code], f"{row}text": text, f"{row}kind": kind}
        data |= {f"{row}note": more[0] if more else "", f"{row}id": key, f"{row}DELETE": ""}
    return data


def words_of(term: Term):
    return set(term.words.values_list("locale__language_code", "text", "kind"))


def test_a_term_is_added_and_changed(boss, codes):
    data = posted(codes, ("fi", "  hanke  ", "agreed"), ("sv", "projekt", "agreed", "i plural"))
    assert boss.post(reverse("terms:add"), data).status_code == 302
    term = Term.objects.get()
    assert words_of(term) == {("fi", "hanke", "agreed"), ("sv", "projekt", "agreed")}
    old = list(term.words.order_by("pk").values_list("pk", flat=True))
    changed = [("fi", "hanke", "agreed"), ("sv", "projekt", "also"), ("sv", "satsning", "agreed")]
    answer = boss.post(reverse("terms:edit", args=[term.pk]), posted(codes, *changed, old=old))
    assert answer.status_code == 302
    assert ("sv", "satsning", "agreed") in words_of(term)


def test_words_may_change_places(boss, codes):
    term = make_term(fi="hanke, +projekti")
    old = list(term.words.order_by("pk").values_list("pk", flat=True))
    data = posted(codes, ("fi", "projekti", "also"), ("fi", "hanke", "agreed"), old=old)
    assert boss.post(reverse("terms:edit", args=[term.pk]), data).status_code == 302
    assert words_of(term) == {("fi", "projekti", "also"), ("fi", "hanke", "agreed")}
    data = posted(codes, ("fi", "projekti", "agreed"), ("fi", "hanke", "also"), old=old)
    assert boss.post(reverse("terms:edit", args=[term.pk]), data).status_code == 302
    assert words_of(term) == {("fi", "projekti", "agreed"), ("fi", "hanke", "also")}


REFUSED = [
    ([("fi", "hanke", "agreed"), ("fi", "projekti", "agreed")], "One word of a language is"),
    ([("fi", "hanke", "agreed"), ("fi", "Hanke", "also")], "This word is there twice"),
    ([("fi", "hanke", "agreed"), ("fi", "hanke", "forbidden")], "both right and not to be used"),
    ([("fi", "hanke", "forbidden"), ("fi", "hanke", "also")], "both right and not to be used"),
    ([("fi", "\u200b\u2060", "agreed")], "Write a word or a phrase"),
    ([("fi", "!?", "agreed")], "Write a word or a phrase"),
    ([("fi", "<b>x</b>", "agreed")], "Write a word or a phrase"),
    ([("fi", "a" * 121, "agreed")], "at most 120 characters"),
    ([("fi", "hanke", "agreed", "n" * 256)], "at most 255 characters"),
    ([("fi", "hanke", "wrong")], "Select a valid choice"),
    ([], "A term needs a word"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_is_refused_is_told_and_comes_back(boss, codes, words, sentence):
    answer = boss.post(reverse("terms:add"), posted(codes, *words, note="Typed by hand."))
    assert answer.status_code == 200
    html = unescape(answer.content.decode())
    assert sentence in html
    assert "Typed by hand." in html
    assert all(word[1] in html for word in words)
    assert not Term.objects.exists()


def test_an_endless_note_is_refused(boss, codes):
    answer = boss.post(
        reverse("terms:add"), posted(codes, ("fi", "hanke", "agreed"), note="n" * 1001)
    )
    assert "at most 1000 characters" in answer.content.decode()


def test_two_who_save_at_once_lose_nothing(boss, codes, monkeypatch):
    def clash(self, *args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(TermWord, "save", clash)
    answer = boss.post(reverse("terms:add"), posted(codes, ("fi", "hanke", "agreed")))
    assert answer.status_code == 200
    assert "Somebody has changed this term" in answer.content.decode()
    assert 'value="hanke"' in answer.content.decode()


@pytest.mark.parametrize("junk", [{}, {"words-TOTAL_FORMS": "x"}, {"words-TOTAL_FORMS": "-1"}])
def test_a_form_that_no_browser_sends_is_no_fault_of_the_server(boss, codes, junk):
    data = {**posted(codes, ("fi", "hanke", "agreed")), **junk}
    data = data if junk else {"note": "x"}
    assert boss.post(reverse("terms:add"), data).status_code < 500


def listed(client, **asked) -> str:
    return client.get(reverse("terms:index"), asked).content.decode()


def test_terms_are_searched_in_every_language_and_form(boss):
    make_term(fi="kotoutumissuunnitelma", sv="integrationsplan", ar="خطة الاندماج")
    make_term(fi="hanke", sv="projekt", note="Määräaikainen.")
    assert "kotoutumissuunnitelma" in listed(boss, q="kotoutumissuunnitelmien")
    assert "hanke" not in listed(boss, q="kotoutumissuunnitelmien")
    for words in ("integrations", "INTEGRATIONSPLANERNA", "الاندماج"):
        assert "kotoutumissuunnitelma" in listed(boss, q=words)
    assert "hanke" in listed(boss, q="määräaikainen")
    assert "hanke" not in listed(boss, q="xyz")


def test_terms_that_lack_a_language_are_listed(boss):
    make_term(fi="hanke", sv="projekt", ar="-سيئ")
    make_term(fi="rahoittaja", ar="ممول")
    assert "rahoittaja" in listed(boss, lacks="sv")
    assert "hanke" not in listed(boss, lacks="sv")
    assert "hanke" in listed(boss, lacks="ar")
    assert listed(boss, lacks="nonsense").count("hanke") >= 1


def test_the_listing_asks_no_more_for_more_terms(boss, django_assert_max_num_queries):
    for number in range(40):
        make_term(fi=f"sana{number}", sv=f"ord{number}")
    boss.get(reverse("terms:index"))
    with django_assert_max_num_queries(25):
        boss.get(reverse("terms:index"))


def test_who_keeps_and_who_reads(client):
    term = make_term(fi="hanke", sv="projekt", note="Määräaikainen.")
    names = {
        "index": [],
        "inspect": [term.pk],
        "add": [],
        "edit": [term.pk],
        "delete": [term.pk],
    }
    people = {
        EditorFactory(join=PUBLISHERS.name): "index inspect add edit delete",
        EditorFactory(join=EDITORS.name): "index inspect add edit",
        translator("sv"): "index inspect",
        UserFactory(): "",
    }
    for user, allowed in people.items():
        client.force_login(user)
        got = {
            name
            for name, arguments in names.items()
            if client.get(reverse(f"terms:{name}", args=arguments)).status_code == 200
        }
        assert got == set(allowed.split())


def test_a_translator_reads_all_of_a_term(client):
    term = make_term("Määräaikainen.", fi="hanke, -projekti", ar="مشروع")
    client.force_login(translator("sv"))
    client.cookies.load({"django_language": "en"})
    html = client.get(reverse("terms:inspect", args=[term.pk])).content.decode()
    for part in ("Määräaikainen.", "projekti", "Not to be used", 'dir="rtl"', "مشروع"):
        assert part in html
    assert reverse("terms:edit", args=[term.pk]) not in html


def test_a_reviewer_sees_the_terms_of_the_source(boss):
    make_term("Määräaikainen.", fi="hanke", ar="مشروع, -عملية")
    made = sent(ProjectFactory(title="Hankkeita", lead="Lyhyesti."))
    say(made, "title", "مشاريع")
    say(made, "lead", "باختصار")
    refresh(Translation.objects.filter(pk=made.pk))
    html = boss.get(reverse("translation:review", args=[made.work.pk])).content.decode()
    assert '<strong lang="ar" dir="rtl">مشروع</strong>' in html
    assert "Määräaikainen." in html
    assert "data-insert" not in html
    segment = made.source.stringsegment_set.get(context__path="title")
    help_page = boss.get(reverse("translation:help", args=[made.pk, segment.pk]))
    assert '<strong lang="ar" dir="rtl">مشروع</strong>' in help_page.content.decode()


def test_terms_stand_in_no_list_of_things_to_translate(boss):
    make_term(fi="hanke")
    assert not hasattr(Term, "locale")
    assert "hanke" not in boss.get(reverse("translation:overview")).content.decode()
    assert Locale.objects.exists()
