"""Going through the site as a search engine does: links, languages, and what machines read."""

import csv
import json
import re
from collections import deque
from functools import cached_property
from io import StringIO
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from lxml import etree

from projects.public.addresses import SEGMENTS

SUBJECT = re.compile(rf"/[a-z-]+/(?:{'|'.join(SEGMENTS.values())})/[^/]+/")
THING = {"name", "alternateName", "description", "url", "sameAs", "identifier", "image"}
THING |= {"subjectOf", "mainEntityOfPage", "potentialAction"}
WORK = THING | {"inLanguage", "about", "mainEntity", "isPartOf", "datePublished", "dateModified"}
ORGANISATION = THING | {"logo", "address", "email", "telephone", "parentOrganization", "funder"}
PLACE = THING | {"containedInPlace"}
PROJECT = ORGANISATION | {"foundingDate", "dissolutionDate", "funding", "areaServed", "member"}
PROJECT |= {"keywords", "subOrganization"}
PROPERTIES = {
    "Organization": ORGANISATION | {"member", "foundingDate", "areaServed"},
    "NGO": ORGANISATION,
    "GovernmentOrganization": ORGANISATION,
    "EducationalOrganization": ORGANISATION,
    "Project": PROJECT,
    "ResearchProject": PROJECT,
    "FundingScheme": ORGANISATION,
    "FundingAgency": ORGANISATION,
    "MonetaryGrant": THING | {"amount", "funder", "fundedItem", "sponsor"},
    "Grant": THING | {"funder", "fundedItem", "sponsor"},
    "MonetaryAmount": THING | {"currency", "value", "minValue", "maxValue"},
    "AdministrativeArea": PLACE,
    "City": PLACE,
    "State": PLACE,
    "Country": PLACE,
    "Place": PLACE | {"address"},
    "PostalAddress": THING | {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "Person": THING | {"jobTitle", "email", "telephone", "worksFor"},
    "DefinedTerm": THING | {"termCode", "inDefinedTermSet"},
    "OrganizationRole": THING | {"roleName", "startDate", "endDate", "member", "memberOf"},
    "WebSite": WORK | {"potentialAction", "publisher"},
    "WebPage": WORK | {"breadcrumb", "primaryImageOfPage", "author", "publisher"},
    "CollectionPage": WORK | {"breadcrumb"},
    "SearchResultsPage": WORK | {"breadcrumb"},
    "ContactPage": WORK | {"breadcrumb"},
    "ItemList": THING | {"numberOfItems", "itemListElement"},
    "BreadcrumbList": THING | {"numberOfItems", "itemListElement"},
    "ListItem": THING | {"position", "item"},
    "SearchAction": THING | {"target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
    "PropertyValue": THING | {"propertyID", "value"},
}
"""Of the types that the site uses the properties that https://schema.org/ gives them."""
HOST = "http://testserver"
DATES = re.compile(r"Date$|^date")
WEB = re.compile(r"https?://[^\s/]+(?:/\S*)?")
DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.+-]+Z?)?)?)?")


