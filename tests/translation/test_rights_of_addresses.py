"""Every address of wagtail-localize, and ours, × every kind of thing × its languages × everybody,
by GET and by POST or PUT: what is allowed stands in one table.

An address that upstream adds later is not in the table, and fails.
"""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import resolve, reverse
from wagtail.models import Locale
from wagtail_localize.models import OverridableSegment
from wagtail_localize.wagtail_hooks import register_admin_urls

from cms.translation.models import TranslationRequest, Upload
from cms.translation.requests.views import request_url
from cms.translation.wagtail_hooks import workplace_urls
from tests.factories import SuperuserFactory
from tests.security.test_access import HARMLESS, Writes, outcome
from tests.translation.rights import KINDS, languages, nobody, people, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Who is let in, by the letters of ``people``: nobody where there is a full stop. In the language
# first written (fi), Arabic and Swedish; a minus where the address is about no such language, or
# about no such thing.
TABLE = """
                                    page               organisation, person  programme, theme, group
                                    fi    ar    sv     fi    ar    sv        fi    ar    sv
submit_page_translation       GET   epA   .     .      -     -     -         -     -     -
submit_page_translation       POST  epA   .     .      -     -     -         -     -     -
submit_snippet_translation    GET   -     -     -      epA   .     .         pA    .     .
submit_snippet_translation    POST  -     -     -      epA   .     .         pA    .     .
update_translations           GET   epA   -     -      epA   -     -         pA    -     -
update_translations           POST  epA   -     -      epA   -     -         pA    -     -
edit_string_translation       PUT   -     eapA  espA   -     eapA  espA      -     apA   spA
edit_string_translation       GET   -     .     .      -     .     .         -     .     .
edit_override                 PUT   -     eapA  espA   -     eapA  espA      -     apA   spA
edit_override                 GET   -     .     .      -     .     .         -     .     .
download_pofile               GET   -     eapA  espA   -     eapA  espA      -     apA   spA
download_pofile               POST  -     eapA  espA   -     eapA  espA      -     apA   spA
upload_pofile                 GET   -     .     .      -     .     .         -     .     .
upload_pofile                 POST  -     eapA  espA   -     eapA  espA      -     apA   spA
machine_translate             GET   -     .     .      -     .     .         -     .     .
machine_translate             POST  -     eapA  espA   -     eapA  espA      -     apA   spA
preview_translation           GET   -     eapA  espA   -     .     .         -     .     .
preview_translation           POST  -     eapA  espA   -     .     .         -     .     .
stop_translation              GET   -     .     .      -     .     .         -     .     .
stop_translation              POST  -     pA    pA     -     epA   epA       -     pA    pA
convert_to_alias              GET   .     pA    pA     -     -     -         -     -     -
convert_to_alias              POST  .     pA    pA     -     -     -         -     -     -
snippets_api_listing          GET   -     -     -      easpA easpA easpA     easpA easpA easpA
snippets_api_listing          POST  -     -     -      .     .     .         .     .     .
snippets_api_detail           GET   -     -     -      epA   eapA  espA      epA   eapA  espA
snippets_api_detail           POST  -     -     -      .     .     .         .     .     .
translations_report           GET   easpA easpA easpA  easpA easpA easpA     easpA easpA easpA
translations_report           POST  easpA easpA easpA  easpA easpA easpA     easpA easpA easpA
translations_report_results   GET   easpA easpA easpA  easpA easpA easpA     easpA easpA easpA
translations_report_results   POST  easpA easpA easpA  easpA easpA easpA     easpA easpA easpA
javascript_catalog            GET   neaspA -    -      -     -     -         -     -     -
javascript_catalog            POST  .     -     -      -     -     -         -     -     -

save_string                   GET   -     0neaspA 0neaspA  - 0neaspA 0neaspA  -     0neaspA 0neaspA
save_string                   POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:edit              GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:edit              POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:override          GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:override          POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:check             GET   -     .     .      -     .     .         -     .     .
translation:check             POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:dismiss           GET   -     .     .      -     .     .         -     .     .
translation:dismiss           POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:help              GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:help              POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:open              GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:open              POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:review            GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:review            POST  -     pA    pA     -     epA   epA       -     pA    pA
translation:preview           GET   -     eapA  espA   -     .     .         -     .     .
translation:preview           POST  -     eapA  espA   -     .     .         -     .     .
translation:hand_over         GET   -     .     .      -     .     .         -     .     .
translation:hand_over         POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:withdraw          GET   -     .     .      -     .     .         -     .     .
translation:withdraw          POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:publish           GET   -     .     .      -     .     .         -     .     .
translation:publish           POST  -     pA    pA     -     epA   epA       -     pA    pA
translation:request           GET   epA   .     .      epA   .     .         pA    .     .
translation:request           POST  epA   .     .      epA   .     .         pA    .     .
translation:request_detail    GET   epA   -     -      -     -     -         -     -     -
translation:requests          GET   epA   -     -      -     -     -         -     -     -
translation:work              GET   easpA -     -      -     -     -         -     -     -
translation:memory            GET   easpA -     -      -     -     -         -     -     -
translation:memory_csv        GET   .     eapA  espA    -     -     -         -     -     -
translation:memory_csv        POST  .     .     .      -     -     -         -     -     -
translation:memory_tmx        GET   .     eapA  espA    -     -     -         -     -     -
translation:memory_tmx        POST  .     .     .      -     -     -         -     -     -
translation:memory_upload     GET   epA   -     -      -     -     -         -     -     -
translation:memory_upload     POST  epA   -     -      -     -     -         -     -     -
translation:memory_preview    GET   .     -     -      -     -     -         -     -     -
translation:memory_preview    POST  .     -     -      -     -     -         -     -     -
translation:overview          GET   easpA -     -      -     -     -         -     -     -
translation:overview          POST  easpA -     -      -     -     -         -     -     -
translation:files             GET   easpA -     -      -     -     -         -     -     -
translation:files             POST  easpA -     -      -     -     -         -     -     -
translation:files_download    GET   easpA -     -      -     -     -         -     -     -
translation:files_download    POST  .     -     -      -     -     -         -     -     -
translation:file              GET   .     -     -      -     -     -         -     -     -
translation:file              POST  easpA -     -      -     -     -         -     -     -
translation:file_of           GET   -     eapA  espA   -     eapA  espA      -     apA   spA
translation:file_of           POST  -     eapA  espA   -     eapA  espA      -     apA   spA
translation:terms_csv         GET   easpA -     -      -     -     -         -     -     -
translation:terms_csv         POST  .     -     -      -     -     -         -     -     -
translation:terms_tmx         GET   easpA -     -      -     -     -         -     -     -
translation:terms_tmx         POST  .     -     -      -     -     -         -     -     -
translation:terms_upload      GET   epA   -     -      -     -     -         -     -     -
translation:terms_upload      POST  epA   -     -      -     -     -         -     -     -
translation:terms_preview     GET   .     -     -      -     -     -         -     -     -
translation:terms_preview     POST  .     -     -      -     -     -         -     -     -
"""
# Asked for the page alone, being about nothing in particular.
GENERAL = {"javascript_catalog", "translations_report", "translations_report_results"}
GENERAL |= {
    "translation:memory",
    "translation:work",
    "translation:overview",
    "translation:requests",
}
GENERAL |= {f"translation:terms_{name}" for name in ("csv", "tmx", "upload")}
GENERAL.add("translation:memory_upload")
GENERAL |= {"translation:files", "translation:files_download"}
WORKS = {f"translation:{name}" for name in ("open", "review", "preview", "withdraw", "publish")}
# Who ticks rows is asked about each of them (tests of review).
TICKED = {"translation:approve_several"}
# Of pages in easy Finnish: tests/translation/test_easy_rights.py.
EASY = {f"translation:easy_{name}" for name in ("list", "hints", "make")}
COLUMNS = {"page": 0, "organisation": 1, "person": 1}
FORM = "application/x-www-form-urlencoded"


