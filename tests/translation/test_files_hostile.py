"""Wrong, foreign, damaged and hostile files: a sentence for each, and nothing changed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.translation.exchange import kinds
from cms.translation.exchange.planning import plan
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import RICH, section, sent
from tests.translation.files import PNG, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def translation(db):
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti.", body=[section(RICH)]))


@pytest.fixture
def boss(db):
    with override("en"):
        yield SuperuserFactory()


def refused(boss, translation, content: bytes) -> str:
    """The sentence, which is one."""
    with pytest.raises(ValidationError) as caught:
        plan(boss, kinds.read(content), translation)
    said = " ".join(caught.value.messages)
    assert said.endswith((".", "!"))
    return said


def po(translation, said: str = "جسر") -> str:
    content, _name = kinds.write("po", [translation])
    return content.decode().replace('msgid "Silta"\nmsgstr ""', f'msgid "Silta"\nmsgstr "{said}"')


def xliff(translation, said: str = "جسر") -> str:
    content, _name = kinds.write("xliff", [translation])
    new = f"<source>Silta</source><target>{said}</target>"
    text = content.decode().replace("<source>Silta</source>", new)
    return text.replace('state="initial"><source>Silta', 'state="translated"><source>Silta')


CHARSETS = ["punycode", "idna", "utf-7", "unicode_escape", "zlib", "rot13", "hex", "klingon"]
CHARSETS += ["", "undefined", "utf-16", "x" * 999]


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_po_file_in_no_encoding_of_text(boss, translation, charset):
    content = po(translation).replace("charset=utf-8", f"charset={charset}")
    assert "UTF-8" in refused(boss, translation, content.encode())


PO_WHOLE = {
    "latin-1 that says utf-8": (
        lambda text: text.replace("ä", "a").encode("iso-8859-6", "replace"),
        "Line 15",
    ),
    "utf-8 that says latin-1": (
        lambda text: text.replace("charset=utf-8", "charset=iso-8859-1").encode(),
        "UTF-8",
    ),
    "utf-8 that says cp1256": (
        lambda text: text.replace("charset=utf-8", "charset=windows-1256").encode(),
        "UTF-8",
    ),
    "utf-16": (lambda text: text.encode("utf-16"), "PO"),
    "png": (lambda text: PNG, "png"),
    "zip": (lambda text: zipped({"a.po": text}), "zip"),
    "empty": (lambda text: b"", "empty"),
    "spaces": (lambda text: b" \n\n ", "empty"),
    "a path": (lambda text: b"/etc/passwd", "PO"),
    "a path and msgid": (lambda text: b"/etc/passwd msgid", "line 1"),
    "html": (lambda text: b"<!doctype html><html><body>msgid</body></html>", "web page"),
    "json": (lambda text: b'{"msgid": 1', "line 1"),
    "script": (lambda text: b"#!/bin/sh\nmsgid", "line"),
    "header alone": (lambda text: text.split("\n\n")[0].encode(), "no strings"),
    "nul": (lambda text: text.replace("جسر", "ج\0سر").encode(), "Line 15"),
    "too large": (lambda text: text.encode() + b"#" * (5 * 1024 * 1024), "5 MB"),
    "too many": (lambda text: text.encode() + b'\nmsgid "x"\nmsgstr "y"\n' * 10_002, "10000"),
    "one long line": (lambda text: text.replace("جسر", "a" * 2_000_000).encode(), "longer"),
    "unclosed quote": (lambda text: text.replace('"جسر"', '"جسر').encode(), "line 15"),
    "half a file": (
        lambda text: text[: text.index("جسر") + 1].encode(),
        "line",
    ),
    "good, then broken": (lambda text: (text + "\nmsgid msgid").encode(), "line"),
    "a word that is none": (lambda text: text.replace("msgctxt", "msgfoo").encode(), "line"),
    "msgstr of a number that is none": (lambda text: (text + '\nmsgstr[x] "a"').encode(), "line"),
    "another language": (lambda text: text.replace("Language: ar", "Language: sv").encode(), "sv"),
    "another source": (lambda text: text.replace("Language: fi", "Language: so").encode(), "so"),
    "another page": (
        lambda text: text.replace("-TranslationID: ", "-TranslationID: 0").encode(),
        "another",
    ),
}


@pytest.mark.parametrize("name", PO_WHOLE)
def test_a_po_file_that_is_refused_whole(boss, translation, name):
    make, said = PO_WHOLE[name]
    assert said in refused(boss, translation, make(po(translation)))


def changed(find: str, put: str):
    return lambda text: text.replace(find, put).encode()


BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;">]><xliff'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff'
XLIFF_WHOLE = {
    "entity bomb": (changed("<xliff", BILLION), "DOCTYPE"),
    "external entity": (changed("<xliff", OUTSIDE), "DOCTYPE"),
    "outside DTD": (changed("<xliff", '<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><xliff'), "DOCTYPE"),
    "entity that is not there": (changed("جسر", "&ouml;"), "line"),
    "XLIFF 1.2": (
        changed('2.0" version="2.0"', '1.2" version="1.2"'),
        "1.2",
    ),
    "another version": (changed('version="2.0"', 'version="3.0"'), "XLIFF 2.0"),
    "no version": (changed(' version="2.0"', ""), "XLIFF 2.0"),
    "no namespace": (changed(' xmlns="urn:oasis:names:tc:xliff:document:2.0"', ""), "XLIFF 2.0"),
    "another source language": (changed('srcLang="fi"', 'srcLang="en"'), "en"),
    "another language": (changed('trgLang="ar"', 'trgLang="sv"'), "sv"),
    "no language": (changed(' trgLang="ar"', ""), "language"),
    "another page": (changed('original="', 'original="0'), "another"),
    "two units of one id": (changed('id="u2"', 'id="u1"'), "u1"),
    "half a file": (lambda text: text[: len(text) // 2].encode(), "line"),
    "nul": (changed("جسر", "ج\0سر"), "damaged"),
    "latin-1": (lambda text: text.encode("iso-8859-1", "replace"), "damaged"),
    "an encoding that is none": (changed("UTF-8", "klingon"), "damaged"),
    "no units": (lambda text: text[: text.index("<file")].encode() + b"</xliff>", "no strings"),
    "svg": (lambda text: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no XLIFF"),
    "html": (lambda text: b"<html><body>x</body></html>", "web page"),
    "deep": (lambda text: b"<a>" * 100_000, "damaged"),
    "many": (
        lambda text: text.replace("</file>", "<unit/>" * 10_001 + "</file>").encode(),
        "10000",
    ),
}


@pytest.mark.parametrize("name", XLIFF_WHOLE)
def test_an_xliff_file_that_is_refused_whole(boss, translation, name):
    make, said = XLIFF_WHOLE[name]
    assert said in refused(boss, translation, make(xliff(translation)))


def test_lines_without_end_are_refused_before_they_are_read(boss, translation):
    content = po(translation).encode() + b'"a"\n' * 200_000
    assert "10000" in refused(boss, translation, content)
