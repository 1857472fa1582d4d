"""The site as `make run` starts it: a process of its own with the sample projects."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from .process import free_port, start, stop, wait

MANAGE = str(Path(__file__).resolve().parents[2] / "manage.py")
START_SECONDS = 180


def embedded_environment(folder: Path) -> dict[str, str]:
    """The embedded default with database, files and cache below ``folder``."""
    (folder / "media").mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "KATTO_VAR_DIR": str(folder / "var"),
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
    }


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed; AssertionError if it fails."""
    done = subprocess.run(
        [sys.executable, MANAGE, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def serve(environment: dict[str, str], log: Path):
    """Serve the site on a free port; yields its address without a slash at the end."""
    port = free_port()
    url = f"http://localhost:{port}"
    process = start([sys.executable, MANAGE, "serve", "--port", str(port)], log, environment)
    wait(process, lambda: _answers(url), log, START_SECONDS)
    try:
        yield url
    finally:
        stop(process)


def _answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(f"{url}/healthz", timeout=5).status == 200
    except (urllib.error.URLError, OSError):
        return False
