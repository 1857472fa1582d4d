"""A Finnish page beside its easy one, and the form in which the easy one is written."""

import json
from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from cms.translation.easy.pairs import finnish_of, pairs_of
from cms.translation.models import EasyPage
from tests.factories import LocaleFactory, ProjectFactory, project_index, translate


def section(kind: str, text: str, pk: str = "", heading: str = "") -> dict:
    value = {"kind": kind, "heading": heading, "text": f"<p>{text}</p>" if text else ""}
    return {"type": "section", "value": value, **({"id": pk} if pk else {})}


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


BODY = [
    section("aims", "Hankkeen tavoitteena on nuorten kotoutumisen tukeminen.", uuid(1)),
    section("measures", "Hankkeessa järjestetään ryhmätoimintaa.", uuid(2)),
    section("results", "Nuorten verkostot ovat laajentuneet.", uuid(3)),
]


def finnish_project(body=None, **fields):
    """A live project, with its list in easy Finnish."""
    LocaleFactory(language_code="fi-simple")
    if not project_index().has_translation(LocaleFactory(language_code="fi-simple")):
        translate(project_index(), "fi-simple")
    fields = {"title": "Silta", "lead": "Nuorten tukeminen.", **fields}
    return ProjectFactory(body=json.dumps(BODY if body is None else body), **fields)


def begun(client, finnish) -> Page:
    """The page in easy Finnish, made by the button."""
    client.post(reverse("translation:easy_make", args=[finnish.pk]))
    return easy_of(finnish)


def easy_of(finnish) -> Page:
    return Page.objects.get(
        translation_key=finnish.translation_key, locale__language_code="fi-simple"
    )


def url_of(easy) -> str:
    return reverse("easy_write", args=[easy.pk])


def rich(text: str) -> str:
    blocks = [
        {"key": f"k{n}", "text": line, "type": "unstyled", "depth": 0}
        | {"inlineStyleRanges": [], "entityRanges": []}
        for n, line in enumerate(text.split("\n"))
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


class Form:
    """What a browser would send of the form as it is shown."""

    def __init__(self, client, easy, response=None) -> None:
        self.client, self.url = client, url_of(easy)
        self.response = response or client.get(self.url)
        assert self.response.status_code == 200, self.response.status_code
        self.soup = BeautifulSoup(self.response.content, "html.parser")
        for node in self.soup.find_all("noscript"):
            node.decompose()
        self.data: dict[str, list[str]] = {}
        form = self.soup.find(id="easy-form")
        for field in form.find_all(["input", "textarea", "select"]):
            value = field.get("value", "")
            if field.name == "textarea":
                value = field.text.removeprefix("\n")
            elif field.name == "select":
                chosen = field.find("option", selected=True) or field.find("option")
                value = chosen["value"]
            elif field.get("type") == "checkbox" and not field.has_attr("checked"):
                continue
            if field.get("name"):
                self.data.setdefault(field["name"], []).append(value)

    def section(self, finnish_key: str) -> str:
        """The key under which the section that tells this one is sent."""
        names = [name for name, value in self.data.items() if value == [finnish_key]]
        return next(name[2:-8] for name in names if name.endswith("-finnish"))

    def block(self, section: str, kind: str = "section") -> str:
        named = [value.split() for value in self.data["block"]]
        return next(pk for of, pk, type_ in named if of == section and type_ == kind)

    def write(self, finnish_key: str, text: str, kind: str = "section") -> None:
        pk = self.block(self.section(finnish_key), kind)
        self.data[f"b-{pk}-text"] = [rich(text)]

    def send(self, action: str = "", **more):
        data = {**self.data, **more, **({action: "1"} if action else {})}
        return self.client.post(self.url, data)


def states(easy) -> dict[str, str]:
    """By keys of the sections of the Finnish, ``-`` for what it has not."""
    return {pair.key or "-": str(pair.state) for pair in pairs(easy)}


def pairs(easy) -> list:
    from_db = Page.objects.get(pk=easy.pk)
    return pairs_now(from_db).pairs


def pairs_now(page) -> SimpleNamespace:
    record = EasyPage.objects.get(page=page)
    finnish = finnish_of(page)
    return SimpleNamespace(
        record=record, pairs=pairs_of(record, page.get_latest_revision_as_object(), finnish)
    )


def change(finnish, number: int | None, text: str = "", **fields) -> None:
    """Publish the Finnish with another text of a section, or without it."""
    page = Page.objects.get(pk=finnish.pk).specific
    body = [dict(block) for block in page.body.raw_data]
    if number is not None:
        if text:
            body[number]["value"] = {**body[number]["value"], "text": f"<p>{text}</p>"}
        else:
            del body[number]
        page.body = json.dumps(body)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
