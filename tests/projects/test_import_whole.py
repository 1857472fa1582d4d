"""Round trip, two at once, and a process killed half-way."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail_localize.models import String, TranslatableObject

from news.models import NewsPage
from projects.importing import only_import
from projects.models import (
    ImportRecord,
    Organisation,
    Person,
    Programme,
    ProjectPage,
    TargetGroup,
    Theme,
)
from publications.models import PublicationPage
from tests import database


def everything(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def forget_everything():
    for model in (NewsPage, PublicationPage, ProjectPage):
        for page in model.objects.filter(depth__gt=1):
            page.delete()
    others = (Person, Organisation, Programme, Theme, TargetGroup, ImportRecord)
    assets = (TranslatableObject, String, get_image_model(), get_document_model())
    for model in (*others, *assets):
        model.objects.all().delete()


@pytest.mark.django_db
def test_export_and_import_into_an_empty_site_give_the_same_bytes(folder, tmp_path):
    folder.load(folder.project())
    organisation = Organisation.objects.create(
        name="Toimittajan tekemä", locale=Organisation.objects.first().locale
    )
    page = ProjectPage.objects.get(locale__language_code="fi")
    page.organisations.create(organisation=organisation, role="partner")
    page.save_revision().publish()
    call_command("export_projects", str(tmp_path / "one"))
    forget_everything()
    call_command("import_projects", str(tmp_path / "one"))
    call_command("export_projects", str(tmp_path / "two"))
    first, second = everything(tmp_path / "one"), everything(tmp_path / "two")
    assert first == second
    assert len(first) == 3
    assert "First." in first["silta.yaml"].decode()
    assert str(organisation.translation_key) in first["silta.yaml"].decode()


@pytest.mark.django_db
def test_export_of_an_unknown_id_says_so(tmp_path):
    with pytest.raises(CommandError, match="ei-ole"):
        call_command("export_projects", str(tmp_path), "--ids", "ei-ole")


@pytest.mark.django_db
def test_a_second_import_at_the_same_time_says_so(folder):
    folder.write(folder.project())
    held, done = threading.Event(), threading.Event()

    def other():
        with closing(connection), only_import():
            held.set()
            done.wait(60)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(other)
        assert held.wait(30)
        try:
            with pytest.raises(CommandError):
                call_command("import_projects", str(folder.path))
        finally:
            done.set()
        running.result(30)
    assert not ProjectPage.objects.exists()
    call_command("import_projects", str(folder.path))
    assert ProjectPage.objects.exists()


@pytest.mark.one_database
def test_killed_half_way_each_project_is_as_before_or_whole(folder, tmp_path, django_db_setup):
    """A real process on a database file, killed by SIGKILL, then run again to the end."""
    database.copy_to(tmp_path / "db.sqlite3")
    for number in range(8):
        data = folder.project() | {"id": f"silta-{number}", "code": "", "publications": []}
        folder.write(data, f"{number}.yaml")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "KATTO_VAR_DIR": str(tmp_path / "var"),
        "SECRET_KEY": "test-only",
    }

    def manage(*arguments, **options):
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def projects():
        code = (
            "from projects.models import ProjectPage as P; "
            "import json; "
            "print(json.dumps([[p.slug, p.live, p.themes.count(), p.get_translations().count()] "
            "for p in P.objects.filter(locale__language_code='fi').order_by('slug')]))"
        )
        output, errors = manage("shell", "--no-imports", "-c", code).communicate()
        assert output, errors
        return json.loads(output.strip().splitlines()[-1])

    assert manage("migrate", "-v0").wait() == 0
    process = manage("import_projects", str(folder.path))
    deadline = time.monotonic() + 300
    while len(projects()) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = projects()
    assert before
    assert all(row[1:] == [True, 1, 2] for row in before), before
    output, errors = manage("import_projects", str(folder.path)).communicate()
    assert "8" in output, errors
    assert [row[1:] for row in projects()] == [[True, 1, 2]] * 8
    output, errors = manage("import_projects", str(folder.path)).communicate()
    assert "silta" not in output, output