class Answer:
    """One page; ``faults`` of what every page has to have."""

    def __init__(self, path: str, response) -> None:
        self.path, self.status = path, response.status_code
        self.is_page = response.get("Content-Type", "").startswith("text/html")
        self.body = b"".join(response) if response.streaming else response.content

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "lxml")

    def links(self, inside: str = "main") -> list[str]:
        found = self.soup.select(f"{inside} a[href]")
        whole = (urljoin(HOST + self.path, each["href"]) for each in found)
        own = [
            urlsplit(each)._replace(scheme="", netloc="", fragment="")
            for each in whole
            if each.startswith(HOST)
        ]
        return list(dict.fromkeys(each.geturl() for each in own))

    @property
    def subjects(self) -> list[str]:
        """Of its own; those of related projects are theirs."""
        found = self.soup.select("main a[href]")
        own = (each["href"] for each in found if not each.find_parent(class_="related"))
        return list(dict.fromkeys(path for path in own if SUBJECT.fullmatch(path)))

    @property
    def canonical(self) -> str:
        found = self.soup.select_one("link[rel=canonical]")
        return urlsplit(found["href"]).path if found else ""

    @property
    def languages(self) -> dict[str, str]:
        """hreflang → path."""
        found = self.soup.select("link[rel=alternate][hreflang]")
        return {each["hreflang"]: urlsplit(each["href"]).path for each in found}

    @property
    def feeds(self) -> list[str]:
        found = self.soup.select("link[rel=alternate][type='application/atom+xml']")
        paths = [urlsplit(each["href"]) for each in found]
        files = [path for path in self.links() if ".csv" in path]
        return [f"{each.path}?{each.query}" for each in paths] + files

    def is_whole_feed(self) -> bool:
        """Atom that parses, with a title; or a table of which each row has the same cells."""
        if self.path.partition("?")[0].endswith(".csv"):
            rows = list(csv.reader(StringIO(self.body.decode("utf-8-sig"))))
            return len(rows) > 1 and len({len(row) for row in rows}) == 1
        feed = etree.fromstring(self.body)
        return feed.tag.endswith("}feed") and bool(feed.findtext("{*}title"))

    def faults(self, language: str) -> list[str]:
        html = self.soup.html
        told = {
            "title": bool(self.soup.title and self.soup.title.text.strip()),
            "one h1": len(self.soup.select("h1")) == 1,
            "lang": html.get("lang") == language,
            "dir": html.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr"),
            "data for machines": bool(self.soup.select("script[type='application/ld+json']")),
            "canonical": self.canonical == self.path,
        }
        found = [f"{self.path}: {name}" for name, is_right in told.items() if not is_right]
        return found + [f"{self.path}: {fault}" for fault in self.wrong_data()]

    def wrong_data(self) -> list[str]:
        found = []
        for script in self.soup.select("script[type='application/ld+json']"):
            data = json.loads(script.string)
            if data.get("@context") != "https://schema.org":
                found.append("no context")
            for node in data.get("@graph", [data]):
                found += wrong_node(node)
        return found


class Site:
    """Each address is asked once."""

    def __init__(self) -> None:
        self.client, self.known = Client(), {}

    def get(self, path: str) -> Answer:
        if path not in self.known:
            self.known[path] = Answer(path, self.client.get(path))
        return self.known[path]

    def broken(self, first: str, depth: int, most: int) -> list[str]:
        """From a page on, so many links deep: what answers an error, and from where."""
        waiting, seen, found = deque([(first, "", 0)]), {first}, []
        for _asked in range(most):
            if not waiting:
                break
            path, above, level = waiting.popleft()
            answer = self.get(path)
            if answer.status >= 400:
                found.append(f"{answer.status} {path} (from {above})")
            if not answer.is_page or answer.status != 200 or level == depth:
                continue
            for link in answer.links("body"):
                if link not in seen:
                    seen.add(link)
                    waiting.append((link, path, level + 1))
        assert len(seen) > 20, f"{first} leads nowhere"
        return found


def wrong_node(node: dict) -> list[str]:
    """What schema.org doesn't allow in a node and those below it."""
    kind = node.get("@type")
    if kind is None:
        return [] if set(node) == {"@id"} else [f"no type: {node}"]
    kinds = kind if isinstance(kind, list) else [kind]
    unknown = [each for each in kinds if each not in PROPERTIES]
    if unknown:
        return [f"unknown type {unknown}"]
    allowed = set().union(*(PROPERTIES[each] for each in kinds)) | {"@type", "@id", "@context"}
    found = [f"{kind} has no {name}" for name in node.keys() - allowed]
    for name, value in node.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found += wrong_node(each)
            elif name in ("url", "sameAs", "logo", "image", "@id") and not WEB.fullmatch(str(each)):
                found.append(f"{kind}.{name} is no address: {each}")
            elif DATES.search(name) and not DAY.fullmatch(str(each)):
                found.append(f"{kind}.{name} is no day: {each}")
            elif name == "value" and kind == "MonetaryAmount" and not is_sum(each, node):
                found.append(f"{kind} is no sum with a currency: {node}")
            elif each in ("", None):
                found.append(f"{kind}.{name} is empty")
    return found


def is_sum(value, node: dict) -> bool:
    number = re.fullmatch(r"\d+(?:\.\d+)?", str(value))
    return bool(number and re.fullmatch(r"[A-Z]{3}", str(node.get("currency"))))
