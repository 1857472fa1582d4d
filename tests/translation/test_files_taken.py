"""A file of translations from its upload to its taking: what is shown is what is taken."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from cms.translation.exchange import kinds
from cms.translation.exchange.pages import throw_away
from cms.translation.exchange.planning import plan
from cms.translation.models import Upload, Work
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import RICH, say, section, segment_of, sent
from tests.translation.rights import translator

pytestmark = pytest.mark.django_db
EMOJI = "Sarja 👩🏽‍🚀 & <merkki> ”lainaus” 'x'\nToinen rivi\tja sarkain _x000D_"
LINK = 'اقرأ <a id="a1">المزيد</a> و<b>تعال</b> &amp; &lt;3'


@pytest.fixture
def translation(db):
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti.", body=[section(RICH)]))


@pytest.fixture
def boss(client):
    user = SuperuserFactory()
    client.force_login(user)
    client.user = user
    client.cookies["django_language"] = "en"
    with override("en"):
        yield client


def file_of(translation, kind: str = "po", **texts) -> bytes:
    """With translations that somebody wrote elsewhere."""
    before = [say(translation, path, text).pk for path, text in texts.items()]
    content, _name = kinds.write(kind, [translation])
    StringTranslation.objects.filter(pk__in=before).delete()
    return content


def send(client, content: bytes, **data):
    file = SimpleUploadedFile("työ.po", content)
    return client.post(reverse("translation:files"), {"file": file, **data}, follow=True)


def take(client, shown):
    form = {"action": "take", "seen": shown.context["seen"]}
    return client.post(shown.request["PATH_INFO"], form, follow=True)


def data() -> set[str]:
    return set(StringTranslation.objects.values_list("data", flat=True))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_out_and_in_without_loss(boss, kind):
    long = "<p>" + "Pitkä teksti. " * 700 + "</p>"
    body = [section(RICH), section(long), section("<p>Rivi<br/>toinen &amp; <i>i</i></p>")]
    made = sent(ProjectFactory(title="=A & B", lead=EMOJI, body=body))
    for segment in made.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=made.target_locale,
            data=segment.string.data,
        )
    said = data()
    content, _name = kinds.write(kind, [made])
    found = plan(boss.user, kinds.read(content), made)
    assert {line.kind for line in found.lines} == {"unchanged"}
    StringTranslation.objects.all().delete()
    shown = send(boss, content)
    take(boss, shown)
    assert data() == said


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_many_pages_in_one_file(boss, translation, kind):
    other = sent(ProjectFactory(title="Silta", lead="Toinen."))
    for one, text in ((translation, "جسر"), (other, "قنطرة")):
        say(one, "title", text)
    query = {"pair": "fi ar", "kind": kind}
    content = boss.get(reverse("translation:files_download"), query).content
    StringTranslation.objects.all().delete()
    taken = take(boss, send(boss, content))
    assert "2 strings were taken." in taken.content.decode()
    for one, text in ((translation, "جسر"), (other, "قنطرة")):
        assert StringTranslation.objects.get(context__object_id=one.source.object_id).data == text


def test_nothing_is_changed_before_it_is_taken_nor_twice(boss, translation):
    shown = send(boss, file_of(translation, title="جسر", text=LINK))
    assert dict(shown.context["counts"])["New"] == 2
    assert data() == set()
    assert "2 strings were taken." in take(boss, shown).content.decode()
    assert data() == {"جسر", LINK}
    assert "taken already" in take(boss, shown).content.decode()
    assert not Upload.objects.exists()
    assert StringTranslation.objects.filter(last_translated_by=boss.user).count() == 2


def test_what_changes_between_the_look_and_the_taking_is_shown_again(boss, translation):
    shown = send(boss, file_of(translation, title="جسر", text=LINK))
    say(translation, "title", "قنطرة", last_translated_by=SuperuserFactory())
    again = take(boss, shown)
    assert "Something has changed" in again.content.decode()
    assert data() == {"قنطرة"}
    assert dict(again.context["counts"]) | {"New": 1} == dict(again.context["counts"])
    take(boss, again)
    assert data() == {"قنطرة", LINK}


def test_one_fault_keeps_all_of_a_file_out(boss, translation):
    shown = send(
        boss, file_of(translation, title="جسر", text=LINK).replace("تعال</b>".encode(), b"x")
    )
    assert not shown.context["plan"].may_be_taken
    (part,) = [part for part in shown.context["parts"] if part["kind"] == "faulty"]
    assert part["lines"][0]["where"].startswith("Line ")
    assert "not closed" in part["lines"][0]["reason"]
    assert "Nothing was taken" in take(boss, shown).content.decode()
    assert data() == set()


def test_what_the_checks_find_is_said_beside_the_line(boss):
    made = sent(ProjectFactory(title="Vuosi 2021", lead="Lyhyesti."))
    shown = send(boss, file_of(made, title="سنة 2012"))
    (line,) = shown.context["parts"][0]["lines"]
    assert any("2021" in warning for warning in line["warnings"])
    assert shown.context["plan"].may_be_taken


def test_reviews_and_locks_keep_their_strings(boss, translation):
    content = file_of(translation, title="جسر")
    Work.objects.filter(translation=translation).update(in_review_since=timezone.now())
    (line,) = send(boss, content).context["plan"].of("skipped")
    assert "in review" in line.reason
    Work.objects.update(in_review_since=None)
    page = translation.get_target_instance()
    page.locked, page.locked_by = True, SuperuserFactory()
    page.save()
    (line,) = send(boss, content).context["plan"].of("skipped")
    assert "locked" in line.reason


def test_a_file_that_lost_its_header_is_known_by_its_texts(boss, translation):
    content = file_of(translation, title="جسر", text=LINK).decode()
    lines = [line for line in content.split("\n") if "Translation" not in line]
    lost = "\n".join(line for line in lines if "Language" not in line).encode()
    assert "choose it" in send(boss, lost).content.decode()
    shown = send(boss, lost, language="ar")
    assert len(shown.context["plan"].news) == 2
    ProjectFactory(title="Silta")
    sent(ProjectFactory(title="Silta"))
    plan_now = send(boss, lost, language="ar").context["plan"]
    assert len(plan_now.news) == 1
    assert "several" in plan_now.of("skipped")[0].reason


def test_a_translator_takes_into_the_own_language_alone(client, translation):
    client.force_login(translator("sv"))
    page = send(client, file_of(translation, title="جسر"))
    assert page.context["plan"].news == []
    client.force_login(translator("ar"))
    assert len(send(client, file_of(translation, title="جسر")).context["plan"].news) == 1
    url = reverse("translation:file", args=[Upload.objects.latest("pk").pk])
    client.force_login(translator("ar"))
    assert client.get(url).status_code == 404


def test_a_file_is_thrown_away_after_a_day(boss, translation):
    shown = send(boss, file_of(translation, title="جسر"))
    Upload.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    assert boss.get(shown.request["PATH_INFO"]).status_code == 404
    throw_away()
    assert not Upload.objects.exists()


def test_the_editor_offers_and_takes_each_kind(boss, translation):
    url = reverse("translation:edit", args=[translation.pk])
    page = boss.get(url).content.decode()
    for kind, name in kinds.NAMES.items():
        address = reverse("translation:file_of", args=[translation.pk, kind])
        assert address in page
        assert f"Download {name}" in page
        assert f"-ar.{kinds.KINDS[kind].ENDING}" in boss.get(address)["Content-Disposition"]
    assert segment_of(translation, "title").string.data in page
