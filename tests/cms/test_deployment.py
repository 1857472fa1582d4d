"""What the README promises to whoever runs the site, held against the settings themselves."""

import re

import pytest
import yaml
from django.conf import settings

READ = re.compile(r"env\.(?:text|flag|number|words|required)\(\s*[\"']([A-Z0-9_]+)[\"']")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
DEFAULT = re.compile(r"^\| `([A-Z0-9_]+)` \|[^|]*\| ([^|]*?) ?\|$", re.MULTILINE)
WITH_DEFAULT = re.compile(
    r"env\.(?:(?:flag|number)\(\s*\"([A-Z0-9_]+)\"|(?:text|words)\(\s*\"([A-Z0-9_]+)\",)"
)
OTHERWISE_IN_COMPOSE = {"SERVE_MEDIA": "1"}  # no web server for them stands in front
ROOT = settings.BASE_DIR


def read_by_settings() -> set[str]:
    files = (ROOT / "cms" / "settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text())}


def test_every_variable_is_explained_and_every_explained_one_is_read():
    assert set(ROW.findall((ROOT / "README.md").read_text())) == read_by_settings()


def test_the_environment_is_read_in_the_settings_alone():
    """Handing PATH on to a process of one's own is not reading it."""
    rooms = (
        *("cms", "home", "projects", "asking", "publications"),
        *("news", "subjects", "search", "following"),
    )
    readers = [
        str(file.relative_to(ROOT))
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"\bos\.(environ\b(?!\.setdefault|\.get\(.PATH.)|getenv)", file.read_text())
    ]
    assert readers == ["cms/settings/__init__.py"]


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


# Variables of the README's table that compose.yaml does not hand on, and why.
NOT_HANDED_ON = {
    "MEDIA_ROOT": "the image says where: the volume",
    "KATTO_VAR_DIR": "the image says where: the volume",
    "DEBUG": "read by the settings of the embedded default alone",
    "REQUIRE_ALL": "for tests",
}
READ_BY_LIBRARIES = {"WEB_CONCURRENCY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


@pytest.mark.parametrize("service", ["web", "worker", "migrate"])
def test_compose_hands_on_every_variable_that_is_read(compose, service):
    handed_on = set(compose["services"][service]["environment"])
    assert handed_on == read_by_settings() - set(NOT_HANDED_ON) | READ_BY_LIBRARIES


def test_what_compose_leaves_out_is_set_by_the_image_or_for_developers():
    assert set(NOT_HANDED_ON) <= read_by_settings()
    image = (ROOT / "Dockerfile").read_text()
    for name, reason in NOT_HANDED_ON.items():
        assert (f"{name}=/data/" in image) == ("the volume" in reason)


def test_every_variable_can_be_set_in_the_file_beside_compose(compose):
    """``${NAME:-default}`` or ``${NAME:?message}``: what somebody writes into .env arrives."""
    for name, value in compose["services"]["web"]["environment"].items():
        assert re.match(rf"\$\{{{name}:[-?]", str(value)), name


def test_what_nobody_set_is_what_the_readme_says(compose):
    """An empty text would take the place of a default; it is handed on where there is none."""
    defaults = dict(DEFAULT.findall((ROOT / "README.md").read_text()))
    files = (ROOT / "cms" / "settings").glob("*.py")
    with_default = {
        one or other for file in files for one, other in WITH_DEFAULT.findall(file.read_text())
    }
    for name, value in compose["services"]["web"]["environment"].items():
        given = re.fullmatch(rf"\$\{{{name}:-(.*)\}}", str(value))
        if given and name in with_default - {"BASE_URL"}:  # production makes one of the hosts
            said = defaults[name].removesuffix(" in production")
            assert given[1] == OTHERWISE_IN_COMPOSE.get(name, said), name


def test_the_worker_is_the_one_that_keeps_the_schedule(compose):
    assert compose["services"]["worker"]["command"][-1] == "worker"


def test_no_service_may_take_all_memory_and_every_image_has_its_version(compose):
    for name, service in compose["services"].items():
        assert service["mem_limit"], name
        if "build" not in service:
            version = service["image"].rpartition(":")[2]
            assert re.match(r"\d+\.\d+(\.\d+)?(-|$)", version), name
    base = (ROOT / "Dockerfile").read_text().splitlines()[1]
    assert re.match(r"FROM python:\d+\.\d+\.\d+-", base)


def test_only_the_migration_waits_for_what_it_cannot_do_without(compose):
    """A cache or a search engine that is away must not keep the site from starting."""
    waits_for = {
        name: set(compose["services"][name]["depends_on"]) for name in ("migrate", "web", "worker")
    }
    assert waits_for == {"migrate": {"postgres"}, "web": {"migrate"}, "worker": {"migrate"}}


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
