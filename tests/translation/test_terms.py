"""Terms are found in any form of any of the languages, and what is misused is told, no more."""

import pytest

from cms.translation.models import TermWord
from cms.translation.terms import misused, terms_in
from tests.translation.glossary import TRADE, make_term, make_trade

pytestmark = pytest.mark.one_database

FOUND = [
    ("fi", "Kotoutumissuunnitelman laatii kunta.", ["Kotoutumissuunnitelman: plan"]),
    ("fi", "HANKKEIDEN rahoittajat", ["HANKKEIDEN: project", "rahoittajat: funder"]),
    ("fi", "Kotoutumista ja työllisyyden edistämistä", ["Kotoutumista: integration"]),
    ("fi", "EU-hankkeessa on osatoteuttajia", ["hankkeessa: project", "osatoteuttajia: partner"]),
    ("fi", "pakolaisille ja pakolaisten kanssa", ["pakolaisille: refugee", "pakolaisten: refugee"]),
    ("fi", "Kotoutumiskoulutus alkaa", ["Kotoutumiskoulutus: integration"]),
    ("fi", "Pilottihankkeita", ["Pilottihankkeita: project"]),
    ("fi", "Pidämme projektista.", ["projektista: project"]),
    ("fi", "Lisää <b>työllisyyden</b> edistämisestä", []),
    ("sv", "Integrationsplanernas mål", ["Integrationsplanernas: plan"]),
    ("sv", "projektets finansiärer", ["projektets: project", "finansiärer: funder"]),
    ("sv", "Främjandet av sysselsättningen", ["Främjandet av sysselsättningen: employment"]),
    ("sv", "flyktingarnas barn", ["flyktingarnas: refugee"]),
    ("en", "The projects' funders", ["projects': project", "funders: funder"]),
    ("en", "Refugees with integrity", ["Refugees: refugee"]),
    ("en", "Integration plans", ["Integration plans: plan"]),
    ("ru", "для беженцев и проектов", ["беженцев: refugee", "проектов: project"]),
    ("ru", "с соисполнителями", ["соисполнителями: partner"]),
    ("ru", "в плане интеграции", ["плане интеграции: plan"]),
    ("ar", "والاندماج في المشروع", ["والاندماج: integration", "المشروع: project"]),
    ("ar", "للاندماج", ["للاندماج: integration"]),
    ("ar", "للجهة الممولة", ["للجهة الممولة: funder"]),
    ("so", "Mashruuca iyo isdhexgalka", ["Mashruuca: project", "isdhexgalka: integration"]),
    ("so", "mashruucyada qaxootiga", ["mashruucyada: project", "qaxootiga: refugee"]),
]


@pytest.fixture
def trade(db):
    return make_trade()


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_terms_are_found_in_any_form(trade, language, text, expected):
    names = {made.pk: name for name, made in trade.items()}
    found = terms_in(text, language, "en")
    said = [f"{one.text.rstrip(chr(46))}: {names[one.term]}" for one in found]
    expected = expected or ["työllisyyden</b> edistämisestä: employment"]
    if "edistämistä" in text:
        expected = [*expected, "työllisyyden edistämistä: employment"]
    assert [one.replace("'", "") for one in said] == [one.replace("'", "") for one in expected]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("text", ["", "   ", "Hän tulee huomenna.", "<a id='a1'></a>", "1 234 €"])
def test_a_text_without_terms_has_none(trade, text):
    assert terms_in(text, "fi", "sv") == []


def test_a_found_term_says_what_is_agreed_allowed_and_forbidden(db):
    term = make_term("Of people, not of goods.", fi="hanke", en="project, +scheme, -undertaking")
    TermWord.objects.filter(text="project").update(note="Never in capitals.")
    (found,) = terms_in("Hankkeet alkavat.", "fi", "en")
    assert [(word.text, word.note) for word in found.agreed] == [("project", "Never in capitals.")]
    assert [word.text for word in found.also] == ["scheme"]
    assert [word.text for word in found.forbidden] == ["undertaking"]
    assert found.notes == ("Of people, not of goods.",)
    assert found.term == term.pk


def test_a_first_letter_of_a_word_is_no_preposition(db):
    make_term(ar="كتاب", fi="kirja")
    assert terms_in("تاب الرجل", "ar", "fi") == []
    assert [one.text for one in terms_in("في الكتاب وكتابهم", "ar", "fi")] == ["الكتاب", "وكتابهم"]


def test_two_terms_of_one_word_are_told_together(db):
    make_term(fi="tuki", en="grant")
    make_term(fi="tuki", en="support")
    (found,) = terms_in("Tuen määrä", "fi", "en")
    assert {word.text for word in found.agreed} == {"grant", "support"}
    assert misused("Tuen määrä", "Amount of the support", "fi", "en") == []


def test_a_term_without_a_word_in_the_language_is_found_and_not_missed(db):
    make_term(fi="hanke", sv="projekt")
    (found,) = terms_in("hankkeen", "fi", "en")
    assert not found.agreed
    assert misused("hankkeen", "anything", "fi", "en") == []


