"""What the installed packages say in the admin and lack in the language that the staff reads.

Packages are translated by volunteers, and their newest strings in few languages. Ours for them are
in ``locale/upstream``, apart from the catalogues that ``make messages`` collects from our own code:
it would drop them. After an upgrade ``manage.py check_packages`` names what is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

DOMAINS = ("django", "djangojs")


@dataclass(frozen=True)
class Gap:
    """A string of a package that nobody has translated."""

    package: str
    msgid: str

    def __str__(self) -> str:
        return f"{self.package}: untranslated: “{' '.join(self.msgid.split())}”"


def gaps(language: str) -> list[Gap]:
    """Strings of installed packages for which no catalogue of the site has a translation."""
    found = []
    for domain in DOMAINS:
        known = set(_translated(language, domain))
        for name, folder in _packages():
            source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
            for entry in polib.pofile(str(source)) if source.exists() else []:
                if not entry.obsolete and (entry.msgctxt, entry.msgid) not in known:
                    found.append(Gap(name, entry.msgid))
    return found


def _packages() -> Iterator[tuple[str, Path]]:
    """Installed applications that are not ours, with their folder of catalogues."""
    for app in apps.get_app_configs():
        path = Path(app.path)
        if "site-packages" in path.parts or not path.is_relative_to(settings.BASE_DIR):
            yield app.name, path / "locale"


def _translated(language: str, domain: str) -> Iterator[tuple[str | None, str]]:
    folders = [folder for _name, folder in _packages()] + list(map(Path, settings.LOCALE_PATHS))
    for folder in folders:
        file = folder / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(file)) if file.exists() else []:
            if entry.translated() and not entry.fuzzy:
                yield entry.msgctxt, entry.msgid
