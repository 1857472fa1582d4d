"""The memory as a file in the admin: out, in with a preview, all or nothing; hostile files."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.translation.memory import matches
from cms.translation.models import MemoryEntry, Upload
from cms.users.roles import EDITORS
from tests.factories import EditorFactory, LocaleFactory, ProjectFactory, UserFactory
from tests.translation.editing import say, segment_of, sent
from tests.translation.rights import translator
from tests.translation.workplace import translator as member

pytestmark = pytest.mark.django_db
UPLOAD = "translation:memory_upload"
ODD = {
    "Työ &amp; toimi &lt;b&gt;": "عمل &amp; نشاط &lt;b&gt;",
    'Katso <a id="a1">sivu <b>nyt</b></a>.<br/>2': 'انظر <a id="a1">الصفحة <b>الآن</b></a>.<br/>2',
    "=SUMMA(A1)": "=مجموع(A1)",
    "'-miinus": "'-ناقص",
    "+358": "+٣٥٨",
    "@nimi": "-اسم",
    "rivi\nja toinen\n\nkolmas": "سطر\nوآخر\n\nثالث",
    "😀 ilo 👩‍👩‍👧": "😀 فرح 👩‍👩‍👧",
    "&amp;lt; &amp;amp; \u00a0x": "&amp;lt; &amp;amp; \u00a0س",
    "lainaus \"x\", pilkku; 'y'": "اقتباس «س»، فاصلة",
    "sana " * 1999 + "loppu": "كلمة " * 1999 + "آخر",
}


@pytest.fixture(autouse=True)
def codes():
    for code in ("fi", "sv", "ar", "fi-simple"):
        LocaleFactory(language_code=code)


def send(client, content: bytes | str, name: str = "memory.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)}, follow=True)


def decide(client, page, action: str = "take", **more):
    (made,) = Upload.objects.all()
    data = {"action": action, "seen": page.context["seen"], **more}
    return client.post(reverse("translation:memory_preview", args=[made.pk]), data, follow=True)


def out(client, kind: str, language: str = "ar") -> bytes:
    answer = client.get(reverse(f"translation:memory_{kind}", args=[language]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def everything():
    fields = "source", "target", "origin", "author"
    return sorted(MemoryEntry.objects.values_list(*fields, "made_at"))


def teach(client, pairs: dict[str, str]):
    units = "".join(
        f'<tu><tuv xml:lang="fi"><seg>{coded(source)}</seg></tuv>'
        f'<tuv xml:lang="ar" changedate="20240203T101112Z" creationid="Aino Esimerkki">'
        f"<seg>{coded(target)}</seg></tuv></tu>"
        for source, target in pairs.items()
    )
    head = '<tmx version="1.4"><header creationtool="Katto" srclang="fi"/><body>'
    return decide(client, send(client, f"{head}{units}</body></tmx>", "vanha.tmx"))


def coded(text: str) -> str:
    for tag in ('<a id="a1">', "</a>", "<b>", "</b>", "<br/>"):
        code = tag.replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace(tag, f'<ph x="1">{code}</ph>')
    return text


@pytest.mark.parametrize("kind", ["csv", "tmx"])
def test_a_file_goes_out_and_comes_in_again(boss, kind):
    teach(boss, ODD)
    before = everything()
    assert {row[0]: row[1] for row in before} == ODD
    assert {row[2:4] for row in before} == {("vanha.tmx", "Aino Esimerkki")}
    file = out(boss, kind)
    assert "Unchanged: 11" in send(boss, file, f"x.{kind}").content.decode()
    Upload.objects.all().delete()
    MemoryEntry.objects.all().delete()
    page = send(boss, file, "x.bin")
    assert "New: 11" in page.content.decode()
    assert not MemoryEntry.objects.exists()
    assert "11 translations were taken." in decide(boss, page).content.decode()
    assert everything() == before
    assert out(boss, kind) == file


@pytest.mark.parametrize("kind", ["csv", "tmx"])
def test_what_pages_say_goes_out_once_and_only_what_is_good(boss, kind):
    lead = "Hankkeessa sovitaan opinnoista."
    made, other = (sent(ProjectFactory(lead=lead, title=name)) for name in ("Polku", "Silta"))
    for one in (made, other):
        say(one, "lead", "يتفق المشروع.")
        say(one, "title", "مسار")
    titles = StringTranslation.objects.filter(data="مسار")
    titles.filter(translation_of__data="Polku").update(translation_type="machine")
    titles.filter(translation_of__data="Silta").update(has_error=True)
    text = out(boss, kind).decode()
    assert text.count("يتفق المشروع.") == 1
    assert "Silta ·" in text or "Polku ·" in text
    assert "مسار" not in text


def test_what_was_taken_is_a_match(boss, admin_user):
    teach(boss, {"Katso <b>tästä</b>.": "انظر <b>هنا</b>."})
    made = sent(ProjectFactory(lead="Katso tästä."))
    (found,) = matches(admin_user, made, segment_of(made, "lead"))
    assert (found.text, found.origin, found.who) == ("انظر هنا.", "vanha.tmx", "Aino Esimerkki")


def test_a_preview_says_what_is_new_unchanged_and_left_out(boss):
    teach(boss, {"koti": "بيت"})
    csv = (
        "source fi;translation ar;origin\nkoti;بيت;\nkoti;منزل;sivu\nkoti;منزل;\ntalo;\n;دار\n"
        '<b>oma</b>;خاص\noma;<b>خاص</b>x<i>\noma;<script>x</script>\nkatso;<a id="a9">x</a>\n'
    )
    page = send(boss, csv)
    html = unescape(page.content.decode())
    for part in ("New: 1", "Unchanged: 1", "Left out: 7", "منزل", "Line 4", "Line 3 says the same"):
        assert part in html
    assert "<script>x" not in page.content.decode()
    reasons = [reason for _one, reason in page.context["plan"].skipped]
    assert "Nothing was written" in reasons[1]
    assert "source" in reasons[2]
    assert "<b>" in reasons[3]
    assert "<i>" in reasons[4]
    assert "<script>" in reasons[5]
    assert "a9" in reasons[6]
    decide(boss, page)
    assert [row[:3] for row in everything()] == [
        ("koti", "بيت", "vanha.tmx"),
        ("koti", "منزل", "sivu"),
    ]


FOREIGN = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">
<header srclang="fi-FI" creationtool="TW4Win"/><body>
<tu creationid="ANNA"><tuv xml:lang="FI-fi"><seg>Katso <bpt i="1">{\\b </bpt>tästä<ept i="1">}</ept>
 nyt<ph x="2">&lt;img/&gt;</ph> <hi>heti</hi></seg></tuv>
<tuv xml:lang="SV-se"><seg>Se <bpt i="1">&lt;a href="x"&gt;</bpt>här<ept i="1">&lt;/a&gt;</ept>
</seg></tuv>
<tuv xml:lang="de"><seg>Hier</seg></tuv><tuv xml:lang="ar"><seg>انظر</seg></tuv></tu>
<tu srclang="sv"><tuv xml:lang="sv"><seg>hus</seg></tuv><tuv xml:lang="ar"><seg>دار</seg></tuv></tu>
<tu><tuv xml:lang="sv"><seg>bara</seg></tuv></tu>
<tu><tuv xml:lang="fi"><seg>a</seg></tuv><tuv xml:lang="fi-simple"><seg>b</seg></tuv></tu>
<tu><tuv xml:lang="fi"><seg>&lt;a id="a1"&gt;sivu&lt;/a&gt;</seg></tuv>
<tuv xml:lang="sv"><seg>&lt;a id="a1"&gt;sida&lt;/a&gt;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_foreign_tmx_is_taken_as_far_as_it_goes(boss, encoding):
    page = send(boss, FOREIGN.encode(encoding), "foreign.tmx")
    reasons = [reason for _one, reason in page.context["plan"].skipped]
    assert len(reasons) == 3
    assert "no language “de”" in reasons[0]
    assert "language it was translated from" in reasons[1]
    assert "Easy Finnish" in reasons[2]
    decide(boss, page)
    names = "source_locale__language_code", "target_locale__language_code", "source", "target"
    katso = "Katso tästä\n nyt heti"
    assert set(MemoryEntry.objects.values_list(*names)) == {
        ("fi", "sv", katso, "Se här"),
        ("fi", "ar", katso, "انظر"),
        ("sv", "ar", "hus", "دار"),
        ("fi", "sv", '<a id="a1">sivu</a>', '<a id="a1">sida</a>'),
    }
    assert MemoryEntry.objects.filter(author="ANNA").count() == 2


def test_nothing_is_taken_when_told_so_or_when_the_memory_has_changed(boss):
    csv = "fi,sv\nkoti,hem\n"
    assert "Nothing was taken" in decide(boss, send(boss, csv), "drop").content.decode()
    assert not MemoryEntry.objects.exists()
    page = send(boss, csv)
    fi, sv = (Locale.objects.get(language_code=code) for code in ("fi", "sv"))
    MemoryEntry.objects.create(source_locale=fi, target_locale=sv, source="koti", target="hem")
    again = decide(boss, page)
    assert "look again" in again.content.decode()
    assert "There is nothing to take." in again.content.decode()
    assert MemoryEntry.objects.count() == 1


def test_who_may_take_it_out_and_bring_it_in(boss, client):
    teach(boss, {"koti": "بيت"})
    send(boss, "fi,ar\ntalo,دار\n")
    preview = reverse("translation:memory_preview", args=[Upload.objects.get().pk])
    urls = [reverse(f"translation:memory_{kind}", args=["ar"]) for kind in ("csv", "tmx")]
    client.force_login(UserFactory())
    assert {client.get(url).status_code for url in [*urls, preview]} == {302}
    client.force_login(translator("sv"))
    assert [client.get(url).status_code for url in urls] == [404, 404]
    client.force_login(translator("ar"))
    assert "بيت" in out(client, "csv").decode()
    assert client.get(reverse(UPLOAD)).status_code == 302
    assert "from a file" not in client.get(reverse("translation:memory")).content.decode()
    client.force_login(EditorFactory(join=EDITORS.name))
    assert client.get(preview).status_code == 404
    assert client.get(reverse(UPLOAD)).status_code == 200


def test_who_publishes_in_a_language_brings_that_language_alone(client):
    client.force_login(member("ar", may_publish=True))
    page = send(client, "fi,ar,sv\ntalo,دار,hus\n")
    assert [one.target for one in page.context["plan"].new] == ["ar"]
    assert "sv" in page.context["plan"].skipped[0][1]


def test_what_somebody_may_not_see_does_not_go_out(boss, client):
    made = sent(ProjectFactory(lead="Salainen luonnos.", title="Polku"))
    say(made, "lead", "مسودة سرية.")
    assert "مسودة" in out(boss, "csv").decode()
    user = UserFactory()
    for name in ("access_admin", "submit_translation"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    assert "مسودة" not in out(client, "csv").decode()
    assert "مسودة" not in out(client, "tmx").decode()
