"""Galleries, videos and numbers in the body of a project, wherever bodies go."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from cms.assets.metadata import clean_document
from cms.assets.validation import check_document
from cms.core.blocks.media import VideoBlock
from cms.core.blocks.numbers import NumberBlock, Unit
from cms.core.videos import player_of
from cms.repair.contents import contents_of
from cms.translation.easy.sections import lines_of
from projects.importing import FaultyFiles, export_projects, import_projects
from projects.models import ProjectPage
from projects.public.figures import sums
from tests.factories import DocumentFactory, OrganisationFactory, ProjectFactory, png

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FILE = """format: 1
id: silta
title: Silta
body:
- id: kuvat
  kind: gallery
  pictures:
  - id: tori
    image: a.png
    alt: Väkeä torilla
  - id: koriste
    image: b.png
    decorative: true
  caption: Avajaiset
- id: filmi
  kind: video
  title: Sillan tarina
  url: https://youtu.be/abcdefghijk
- id: luvut
  kind: numbers
  heading: Luvut
  rows:
  - id: '1'
    number: 96
    unit: women
  - id: '2'
    number: '1.5'
    label: Tuhatta Opasta
translations:
  sv:
    title: Bron
    body:
      filmi:
        title: Brons historia
      kuvat:
        caption: Invigningen
        pictures:
          tori:
            alt: Folk på torget
      luvut:
        rows:
          '2':
            label: tusen guider
