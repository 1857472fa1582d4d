"""Characters that nobody sees: they come in by no door, and what lies there breaks no output."""

import csv
import io
import json
from xml.etree import ElementTree

import openpyxl
import polib
import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from wagtail.admin import mail as admin_mail
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.hygiene import UNFIT, clean, clean_all
from home.models import ContentPage, SiteSettings
from projects.models import Organisation, ProjectPage
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    ProjectFactory,
    SuperuserFactory,
    home_page,
    png,
    project_index,
)

pytestmark = pytest.mark.django_db

# Word's line break, a page break, NUL, escape, C1, the separators, noncharacters.
UNSEEN = "\x0b\x0c\0\x1b\x7f\x90\x85\u2028\u2029\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
DIRTY = "".join(f"a{character}" for character in UNSEEN) + "ä"
ESCAPES = [json.dumps(character)[1:-1] for character in UNSEEN if character != "\x7f"]


def traces() -> list[str]:
    """Columns of the whole database in which a character of ``UNSEEN`` lies, plain or escaped."""
    found = []
    # SQLite's full-text tables keep no text that could be read.
    unread = {"search_index_grams", "search_index_terms"}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - unread:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = str(value)
                    if UNFIT.search(text) or any(escape in text for escape in ESCAPES):
                        found.append(f"{table}.{column}")
    return found


@pytest.fixture
def admin(client):
    client.force_login(SuperuserFactory())
    return client


def content_form(**fields) -> dict:
    data = {"title": "A", "slug": "a", "lead": "", "body": streamfield([])}
    return nested_form_data({**data, "comments": inline_formset([]), **fields})


@pytest.mark.parametrize("character", UNSEEN)
def test_each_is_taken_out_and_words_stay_apart(character):
    assert clean(f"Word{character}liite").split() in (["Word", "liite"], ["Wordliite"])
    assert not UNFIT.search(clean(f"a{character}"))
    assert clean_all({"a": [f"{character}b"]})["a"][0].strip() == "b"


def test_what_people_write_stays():
    for text in (
        "a\tb\nc\r\nd",
        "Äitiryhmä – “ok”",
        "👩‍👩‍👧",
        "اندماج",
        "C:\\folder\\b",
        "\u200fא",
    ):
        assert clean(text) == text
        assert clean_all(json.dumps([text])) == json.dumps([text])
        assert clean_all(text) == text


def test_a_page_form(admin):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    text = rich_text(f"<p>{DIRTY.replace(chr(0), '')}</p>")
    answer = admin.post(
        url,
        content_form(
            title=f"Word\x0bliite{DIRTY}",
            lead=f"Ensin\x0bsitten{DIRTY}",
            seo_title=DIRTY,
            body=streamfield([("text", text)]),
        )
        | {"action-publish": "1"},
    )
    assert answer.status_code == 302
    page = ContentPage.objects.get()
    assert page.title.startswith("Word liite")
    assert page.lead.startswith("Ensin\nsitten")
    assert traces() == []


def test_code_bulk_update_and_drafts():
    page = ProjectFactory(title=DIRTY, lead=DIRTY, acronym=DIRTY)
    ProjectPage.objects.filter(pk=page.pk).update(title=DIRTY)
    site = Site.objects.get()
    page.body = json.dumps([{"type": "section", "value": {"kind": "aims", "heading": DIRTY}}])
    page.save_revision()
    page.save()
    Organisation.objects.bulk_create([Organisation(name=DIRTY, locale=page.locale)])
    Organisation.objects.bulk_update([Organisation.objects.get()], ["name"])
    Redirect.objects.create(old_path=f"/{DIRTY}", redirect_link=f"/{DIRTY}")
    SiteSettings.objects.update_or_create(site=site, defaults={"association_name": DIRTY})
    assert Revision.objects.exists()
    assert traces() == []


def test_the_database_takes_a_lone_surrogate_as_nothing():
    assert OrganisationFactory(name="a\ud800b").pk
    assert Organisation.objects.get().name == "ab"


