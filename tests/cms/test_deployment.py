"""What the README promises to whoever runs the site, held against the settings themselves."""

import re

import pytest
import yaml
from django.conf import settings

READ = re.compile(r"env\.(?:text|flag|number|words|required)\(\s*[\"']([A-Z0-9_]+)[\"']")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
ROOT = settings.BASE_DIR


def read_by_settings() -> set[str]:
    files = (ROOT / "cms" / "settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text())}


def test_every_variable_is_explained_and_every_explained_one_is_read():
    assert set(ROW.findall((ROOT / "README.md").read_text())) == read_by_settings()


def test_the_environment_is_read_in_the_settings_alone():
    """Handing PATH on to a process of one's own is not reading it."""
    rooms = ("cms", "home", "projects", "publications", "search")
    readers = [
        str(file.relative_to(ROOT))
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"\bos\.(environ\b(?!\.setdefault|\.get\(.PATH.)|getenv)", file.read_text())
    ]
    assert readers == ["cms/settings/env.py"]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_compose_has_the_production_shape(compose):
    services = compose["services"]
    assert {"web", "worker", "migrate", "postgres", "elasticsearch", "redis"} == set(services)
    for name in ("web", "worker", "migrate"):
        for other in services[name]["depends_on"]:
            assert other in services
    for mount in [m for service in services.values() for m in service.get("volumes", [])]:
        assert mount.split(":")[0] in compose["volumes"]
    assert services["web"]["depends_on"]["migrate"]["condition"].endswith("successfully")


def test_compose_passes_variables_that_somebody_reads(compose):
    by_libraries = {"WEB_CONCURRENCY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    passed = set(compose["services"]["web"]["environment"])
    assert passed - by_libraries <= read_by_settings()


def test_no_secret_stands_in_a_file_of_the_deployment(compose):
    for service in compose["services"].values():
        for name, value in service["environment"].items() if "environment" in service else ():
            if re.search(r"PASSWORD|SECRET|KEY", name) and value:
                assert re.fullmatch(r"\$\{[A-Z_]+:[?-].*\}", str(value)), name
    assert ".env" in (ROOT / ".gitignore").read_text().split()
    assert ".env" in (ROOT / ".dockerignore").read_text().split()


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [number for number, line in enumerate(lines) if line.startswith("USER ")]
    start = next(number for number, line in enumerate(lines) if line.startswith("CMD "))
    assert users
    assert users[-1] < start
    assert lines[users[-1]] != "USER root"
