"""Facts out of reports, counted one by one. The reports are invented (``reports/``)."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from intake.kinds import report
from intake.reports import read_report
from tests.intake.invented import opened, reports
from tests.intake.scoring import f1, facts
from tests.intake.writers import written

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LEAST = 0.9
SCANNED = """S$21345, MOKA - Kylien yhteinen hanke

Tavoitteet

Lisata ikaantyneiden osallisuutta ja kehittaa kylien yhteistyota seka jarjestöverkostot.

Tausta

Kylien palvelut ovat vahentyneet, ja yhteiset kokoontumispaikat ovat xzkwadonneet.
"""


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker) -> dict[str, tuple[set, set]]:
    found = {}
    with django_db_blocker.unblock():
        for path in reports():
            data, right = opened(path)
            found[path.stem] = facts(read_report(data, path.name).found[0].data), facts(right)
    return found


def test_nine_facts_of_ten_are_found_and_right_in_every_style(counted):
    low = {name: f1([pair]) for name, pair in counted.items() if f1([pair]) < LEAST}

    assert len(counted) >= 8
    assert not low


def test_over_all_styles_it_is_more(counted):
    assert f1(list(counted.values())) > 0.95


def test_a_fact_tells_where_it_stands():
    document = read_report(written("# Kotipolku\nToteuttaja: Kainuun kylät ry", "docx"), "a.docx")
    found = document.found[0]

    passage = found.where["organisations", 0]

    assert document.text[passage.start : passage.end] == passage.text == "Kainuun kylät ry"


def test_what_is_sure_is_mended_and_the_rest_is_marked():
    with override("en"):
        document = read_report(SCANNED.encode(), "scan.txt")
    found = document.found[0]

    assert found.data["code"] == "S21345"
    assert "Lisätä ikääntyneiden osallisuutta" in document.text
    assert "järjestöverkostot" in document.text
    assert any("xzkwadonneet" in doubt.message for doubt in found.doubts)


def test_a_clean_text_is_left_as_it_is():
    text = "Hanke\n\nTavoitteena on lisätä Kainuun Youth Clubin näkyvyyttä Sotkamossa."

    assert read_report(text.encode(), "a.txt").text == text


@pytest.mark.parametrize("place", ["Iisalmessa", "Iisalmelle", "Iisalmesta", "Iisalmeen"])
def test_a_municipality_is_known_in_any_form(place):
    text = f"Hanke\n\nHankkeessa järjestettiin {place} kymmenen kurssia."

    data = read_report(text.encode(), "a.txt").found[0].data

    assert data["municipalities"] == [{"code": "140", "name": "Iisalmi"}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hanketta ohjasi Matti Salo, joka kertoi siitä lehdessä.",
        "Rahoittajana oli Pohjois-Pohjanmaan ja Lapin ELY-keskus.",
        "Opintomatkalla käytiin Tampereella.",
        "Kainuun Nuotta ry kokoontui.",
    ],
)
def test_a_name_with_a_place_in_it_is_no_place(sentence):
    data = read_report(f"Hanke\n\n{sentence}".encode(), "a.txt").found[0].data

    assert "municipalities" not in data
    assert "regions" not in data


def test_bold_words_and_links_stay_and_markup_is_words():
    page = (
        b"<html><body><h1>Hanke</h1><h2>Tavoitteet</h2><p>Kaikki <b>mukaan</b>: "
        b'<a href="https://example.org/a">sivu</a> <a href="javascript:x">pois</a> '
        b"&lt;script&gt;</p></body></html>"
    )

    text = read_report(page, "a.html").found[0].data["body"][0]["text"]

    assert text == (
        '<p>Kaikki <b>mukaan</b>: <a href="https://example.org/a">sivu</a> pois &lt;script&gt;</p>'
    )


def test_the_command_prints_project_fields(tmp_path, capsys):
    path = tmp_path / "report.bin"
    path.write_bytes(written("# Silta\nHankekoodi: S21345", "odt"))

    call_command("read_report", str(path), "--json")
    told = json.loads(capsys.readouterr().out)
    call_command("read_report", str(path))

    assert (told["title"], told["code"]) == ("Silta", "S21345")
    assert "S21345   [S21345]" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))

    with override("en"), pytest.raises(CommandError, match="is a file of the type “png”"):
        call_command("read_report", str(path))
    with pytest.raises(CommandError):
        call_command("read_report", str(tmp_path / "none.docx"))


def test_a_kind_is_known_by_what_is_in_it():
    assert report.recognises(written("# A\nB c", "docx"), "list.csv")
    assert not report.recognises(b"PK\x03\x04", "report.docx")
