"""A project in seven languages, and each way of a visitor or a machine to its facts."""

import html
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from projects.models import FundingRole, OrganisationRole, ProjectPage
from tests.factories import (
    ContactsPageFactory,
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
    home_page,
    project_index,
    translate,
)

LANGUAGES = ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"]
WORDS = ("title", "lead", "body", "seo_title", "search_description", "slug")
MACHINES = ("api", "csv", "json")


def records(old: str = "Entinen") -> dict:
    """One of each register, named by its age."""
    slug = old.lower()
    return {
        "organisation": OrganisationFactory(name=f"{old} yhdistys"),
        "funder": OrganisationFactory(name=f"{old} rahoittaja"),
        "programme": ProgrammeFactory(name=f"{old} ohjelma"),
        "theme": ThemeFactory(name=f"{old} teema", slug=f"{slug}-teema"),
        "group": TargetGroupFactory(name=f"{old} ryhma", slug=f"{slug}-ryhma"),
        "person": PersonFactory(name=f"{old} Ihminen", email=f"{slug}@example.org"),
        "logo": ImageFactory(filename=f"{slug}-logo.png"),
        "image": ImageFactory(filename=f"{slug}-kuva.png"),
        "social_image": ImageFactory(filename=f"{slug}-jako.png"),
    }


def make_site(first: str = "fi") -> ProjectPage:
    """A project in seven languages, written in ``first``; its page in each has words of its own."""
    for code in LANGUAGES:
        LocaleFactory(language_code=code)
    index = project_index()
    indexes = {"fi": index} | {code: translate(index, code) for code in LANGUAGES if code != "fi"}
    contacts = ContactsPageFactory(title="Yhteystiedot", slug="yhteystiedot", parent=home_page())
    for code in LANGUAGES[1:]:
        translate(contacts, code)
    old = records()
    page = ProjectFactory(
        parent=indexes[first],
        slug="silta",
        **words(first),
        acronym="ENTINEN",
        code="S100",
        programme=old["programme"],
        start_date=date(2014, 1, 1),
        end_date=date(2015, 11, 30),
        realised_public_funding=Decimal("1111111"),
        website="https://example.org/entinen",
        logo=old["logo"],
        image=old["image"],
        organisations=[(old["organisation"], OrganisationRole.PARTNER)],
        funding=[(old["funder"], FundingRole.MAIN, Decimal("2222222"))],
        municipalities=["240"],
        regions=["19"],
        themes=[old["theme"]],
        target_groups=[old["group"]],
        contacts=[old["person"]],
    )
    for code in LANGUAGES:
        if code != first:
            translate(page, code, **words(code))
    return page


def words(code: str) -> dict:
    text = f"<p>Pitkä teksti {code}.</p>"
    body = [("section", {"kind": "aims", "heading": f"Otsikko {code}", "text": text})]
    return {
        "title": f"Silta {code}",
        "lead": f"Johdanto {code}.",
        "seo_title": f"Hakuun {code}",
        "search_description": f"Kuvaus {code}.",
        "body": body,
    }


def all_words(page: ProjectPage) -> list:
    pages = ProjectPage.objects.filter(translation_key=page.translation_key)
    return list(pages.order_by("pk").values_list("pk", *WORDS))


@dataclass(frozen=True)
class Visit:
    """One language's ways to the project, as a visitor or a machine finds it."""

    client: object
    code: str
    page: ProjectPage

    def get(self, path: str, **query) -> str:
        answer = self.client.get(f"{path}?{urlencode(query)}" if query else path)
        assert answer.status_code == 200, path
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        # Numbers are grouped by language; blanks of every kind go.
        text = re.sub(r"\s", "", html.unescape(content.decode()))
        return re.sub(r"(?<=\d)[,.](?=\d{3})", "", text)

    def own(self, address: str) -> str:
        return f"/{self.code}/{address}"

    def read(self, place: str, **query) -> str:
        title = f"Silta {self.code}"
        match place:
            case "page":
                text = self.get(self.own("hankkeet/silta/"))
                return re.sub(r"<script.*?</script>", "", text)
            case "jsonld":
                text = self.get(self.own("hankkeet/silta/"))
                return "".join(re.findall(r'<scripttype="application/ld\+json">.*?</script>', text))
            case "list":
                return self.get(self.own("hankkeet/"), **query)
            case "search":
                return self.get(self.own("haku/"), **({"q": title} | query))
            case "csv" | "json":
                return self.get(self.own(f"haku/hits.{place}"), **({"type": "project"} | query))
            case "hits":
                return self.get(self.own("haku/hits.atom"), **({"type": "project"} | query))
            case "feed":
                return self.get(self.own("feeds/projects.atom"))
            case "api":
                return self.get(f"/api/v1/projects/{self.page.translation_key}", language=self.code)
            case "contacts":
                return self.get(self.own("yhteystiedot/"))
        raise LookupError(place)


def everywhere(old: str, new: str, *places: str) -> dict:
    return dict.fromkeys(places, (old, new))
