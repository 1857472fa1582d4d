"""Files for the translation memory that mean harm, are damaged, or are something else."""

import pytest

from cms.translation.models import MemoryEntry, Upload
from tests.factories import LocaleFactory
from tests.translation.test_memory_files import FOREIGN, send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def codes():
    for code in ("fi", "ar"):
        LocaleFactory(language_code=code)


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
UNIT = '<tmx><body><tu><tuv xml:lang="fi"><seg>{}</seg></tuv></tu></body></tmx>'
HOSTILE = {
    "bomb.tmx": f'<!DOCTYPE tmx [<!ENTITY a0 "ha">{BOMB}]>{UNIT.format("&a9;")}',
    "outside.tmx": f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>{UNIT.format("&x;")}',
    "half.tmx": FOREIGN[: len(FOREIGN) // 2],
    "other.tmx": "<xliff/>",
    "empty": "",
    "none.tmx": "<tmx><body/></tmx>",
    "deep.tmx": "<a>" * 50_000,
    "wrong encoding.tmx": '<?xml version="1.0" encoding="nonsense"?><tmx/>',
    "workbook.csv": "PK\x03\x04",
    "latin.csv": "source fi,translation ar\ntyö,x\n".encode("latin-1"),
    "nul.csv": "source fi,translation ar\nty\0,x\n",
    "nul.tmx": UNIT.format("a\0"),
    "columns.csv": "a;b\n1;2\n",
    "one column.csv": "source fi\nx\n",
    "only head.csv": "source fi,translation ar\n",
    "quotes.csv": 'source fi,translation ar\n"hanke\n',
    "cell.csv": f"source fi,translation ar\nx,{'y' * 200_000}\n",
    "text.tmx": UNIT.format("x" * 11_000_000),
    "huge.csv": b"source fi,translation ar\n" + b"a" * 41 * 1024 * 1024,
    "many.csv": "source fi,translation ar\n" + "a,b\n" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_wrong_files_are_refused_with_a_sentence(boss, name):
    page = send(boss, HOSTILE[name], name)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert "root:" not in page.content.decode()
    assert not Upload.objects.exists()
    assert not MemoryEntry.objects.exists()


@pytest.mark.parametrize("sign", ["x", "<", "<a", "&lt;", "&", "<b>"])
def test_a_text_that_nobody_would_translate_is_left_out(boss, sign):
    page = send(boss, f"fi,ar\nkoti,بيت\n{sign * 25_000},x\ny,{sign * 25_000}\n")
    assert [one.pair.source for one in page.context["plan"].new] == ["koti"]
    assert all("characters long" in why for _one, why in page.context["plan"].skipped)
    Upload.objects.all().delete()
    text = sign.replace("<", "&lt;") * 1_000_000 if sign != "&" else "&amp;" * 1_000_000
    page = send(
        boss, UNIT.format(text).replace("</tuv>", '</tuv><tuv xml:lang="ar"><seg>x</seg></tuv>')
    )
    assert len(page.context["plan"].skipped) == 1