def cells(kind: str):
    """``(address, method, language, who)`` of this kind of thing."""
    for line in filter(str.strip, TABLE.strip().splitlines()[2:]):
        name, method, *who = line.split()
        start = 3 * COLUMNS.get(kind, 2)
        for language, letters in zip(("fi", "ar", "sv"), who[start : start + 3], strict=True):
            if letters != "-" and not (name in GENERAL and (kind, language) != ("page", "fi")):
                yield name, method, language, set(letters) - {"."}


class Thing:
    """Of one kind, in Finnish, Arabic and Swedish; English may be asked for."""

    def __init__(self, kind: str):
        languages("ar", "sv", "en")
        self.kind, self.sent = kind, sent(KINDS[kind](), "ar", "sv")
        self.segment = self.sent.source.stringsegment_set.order_by("order").first()
        self.override = OverridableSegment.objects.create(
            source=self.sent.source, context=self.segment.context, order=1, data_json='"x"'
        )
        self.request = TranslationRequest.objects.create()
        self.upload = Upload.objects.create(user=SuperuserFactory(), purpose="terms")

    def address(self, name: str, language: str) -> str:
        version = self.sent.versions["source" if language == "fi" else language]
        translation = self.sent.translations.get(language)
        record = ["projects", self.kind, version.pk]
        if name == "translation:request":
            return request_url(version)
        arguments = {
            "submit_page_translation": [version.pk],
            "convert_to_alias": [version.pk],
            "submit_snippet_translation": record,
            "snippets_api_detail": record,
            "snippets_api_listing": record[:2],
            "update_translations": [self.sent.source.pk],
            "edit_string_translation": translation and [translation.pk, self.segment.pk],
            "edit_override": translation and [translation.pk, self.override.pk],
            "save_string": translation and [translation.pk, self.segment.pk],
            "translation:help": translation and [translation.pk, self.segment.pk],
            "translation:check": translation and [translation.pk, self.segment.pk],
            "translation:dismiss": translation and [translation.pk, self.segment.pk],
            "translation:override": translation and [translation.pk, self.override.pk],
            "translation:request_detail": [self.request.pk],
            "translation:terms_preview": [self.upload.pk],
            "translation:memory_preview": [self.upload.pk],
            "translation:memory_csv": [language],
            "translation:memory_tmx": [language],
            "translation:file": [self.upload.pk],
            "translation:file_of": translation and [translation.pk, "xlsx"],
            **dict.fromkeys(WORKS, translation and [translation.work.pk]),
            **dict.fromkeys(GENERAL, ()),
        }.get(name, translation and [translation.pk])
        upstream = ":" not in name and name != "save_string"
        return reverse(f"wagtail_localize:{name}" if upstream else name, args=arguments)

    def body(self, name: str, language: str) -> dict:
        if name.startswith("submit") or name == "translation:request":
            return {"locales": [Locale.objects.get(language_code="en").pk]}
        if name == "upload_pofile":
            po = self.sent.translations[language].export_po()
            return {"file": SimpleUploadedFile("a.po", str(po).encode())}
        return {}

    def ask(self, client, path: str, method: str, name: str, language: str):
        if method == "PUT":
            return client.put(path, urlencode({"value": "Uusi"}), content_type=FORM)
        if method == "POST":
            # Without it, upstream ends where refusals do.
            path += f"{'&' if '?' in path else '?'}next=/admin/account/"
            return client.post(path, self.body(name, language))
        return client.get(path)