RIGHT = [
    ("en", "Hankkeen rahoittajat", "Funders of the project"),
    ("en", "Hankkeen rahoittajat", "Funding the scheme: its funders"),
    ("en", "Kotoutuminen", "Integrating into society"),
    ("en", "Osatoteuttajat", "Co-implementers"),
    ("sv", "Hankkeiden tulokset", "Projektens resultat"),
    ("sv", "Kotoutumissuunnitelmat", "Integrationsplaner"),
    ("sv", "Perheen kotoutuminen", "Familjen integreras"),
    ("sv", "Työllisyyden edistäminen", "Att främja sysselsättningen"),
    ("sv", "Pilottihanke", "Försöksverksamhet"),
    ("ru", "Hankkeissa", "В проектах"),
    ("ru", "Kotoutuminen", "Об интеграции"),
    ("ru", "Pakolaisten kotoutuminen", "Интеграция беженцев"),
    ("ar", "Hankkeet", "المشاريع"),
    ("ar", "Kotoutuminen", "لاندماجهم"),
    ("ar", "Pakolaiset", "اللاجئون"),
    ("so", "Hankkeet", "Mashaariicda"),
    ("so", "Kotoutuminen", "Is-dhexgalka"),
    ("so", "Kotoutuminen", "Isdhexgalkooda"),
]
WRONG = [
    ("en", "Kotoutuminen", "Assimilation", {"missed Kotoutuminen", "forbidden Assimilation"}),
    ("en", "Hankkeen tavoite", "Aim of the programme", {"missed Hankkeen"}),
    ("en", "Rahoittaja", "Funder, or sponsors", {"forbidden sponsors"}),
    ("sv", "Osatoteuttaja", "Medarbetaren", {"missed Osatoteuttaja", "forbidden Medarbetaren"}),
    ("sv", "Kotoutuminen", "Etablering", {"missed Kotoutuminen"}),
    ("ru", "Kotoutuminen", "Ассимиляции", {"missed Kotoutuminen", "forbidden Ассимиляции"}),
    ("ru", "Hanke alkaa", "Программа начинается", {"missed Hanke"}),
    ("ar", "Kotoutuminen", "الذوبان", {"missed Kotoutuminen", "forbidden الذوبان"}),
    ("ar", "Hanke", "البرنامج", {"missed Hanke"}),
    ("so", "Hanke", "Barnaamijka", {"missed Hanke"}),
    ("so", "Rahoittajat", "Dadka", {"missed Rahoittajat"}),
]


@pytest.mark.parametrize(("language", "source", "target"), RIGHT)
def test_no_false_alarm(trade, language, source, target):
    assert misused(source, target, "fi", language) == []


@pytest.mark.parametrize(("language", "source", "target", "expected"), WRONG)
def test_missed_and_forbidden_words_are_told(trade, language, source, target, expected):
    told = misused(source, target, "fi", language)
    assert {f"{one.kind} {one.word}" for one in told} == expected


def test_swedish_may_be_the_source(trade):
    told = misused("Projektet börjar", "Projekti alkaa", "sv", "fi")
    assert {(one.kind, one.word) for one in told} == {
        ("missed", "Projektet"),
        ("forbidden", "Projekti"),
    }
    assert all(one.instead == ("hanke",) for one in told)
    assert misused("Projektets mål", "Hankkeiden tavoitteet", "sv", "fi") == []


def test_a_forbidden_word_inside_an_allowed_one_is_no_fault(db):
    make_term(fi="suunnitelma", en="programme, -plan")
    make_term(fi="kotoutumissuunnitelma", en="integration plan")
    source = "Suunnitelma ja kotoutumissuunnitelma"
    assert misused(source, "A programme and an integration plan", "fi", "en") == []
    told = misused(source, "A programme, a plan and an integration plan", "fi", "en")
    assert [one.word for one in told] == ["plan"]


def test_a_forbidden_word_of_something_else_is_no_fault(trade):
    assert misused("Kumppani lähti", "The partner left", "fi", "en") == []


def test_a_change_of_the_glossary_counts_at_once(db):
    term = make_term(fi="hanke", en="project")
    assert terms_in("hankkeet", "fi", "en")[0].agreed[0].text == "project"
    word = TermWord.objects.get(term=term, text="project")
    word.text = "scheme"
    word.save()
    assert terms_in("hankkeet", "fi", "en")[0].agreed[0].text == "scheme"
    term.delete()
    assert terms_in("hankkeet", "fi", "en") == []


def test_nothing_is_asked_for_each_text(trade, django_assert_num_queries):
    terms_in("Hanke", "fi", "sv")
    with django_assert_num_queries(0):
        for _number in range(20):
            misused("Hankkeiden rahoittajat", "Projektens finansiärer", "fi", "sv")


def test_the_sample_is_in_every_language():
    assert all(len(words) == 6 for words in TRADE.values())
