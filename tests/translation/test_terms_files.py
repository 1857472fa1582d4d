"""The glossary as a file in the admin: out, in with a preview, all or nothing; hostile files."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.translation.models import Term, Upload
from cms.users.roles import EDITORS
from tests.factories import EditorFactory, LocaleFactory
from tests.translation.glossary import make_term, make_trade
from tests.translation.rights import translator
from tests.translation.test_terms_table import everything

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
UPLOAD = "translation:terms_upload"


@pytest.fixture
def codes():
    for code in ("fi", "sv", "en", "ru", "ar", "so"):
        LocaleFactory(language_code=code)


def send(client, content: bytes, name: str = "terms.csv"):
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)}, follow=True)


def decide(client, page, action: str = "take", **more):
    (made,) = Upload.objects.all()
    data = {"action": action, "seen": page.context["seen"], **more}
    return client.post(reverse("translation:terms_preview", args=[made.pk]), data, follow=True)


@pytest.mark.parametrize("kind", ["csv", "tmx"])
def test_a_file_goes_out_and_comes_in_again(boss, codes, kind):
    make_trade()
    odd = make_term('<b>&amp; "note"\nsecond', fi="työ & toimi, +=SUM(A1), -nuo", ar="عمل")
    odd.words.filter(text="عمل").update(note="ملاحظة <x>")
    before = everything()
    file = boss.get(reverse(f"translation:terms_{kind}"))
    assert f"terms.{kind}" in file["Content-Disposition"]
    Term.objects.all().delete()
    page = send(boss, file.content, f"x.{kind.upper()}")
    assert "New: 8" in page.content.decode()
    assert not Term.objects.exists()
    done = decide(boss, page)
    assert "8 terms were taken." in done.content.decode()
    assert everything() == before
    assert not Upload.objects.exists()
    page = send(boss, file.content, f"x.{kind}")
    assert "Unchanged: 8" in page.content.decode()
    assert "There is nothing to take." in page.content.decode()


def test_a_preview_says_what_is_new_changed_and_left_out(boss, codes):
    make_term(fi="hanke", sv="projekt")
    page = send(boss, "fi,sv\nhanke,insats\ntyö,arbete\n!!,x\n".encode())
    html = unescape(page.content.decode())
    for part in ("New: 1", "Changed: 1", "Unchanged: 0", "Left out: 1", "insats", "Line 4"):
        assert part in html
    assert "Write a word or a phrase" in html
    assert '<s lang="sv" dir="ltr">projekt</s>' in html
    assert html.count(">goes<") == html.count(">new<") == 1
    assert everything() == [("", [("fi", "hanke", "agreed", ""), ("sv", "projekt", "agreed", "")])]


def test_nothing_is_taken_when_told_so(boss, codes):
    page = send(boss, b"fi\nhanke\n")
    assert "Nothing was taken" in decide(boss, page, "drop").content.decode()
    assert not Term.objects.exists()
    assert not Upload.objects.exists()


def test_what_changed_since_the_preview_is_looked_at_again(boss, codes):
    page = send(boss, b"fi,sv\nhanke,insats\n")
    make_term(fi="hanke", sv="projekt")
    again = decide(boss, page)
    assert "look again" in again.content.decode()
    assert "Changed: 1" in again.content.decode()
    assert Term.objects.get().words.filter(text="projekt").exists()
    decide(boss, again)
    assert Term.objects.get().words.filter(text="insats").exists()


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
HOSTILE = {
    "bomb.tmx": f'<!DOCTYPE tmx [<!ENTITY a0 "ha">{BOMB}]><tmx><body><tu><tuv xml:lang="fi">'
    "<seg>&a9;</seg></tuv></tu></body></tmx>",
    "outside.tmx": '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body><tu>'
    '<tuv xml:lang="fi"><seg>&x;</seg></tuv></tu></body></tmx>',
    "broken.tmx": "<tmx><body><tu>",
    "other.tmx": "<xliff/>",
    "empty.tmx": "",
    "none.tmx": "<tmx><body/></tmx>",
    "deep.tmx": "<a>" * 50_000,
    "wrong encoding.tmx": '<?xml version="1.0" encoding="nonsense"?><tmx/>',
    "terms.xlsx": "PK\x03\x04",
    "terms": "fi\nhanke\n",
    "terms.csv": "a;b\n1;2\n",
    "quotes.csv": 'fi\n"hanke\n',
    "huge.csv": "fi\n" + "a\n" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_wrong_files_are_refused_with_a_sentence(boss, codes, name):
    page = send(boss, HOSTILE[name].encode(), name)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert "/etc/passwd" not in page.content.decode()
    assert not Upload.objects.exists()
    assert not Term.objects.exists()


def test_a_foreign_tmx_is_taken_as_far_as_it_goes(boss, codes):
    file = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><body>
    <tu><tuv xml:lang="FI-fi"><seg>han<hi>ke</hi></seg></tuv><tuv xml:lang="sv-FI">
    <seg>projekt</seg></tuv></tu><tu><tuv xml:lang="de">
    <seg>Projekt</seg></tuv></tu></body></tmx>"""
    page = send(boss, file.encode(), "foreign.tmx")
    assert "New: 1" in page.content.decode()
    assert "no language “de”" in page.content.decode()
    decide(boss, page)
    assert everything() == [("", [("fi", "hanke", "agreed", ""), ("sv", "projekt", "agreed", "")])]


def test_an_upload_is_its_owners_and_a_translator_has_none(boss, client, codes):
    send(boss, b"fi\nhanke\n")
    url = reverse("translation:terms_preview", args=[Upload.objects.get().pk])
    client.force_login(EditorFactory(join=EDITORS.name))
    assert client.get(url).status_code == 404
    assert client.get(reverse(UPLOAD)).status_code == 200
    client.force_login(translator("sv"))
    assert client.get(url).status_code == 302
    assert client.get(reverse(UPLOAD)).status_code == 302
    assert client.get(reverse("translation:terms_csv")).status_code == 200
    assert "From a file" not in client.get(reverse("terms:index")).content.decode()


def test_a_form_without_a_file_says_so(boss, codes):
    page = boss.post(reverse(UPLOAD), {})
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