@pytest.fixture
def machine(settings):
    translator = "wagtail_localize.machine_translators.dummy.DummyTranslator"
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": translator}


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_let_in_and_that_the_others_change_nothing(client, machine, kind):
    client.raise_request_exception = False
    thing, wrong, written = Thing(kind), [], []
    for letter, user in people().items():
        client.logout()
        if user:
            client.force_login(user)
        for name, method, language, allowed in cells(kind):
            path, cell = thing.address(name, language), f"{letter}: {name} {method} {language}"
            mark, writes = transaction.savepoint(), Writes()
            with connection.execute_wrapper(writes):
                response = thing.ask(client, path, method, name, language)
            transaction.savepoint_rollback(mark)
            status = response.status_code
            got = outcome(response, path) if status not in (401, 405) else str(status)
            if (got == "in") is not (letter in allowed) or got.startswith("fault"):
                wrong.append(f"{cell}: {got}")
            if got != "in" and writes.tables - HARMLESS:
                written.append(f"{cell}: {writes.tables}")
    assert not wrong
    assert not written


def test_preview_in_a_mode_asks_the_same(client):
    thing = Thing("page")
    path = reverse(
        "wagtail_localize:preview_translation", args=[thing.sent.translations["sv"].pk, "other"]
    )
    for letter, user in people().items():
        client.logout()
        if user:
            client.force_login(user)
        expected = "none" if letter in "espA" else "sign in" if letter == "0" else "no"
        assert outcome(client.get(path), path) == expected, letter


@pytest.mark.parametrize("key", ["abc", "_5B", "9" * 30, "-1"])
def test_a_key_that_is_none_is_not_found(client, key):
    client.force_login(nobody())
    for name in ("submit_snippet_translation", "snippets_api_detail"):
        path = reverse(f"wagtail_localize:{name}", args=["projects", "theme", key])
        assert client.get(path).status_code in (302, 403, 404)


def upstream() -> list:
    (patterns,) = register_admin_urls()
    return patterns.url_patterns


def test_the_table_has_every_address():
    there = {pattern.name for pattern in upstream()}
    ours = {f"translation:{pattern.name}" for pattern in workplace_urls()[0].url_patterns}
    assert there | ours - EASY | {"save_string"} == TICKED | {cell[0] for cell in cells("page")} | {
        cell[0] for cell in cells("theme")
    }


def test_every_address_leads_to_our_view():
    converters = {"int": "1", "slug": "theme", "str": "1"}
    for pattern in upstream():
        if pattern.name == "javascript_catalog":
            continue
        route = str(pattern.pattern)
        for name, kind in pattern.pattern.converters.items():
            kind = {"IntConverter": "int", "SlugConverter": "slug"}.get(type(kind).__name__, "str")
            route = route.replace(f"<{kind}:{name}>", converters[kind])
        # Ours stand before upstream's, without its name space.
        assert resolve(f"/admin/localize/{route}").namespace == "", route
