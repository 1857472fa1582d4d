"""No release with a published hole: the oldest version of each library that is allowed here.

An audit of the environment skips what it cannot look up and then says that all is well, so the
floor is kept by hand. Raise it when an advisory comes out.
"""

from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

FLOOR = {
    "Django": "5.2.19",
    "wagtail": "8.0.1",
    "wagtail-localize": "1.14.5",
    "pillow": "13.0.0",
    "pypdf": "7.1.0",
    "cryptography": "50.0.2",
    "django-axes": "8.3.1",
    "django-csp": "4.0",
    "django-otp": "1.7.5",
    "defusedxml": "0.7.1",
    "gunicorn": "27.0.1",
    "whitenoise": "6.12.0",
    "PyYAML": "6.0.3",
    "djangorestframework": "3.18.3",
    "django-ninja": "1.7.1",
    "lxml": "5.3.0",
}
REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"


@pytest.mark.parametrize("name", FLOOR)
def test_the_installed_version_is_not_older(name):
    assert Version(version(name)) >= Version(FLOOR[name])


def test_django_stays_on_the_long_term_release():
    assert version("Django").startswith("5.2.")


def test_every_requirement_is_pinned_and_that_version_is_installed():
    for line in REQUIREMENTS.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        requirement = Requirement(line.split("#")[0])
        assert any(spec.operator in {"==", "~="} for spec in requirement.specifier), line
        assert requirement.specifier.contains(version(requirement.name)), line
