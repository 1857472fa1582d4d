"""Production settings, started as an operator starts them: from the environment alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "throwaway-4f8Qp2!xZ9vLr7#mN3kTs6wYb1cHd5gJe0aUiOqWvR2",
    "ALLOWED_HOSTS": "katto.example.org",
}
SHOW = """
import django, json
from django.conf import settings as s
django.setup()
names = %r
print(json.dumps({name: getattr(s, name, None) for name in names}, default=str))
"""


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def settings_of(*names, **environment):
    import json

    done = run("-c", SHOW % (names,), **(GOOD | environment))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_deployment_check_is_silent():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert not [word for word in ("WARNINGS", "ERRORS", "CRITICALS") if word in said], said
    assert "(0 silenced)" in said


@pytest.mark.parametrize("missing", GOOD)
def test_a_missing_variable_is_named(missing):
    environment = {key: value for key, value in GOOD.items() if key != missing}
    done = run("manage.py", "check", **environment)
    assert done.returncode
    assert f"Set the environment variable {missing}." in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REQUIRE_TWO_FACTOR", "perhaps"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("SECURE_HSTS_SECONDS", "1y"),
        ("SECURE_SSL_REDIRECT", "maybe"),
    ],
)
def test_a_wrong_value_is_named(name, value):
    done = run("manage.py", "check", **GOOD, **{name: value})
    assert done.returncode
    assert name in done.stderr.splitlines()[-1]
    assert value in done.stderr.splitlines()[-1]


def test_the_safe_choices_are_the_defaults():
    found = settings_of(
        "DEBUG", "REQUIRE_TWO_FACTOR", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SERVE_MEDIA",
        "WAGTAILADMIN_BASE_URL", "AXES_ENABLED", "TRUSTED_PROXY_COUNT", "SECURE_PROXY_SSL_HEADER",
    )  # fmt: skip
    assert found == {
        "DEBUG": False,
        "REQUIRE_TWO_FACTOR": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SERVE_MEDIA": False,
        "WAGTAILADMIN_BASE_URL": "https://katto.example.org",
        "AXES_ENABLED": found["AXES_ENABLED"],
        "TRUSTED_PROXY_COUNT": 1,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }
    assert found["AXES_ENABLED"] in (True, None)


def test_without_a_proxy_nobody_is_believed_about_https():
    found = settings_of("SECURE_PROXY_SSL_HEADER", TRUSTED_PROXY_COUNT="0")
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_a_bucket_may_show_pictures():
    found = settings_of(
        "CONTENT_SECURITY_POLICY", "ADMIN_POLICY",
        AWS_STORAGE_BUCKET_NAME="katto-media", AWS_S3_CUSTOM_DOMAIN="media.example.org",
    )  # fmt: skip
    for policy in (found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"], found["ADMIN_POLICY"]):
        assert "https://media.example.org" in policy["img-src"]
        assert "https://media.example.org" not in policy["script-src"]
        assert policy["upgrade-insecure-requests"] is True