def test_records_users_and_names_of_files(admin):
    url = reverse("wagtailsnippets_projects_organisation:add")
    assert admin.post(url, {"name": DIRTY, "kind": "other"}).status_code == 302
    upload = SimpleUploadedFile("kuva\ufffe.png", png(), "image/png")
    url = reverse("wagtailimages:add")
    admin.post(url, {"title": DIRTY, "file": upload, "collection": "1", "tags": DIRTY})
    passwords = {"password1": "pitkä salasana", "password2": "pitkä salasana"}
    url = reverse("wagtailusers_users:add")
    names = {"first_name": DIRTY, "last_name": DIRTY, "email": "a@example.org"}
    admin.post(url, {"username": "maija\x0b", **names, **passwords})
    assert get_user_model().objects.filter(email="a@example.org").exists()
    assert traces() == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/projects/?q={0}&ordering={0}",
        "/admin/pages/search/?q={0}",
        "/admin/snippets/projects/organisation/?q={0}",
        "/admin/images/?q={0}&tag={0}",
        "/admin/redirects/?q={0}",
        "/admin/users/?q={0}",
        "/fi/haku/?q={0}&theme={0}",
        "/fi/haku/suggest/?q={0}",
        "/fi/haku/hits.csv?q={0}",
        "/fi/hankkeet/?theme={0}&funder={0}",
        "/api/v1/projects?language={0}",
        "/fi/{0}/",
        "/{0}",
    ],
)
def test_no_parameter_breaks_a_question(admin, address):
    project_index()
    for character in "\0\x0b\ufffe\u2028":
        answer = admin.get(address.format(f"a{character}b"))
        assert answer.status_code < 500
    assert traces() == []


@pytest.fixture
def translation(db):
    page = ProjectFactory(title="Hanke", lead="Lyhyesti.")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    made = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code="sv")
    )
    made.save_target(publish=False)
    return made


def put(client, translation, path: str, value: str):
    segment = translation.source.stringsegment_set.get(context__path=path)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = f"--x\r\nContent-Disposition: form-data; name=value\r\n\r\n{value}\r\n--x--\r\n"
    return client.put(url, body.encode(), content_type="multipart/form-data; boundary=x")


def upload(client, translation, po: str | bytes):
    content = po.encode() if isinstance(po, str) else po
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("a.po", content, "text/x-gettext-translation")
    return client.post(url, {"file": file, "next": "/admin/"}, follow=True)


def test_translations_one_by_one_and_as_a_file(admin, translation):
    assert put(admin, translation, "title", DIRTY).status_code == 201
    po = translation.export_po()
    for entry in po:
        entry.msgstr = DIRTY.replace("\0", "")
    upload(admin, translation, str(po))
    upload(admin, translation, str(po).replace('msgstr "a', 'msgstr "a\0'))
    upload(admin, translation, str(po).replace('msgctxt "', 'msgctxt "\0'))
    assert StringTranslation.objects.count() == 2
    translation.save_target(publish=False)
    assert traces() == []


def test_a_translation_too_long_for_its_field_is_told(admin, translation):
    answer = put(admin, translation, "title", "x" * 300)
    assert answer.status_code == 400
    assert "300" in answer.json()["detail"]
    assert "255" in answer.json()["detail"]
    assert not StringTranslation.objects.exists()


def test_a_file_of_translations_with_a_title_too_long(admin, translation):
    po = translation.export_po()
    for entry in po:
        entry.msgstr = "x" * 300
    answer = upload(admin, translation, str(po))
    assert "300" in answer.content.decode()
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    "charset",
    [
        "undefined",
        "punycode",
        "idna",
        "klingon",
        "hex",
        "rot13",
        "utf-16",
        "utf-7",
        "",
        "\0",
        "x" * 999,
    ],
)
def test_a_file_of_translations_in_a_strange_charset(admin, translation, charset):
    po = str(translation.export_po()).replace("charset=utf-8", f"charset={charset}")
    assert f"charset={charset}" in po
    assert upload(admin, translation, po).status_code == 200


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\xff\xfe", b'msgid "', b"msgid msgid", b"\x89PNG", b'msgstr[x] "a"', b"# a"],
)
def test_a_file_that_is_no_file_of_translations(admin, translation, data):
    assert "PO" in upload(admin, translation, data).content.decode()


