"""The example in the documentation is a project file: whoever copies it loads it."""

import json
import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from projects.importing.format import PROJECT
from projects.models import ProjectPage
from tests.factories import png, svg

from .test_import_whole import everything, forget_everything

ROOT = Path(__file__).resolve().parents[2]
PICTURES = (
    *("logos/aito.svg", "logos/kyt.svg", "images/ryhma.jpg", "images/opas.png"),
    *("images/tori.jpg", "images/sali.jpg", "images/avajaiset.jpg"),
)


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_documented_example_loads_and_comes_back_whole(folder, tmp_path):
    guide = ROOT / "projects" / "sample" / "documents" / "koko-perhe-kotoutuu-ar.pdf"
    text = (ROOT / "docs" / "project-files.md").read_text(encoding="utf-8")
    folder.write(re.search(r"## An example.*?```yaml\n(.*?)```", text, re.S)[1], "aito.yaml")
    for name in ("logos", "images", "documents"):
        (folder.path / name).mkdir()
    for name in PICTURES:
        kind = name.rpartition(".")[2]
        (folder.path / name).write_bytes(svg() if kind == "svg" else png(form=kind))
    for language in ("fi", "ar"):
        shutil.copy(guide, folder.path / "documents" / f"opas-{language}.pdf")
    assert folder.load().notes == []
    assert folder.load().changed == []
    languages = ProjectPage.objects.live().values_list("locale__language_code", flat=True)
    assert set(languages) == {"fi", "en", "fi-simple"}
    call_command("export_projects", str(tmp_path / "one"))
    forget_everything()
    call_command("import_projects", str(tmp_path / "one"))
    call_command("export_projects", str(tmp_path / "two"))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_the_grammar_has_every_field():
    schema = json.loads((ROOT / "projects" / "importing" / "schema.json").read_text("utf-8"))
    known = {*schema["properties"], *schema["properties"]["period"]["properties"]}
    assert {fact.attr for fact in PROJECT.fields} >= {*ProjectPage.plain_facts()}
    assert not {fact.name for fact in PROJECT.fields} - known
