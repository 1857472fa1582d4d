"""Project files for tests: a small whole one, and helpers to change and load it."""

import copy
from pathlib import Path

import yaml

from projects.importing import import_projects
from tests.factories import svg

PROJECT = {
    "format": 1,
    "id": "silta",
    "title": "Silta",
    "lead": "Hanke rakensi siltoja.",
    "code": "S1",
    "programme": "esr",
    "period": {"start": "2021-03", "end": "2023-05"},
    "realised_public_funding": "1000.50",
    "logo": "logo.svg",
    "organisations": [{"organisation": "kyt", "role": "lead"}],
    "funding": [{"organisation": "kyt", "role": "own_share", "amount": "12.30"}],
    "municipalities": [{"code": "205", "name": "Kajaani"}],
    "regions": ["18"],
    "themes": ["tyo"],
    "target_groups": ["nuoret"],
    "contacts": [{"person": "maija"}],
    "body": [
        {"kind": "aims", "text": "Eka kappale.\n\nToka kappale.\n\n- yksi\n- kaksi"},
        {"id": "toimet", "kind": "measures", "heading": "Toimet", "text": "<p>Tee <b>työ</b>.</p>"},
        {"kind": "quote", "text": "Sain ystäviä.", "source": "Osallistuja"},
    ],
    "translations": {
        "en": {
            "title": "Bridge",
            "body": {
                "aims": {"text": "First.\n\nSecond.\n\n- one\n- two"},
                "toimet": {"heading": "Measures"},
            },
        },
        "fi-simple": {"title": "Silta helposti", "body": [{"kind": "free", "text": "Helppo."}]},
    },
    "publications": [
        {
            "id": "opas",
            "title": "Opas",
            "files": [
                {"language": "fi", "document": {"file": "opas.txt", "title": "Opas suomeksi"}},
                {"language": "en", "url": "https://example.org/guide"},
            ],
            "body": [{"kind": "text", "text": '<p>Katso <a href="project:silta">hanke</a>.</p>'}],
            "translations": {"en": {"title": "Guide"}},
        }
    ],
    "records": {
        "organisations": {
            "kyt": {
                "name": "Kylien tuki ry",
                "website": "https://example.org/",
                "translations": {"en": {"name": "Village Support"}},
            }
        },
        "people": {"maija": {"name": "Maija Malli", "title": "vetäjä", "organisation": "kyt"}},
        "programmes": {"esr": {"name": "ESR", "fund": "esf", "publicity": "eu-2014"}},
        "themes": {"tyo": {"name": "Työ"}},
        "target_groups": {"nuoret": {"name": "Nuoret"}},
    },
}


class Folder:
    """A folder with one project file, its logo and its guide."""

    def __init__(self, path: Path):
        self.path = path
        (path / "logo.svg").write_bytes(svg())
        (path / "opas.txt").write_text("Opas", encoding="utf-8")

    def project(self) -> dict:
        return copy.deepcopy(PROJECT)

    def write(self, data, name: str = "silta.yaml") -> Path:
        path = self.path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True)
            path.write_text(text, encoding="utf-8")
        return path

    def load(self, data=None, **options):
        if data is not None:
            self.write(data)
        return import_projects([self.path], **options)