def test_a_title_too_long_from_before_is_shown_to_the_translator(admin, translation):
    if connection.vendor == "postgresql":
        return  # it never held one
    segment = translation.source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                data="x" * 300,
            )
        ]
    )
    address = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    assert admin.post(address, {"action": "publish"}, follow=True).status_code == 200
    assert StringTranslation.objects.get().has_error


@pytest.fixture
def old_words(db, settings):
    """A project and an association whose words are from before anything was cleaned."""
    unseen = UNSEEN.replace("\0", "") if connection.vendor == "postgresql" else UNSEEN
    page = ProjectFactory(title="Hanke", lead="Hanke", acronym="Hanke", last_published_at=now())
    OrganisationFactory(name="Hanke")
    literal = "Vanha" + "".join(f"a{character}" for character in unseen)
    with connection.cursor() as cursor:
        for table, column in (
            ("wagtailcore_page", "title"),
            ("wagtailcore_page", "draft_title"),
            ("projects_projectpage", "lead"),
            ("projects_projectpage", "acronym"),
            ("projects_organisation", "name"),
        ):
            parts = " || ".join(f"{_char()}({ord(letter)})" for letter in literal)
            cursor.execute(f"UPDATE {table} SET {column} = {parts} WHERE {column} = 'Hanke'")
    call_command("rebuild_search")
    page = ProjectPage.objects.get(pk=page.pk)
    assert UNFIT.search(page.title)
    return page


def _char() -> str:
    return "char" if connection.vendor == "sqlite" else "chr"


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_what_is_there_breaks_no_output(admin, old_words):
    for address in (
        "/fi/feeds/projects.atom",
        "/fi/feeds/publications.atom",
        "/fi/haku/hits.atom",
        "/sitemap.xml",
    ):
        text = body(admin.get(address)).decode()
        ElementTree.fromstring(text)
    assert "Vanha" in body(admin.get("/fi/feeds/projects.atom")).decode()
    for address in ("/api/v1/projects", "/api/v1/organisations", "/fi/haku/hits.json"):
        assert json.loads(body(admin.get(address)))
    rows = list(csv.reader(io.StringIO(body(admin.get("/fi/haku/hits.csv")).decode())))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(UNFIT.search(cell) for row in rows for cell in row)
    assert admin.get(old_words.url).status_code == 200


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_of_the_admin_are_exported(admin, old_words, kind):
    answer = admin.get(reverse("wagtailadmin_reports:aging_pages"), {"export": kind})
    assert answer.status_code == 200
    content = body(answer)
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        content = "\n".join(str(cell.value) for row in sheet for cell in row).encode()
    assert "Vanhaa" in content.decode()
    assert not UNFIT.search(content.decode())


def test_old_words_go_to_translators_and_back(admin, old_words):
    source, _created = TranslationSource.get_or_create_from_instance(old_words)
    swedish = LocaleFactory(language_code="sv")
    translation = Translation.objects.create(source=source, target_locale=swedish)
    translation.save_target(publish=False)
    po = polib.pofile(str(translation.export_po()))
    for entry in po:
        entry.msgstr = "Ny"
    upload(admin, translation, str(po))
    translation.save_target(publish=False)
    assert translation.get_target_instance().title == "Ny"


def test_the_subject_of_a_letter_is_one_line():
    admin_mail.send_mail("Hanke\nBcc: a@example.org\x0b!\u2028", "…", ["b@example.org"])
    (letter,) = mail.outbox
    assert letter.message()["subject"] == "Hanke Bcc: a@example.org ! "


def test_a_command_cleans_what_lies_there(old_words, capsys):
    assert traces()
    call_command("clean_texts")
    call_command("rebuild_search")
    assert traces() == []
    assert ProjectPage.objects.get(pk=old_words.pk).title.startswith("Vanhaa")
    capsys.readouterr()
    call_command("clean_texts")
    assert "0" in capsys.readouterr().out