"""


@pytest.fixture
def loaded(tmp_path):
    for name, colour in (("a.png", "red"), ("b.png", "blue")):
        (tmp_path / name).write_bytes(png(colour=colour))
    file = tmp_path / "silta.yaml"
    file.write_text(FILE)
    import_projects([file])
    return tmp_path


def page(language: str) -> ProjectPage:
    return ProjectPage.objects.get(locale__language_code=language, slug="silta")


def test_files_hold_them_byte_for_byte(loaded):
    first, second = loaded / "first", loaded / "second"
    export_projects(first)
    told = (first / "silta.yaml").read_text()
    for line in ("alt: Folk på torget", "label: tusen guider", "number: 96", "number: '1.5'"):
        assert line in told
    assert import_projects([first]).changed == []
    ProjectPage.objects.all().delete()
    import_projects([first], overwrite=True)
    export_projects(second)
    assert (second / "silta.yaml").read_text() == told


def test_files_are_told_what_is_wrong(loaded):
    file = loaded / "silta.yaml"
    wrong = {
        "    alt: Väkeä torilla\n": "",
        "    unit: women\n": "",
        "  url: https://youtu.be/abcdefghijk\n": "",
        "number: 96": "number: -1",
    }
    for right, other in wrong.items():
        file.write_text(FILE[: FILE.index("translations:")].replace(right, other))
        with pytest.raises(FaultyFiles) as faulty:
            import_projects([file])
        assert len(faulty.value.faults) == 1


def test_the_page_shows_them_in_each_language(loaded, client):
    html = client.get(page("fi").url).content.decode()
    assert html.count("gallery__pictures") == 1
    assert 'alt="Väkeä torilla"' in html
    assert 'href="https://youtu.be/abcdefghijk"' in html
    assert "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1" in html
    assert "<iframe" not in html, "nothing is asked of the service before a click"
    assert "<bdi>1,5</bdi>" in html
    with translation.override("fi"):
        assert f"<span>{Unit.WOMEN.label}</span>" in html
    swedish = client.get(page("sv").url).content.decode()
    for words in ('alt="Folk på torget"', "Brons historia", "tusen guider", "Invigningen"):
        assert words in swedish
    policy = client.get(page("fi").url)["Content-Security-Policy"]
    assert "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com" in policy


def test_words_are_read_by_search_and_easy_finnish(loaded, client):
    body = page("fi").body
    words = body.stream_block.get_searchable_content(body)
    assert {"Sillan tarina", "Luvut", "1,5 Tuhatta Opasta"} <= set(words)
    assert list(lines_of(body[0])) == ["Väkeä torilla", "Avajaiset"]
    assert list(lines_of(body[1])) == ["Sillan tarina"]


def test_repair_looks_at_links_and_pictures(loaded):
    found = contents_of(page("fi"))
    assert "https://youtu.be/abcdefghijk" in found.links
    assert found.pictures == [], "one has words, the other says that it needs none"
    bare = page("fi")
    bare.body[0].value["pictures"][0]["image"].contextual_alt_text = ""
    assert [here for _pk, _place, here in contents_of(bare).pictures] == [True]


def numbers(*rows) -> list:
    """A body with one block: ``(number, unit, label)``."""
    made = [{"number": Decimal(n), "unit": unit, "label": label} for n, unit, label in rows]
    return [("numbers", {"heading": "", "rows": made})]


def test_the_same_unit_is_summed_and_shown_in_the_readers_words(loaded, client):
    other = ProjectFactory(
        title="Polku",
        body=numbers((4, "women", ""), ("0.25", "", "tuhatta  opasta"), (7, "", "Naiset")),
        organisations=[(OrganisationFactory(name="Polut ry"), "lead")],
    )
    hidden = ProjectFactory(title="Salaisuus", live=False, body=numbers((1000, "women", "")))
    keys = [page("fi").translation_key, other.translation_key, hidden.translation_key]
    told = {each.unit: each for each in sums(keys, "sv")}
    assert told["women"].number == 100
    guides = told["tuhatta opasta"]
    assert (guides.number, guides.label, guides.language) == (Decimal("1.75"), "tusen guider", "sv")
    assert len(guides.projects) == 2
    listing = client.get(other.get_parent().url).content.decode()
    assert "<bdi>100</bdi>" in listing
    assert "<bdi>1,75</bdi>" in listing
    narrowed = client.get(other.get_parent().url + "?q=x&status=ended").content.decode()
    assert "<bdi>100</bdi>" not in narrowed
    rows = client.get(f"/api/v1/projects/{other.translation_key}?language=fi").json()["numbers"]
    assert [row["number"] for row in rows if row["unit"] == "women"] in (["4.00"], ["4"])
    other.unpublish()
    assert {each.unit: each.number for each in sums(keys)}["women"] == 96


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=3",
            "youtube-nocookie.com/embed/abcdefghijk",
        ),
        ("https://youtube.com/shorts/abcdefghijk", "youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/123456789/abcdef0123", "player.vimeo.com/video/123456789"),
        ("https://www.youtube.com/watch?v=%22%3E", ""),
        ("https://youtube.com.example.org/watch?v=abcdefghijk", ""),
        ("https://example.org/film.mp4", ""),
        ("https://[", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_known_services_play_here(address, player):
    found = player_of(address)
    assert player in found
    assert bool(found) == bool(player)
    assert "vimeo" not in found or "dnt=1&h=abcdef0123" in found


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "url"),
        ({"url": "http://example.org/a"}, "url"),
        ({"url": "https://example.org/a", "captions": "vtt"}, "captions"),
        ({"document": "txt"}, "document"),
    ],
)
def test_a_video_is_a_link_or_a_file(given, field):

    files = {
        name: DocumentFactory(filename=f"a.{kind}") if name != "url" else kind
        for name, kind in given.items()
    }
    block = VideoBlock()
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python({"title": "Filmi"}) | files)
    assert list(error.value.block_errors) == [field]


def test_a_number_counts_something():
    block = NumberBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"number": "4", "unit": "", "label": " "}))


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def test_files_of_videos_and_captions_are_looked_into(client):
    place = box(b"udta", box(b"\xa9xyz", b"+64.2237+27.7333/"))
    film = box(b"ftyp", b"isom0000") + box(b"moov", box(b"trak", b"") + place) + box(b"mdat", b"x")
    cleaned = clean_document(SimpleUploadedFile("a.mp4", film)).read()
    assert b"64.2237" not in cleaned
    assert len(cleaned) == len(film)
    check_document(SimpleUploadedFile("a.mp4", film))
    check_document(SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n"))
    for name, data in (
        ("a.mp4", b"<html>"), ("a.mp4", film[:30]), ("a.mp4", b"\0\0\0\0ftyp"),
        ("a.vtt", b"WEBVTT\n<script>"), ("a.vtt", b"\xff\xfe"), ("a.vtt", b"WEBVTT\n"),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            check_document(SimpleUploadedFile(name, data))


def test_a_part_of_a_video_is_given_to_browsers_that_ask(admin_client):

    film = box(b"ftyp", b"isom0000") + box(b"moov", b"") + box(b"mdat", bytes(range(200)))
    url = DocumentFactory(filename="a.mp4", content=film).url
    part = admin_client.get(url, headers={"range": "bytes=40-49"})
    assert (part.status_code, part.content) == (206, film[40:50])
    assert part["Content-Range"] == f"bytes 40-49/{len(film)}"
    for odd in ("bytes=9-1", "bytes=-5", "bytes=x", "bytes=999999-"):
        answer = admin_client.get(url, headers={"range": odd})
        assert answer.status_code in (200, 416)
    assert b"".join(admin_client.get(url).streaming_content) == film
