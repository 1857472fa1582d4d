"""A clone that has just been made: no compiled catalogue, no database, nothing installed twice."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from cms.core.management.commands.prepare import bar
from cms.translation.compiling import compile_folders

SEARCH = """
import re
from django.test import Client
for phrase in ("Lupaavat käytännöt", "Promising practices"):
    answer = Client(headers={"host": "localhost"}).get("/fi/haku/", {"q": f'"{phrase}"'})
    excerpts = re.findall('<p class="card__lead".*?</p>', answer.content.decode())
    print(answer.status_code, sum("<mark>" in excerpt for excerpt in excerpts))
"""
ROOMS = (
    "cms",
    "home",
    "projects",
    "intake",
    "publications",
    "news",
    "subjects",
    "search",
    "following",
    "asking",
    "locale",
)
ASK = """
from django.utils import translation
from django.utils.translation import gettext
for code, word in (("fi", "Promising practices"), ("so", "Search"), ("fi-simple", "Search")):
    with translation.override(code):
        print(code, translation.check_for_language(code), gettext(word) == word)
"""
STARTS = {
    "manage.py": ["manage.py", "shell", "--no-imports", "-c", ASK],
    "wsgi": ["-c", f"import cms.wsgi\n{ASK}"],
    "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_words.py"],
}
WORDS_TEST = """
from django.utils import translation

def test_words():
    with translation.override("fi"):
        assert translation.gettext("Promising practices") != "Promising practices"
"""


@pytest.fixture
def clone(tmp_path) -> Path:
    for room in ROOMS:
        shutil.copytree(
            settings.BASE_DIR / room,
            tmp_path / room,
            ignore=shutil.ignore_patterns("*.mo", "__pycache__"),
        )
    for file in ("manage.py", "pyproject.toml"):
        shutil.copy(settings.BASE_DIR / file, tmp_path)
    (tmp_path / "test_words.py").write_text(WORDS_TEST)
    return tmp_path


def run(clone, *arguments, settings="dev") -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"cms.settings.{settings}",
        "KATTO_VAR_DIR": str(clone / "var"),
        "MEDIA_ROOT": str(clone / "media"),
        "DATABASE_URL": f"sqlite:///{clone / 'db.sqlite3'}",
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=clone, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("start", STARTS)
def test_the_first_process_of_a_fresh_clone_speaks_every_language(clone, start):
    said = run(clone, *STARTS[start], settings="test" if start == "pytest" else "dev")
    if start != "pytest":
        lines = said.strip().splitlines()[-3:]
        assert lines == ["fi True False", "so True False", "fi-simple True False"]


def test_the_index_that_a_first_start_writes_has_headings_in_its_language(clone):
    """Its sections are found, and shown in excerpts, by the Finnish name alone."""
    run(clone, "manage.py", "prepare")
    said = run(clone, "manage.py", "shell", "--no-imports", "-c", SEARCH)
    finnish, english = [line.split() for line in said.strip().splitlines()[-2:]]
    assert finnish[0] == english[0] == "200"
    assert int(finnish[1]) > 0
    assert int(english[1]) == 0


def test_a_catalogue_that_cannot_be_read_is_named_and_stops_nothing(tmp_path, capsys):
    broken = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    broken.parent.mkdir(parents=True)
    broken.write_text('nonsense "Search"\n')
    whole = tmp_path / "so" / "LC_MESSAGES" / "django.po"
    whole.parent.mkdir(parents=True)
    whole.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n')
    assert compile_folders([tmp_path]) == [whole.with_suffix(".mo")]
    assert str(broken) in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_long_work_shows_a_bar_in_a_terminal_and_one_line_in_a_log(monkeypatch):
    log, terminal = io.StringIO(), Terminal()
    assert list(bar("Loading", log, range(3))) == [0, 1, 2]
    assert log.getvalue() == "Loading"
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(bar("Loading", terminal, range(3))) == [0, 1, 2]
    assert "Loading 100 %" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()
