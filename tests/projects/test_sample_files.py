"""The sample is shown to everyone who tries the site: it must be clean before it is loaded."""

import re
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

SAMPLE = Path(__file__).resolve().parents[2] / "projects" / "sample"
PROJECTS = sorted(path for path in SAMPLE.glob("*.yaml") if path.stem != "site")
GUIDES = sorted(SAMPLE.glob("documents/*.pdf"))
LANGUAGES = {"sv", "en", "ru", "ar", "so", "fi-simple"}


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_five_projects_and_a_guide_in_five_languages():
    assert {path.stem for path in PROJECTS} == {
        "aito",
        "mok",
        "tule-vastaan",
        "voima",
        "yhdessa-enemman",
    }
    assert {path.stem.rsplit("-", 1)[1] for path in GUIDES} == {"ar", "en", "ru", "so", "sw"}


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_contacts_are_invented_and_expire(path):
    people = read(path)["records"].get("people", {})
    for person in people.values():
        assert person["email"].endswith("@example.org")
        assert person["phone"].startswith("050 000 00")
        assert person["public_until"] > "2026-11-23"
    addresses = set(re.findall(r"[\w.+-]+@[\w.-]+\w", path.read_text(encoding="utf-8")))
    assert addresses == {person["email"] for person in people.values()}


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_every_record_is_named_in_swedish_and_english(path):
    for kind, records in read(path)["records"].items():
        word = "title" if kind == "people" else "name"
        for name, record in records.items():
            for language in ("sv", "en"):
                assert record["translations"][language][word], (name, language)


def test_the_site_speaks_every_language():
    site = read(SAMPLE / "site.yaml")
    for page in [site["home"], *site["pages"]]:
        assert set(page["translations"]) == LANGUAGES
        for words in page["translations"].values():
            assert words["title"]
            assert words["lead"]
            assert bool(words.get("body")) == bool(page.get("body"))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guides_are_small_tagged_and_know_their_language(path):
    document = PdfReader(path)
    root = document.trailer["/Root"]
    assert path.stat().st_size < 150_000
    assert 2 <= len(document.pages) <= 4
    assert root["/Lang"] == path.stem.rsplit("-", 1)[1]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert set(document.metadata) == {"/Title", "/Subject"}


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("logos/*.svg")), ids=lambda path: path.stem)
def test_logos_are_placeholders_that_say_so(path):
    drawing = path.read_text(encoding="utf-8")
    assert drawing.count("näyte / sample") == 2
    assert re.search(r'viewBox="0 0 \d+ 80" width="\d+" height="80"', drawing)


def test_every_file_named_exists_and_none_lies_about():
    named = set()
    for path in SAMPLE.glob("*.yaml"):
        named |= set(re.findall(r"(?:logos|documents|images)/[\w.-]+", path.read_text("utf-8")))
    lying = {
        str(path.relative_to(SAMPLE)) for path in SAMPLE.glob("*/*") if path.name[0] not in "._"
    }
    assert named == lying
