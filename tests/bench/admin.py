"""The admin with few and many projects: front page, list with each of its filters, explorer.

Figures are ratios of CPU time, 50 projects being 1.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import repeat

from bs4 import BeautifulSoup

from .sites import KATTO, Site, site
from .visitor import PATIENCE, Course, Visitor, in_turn, ratio

SIZES = (50, 5_000)
REQUESTS, ROUNDS = 1, 5
LIST = "/admin/projects/"
ROW = b'data-object-id="'
SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
from projects.models import ProjectIndexPage
user = get_user_model().objects.create_superuser("bench", "bench@example.org", "bench")
client = Client()
client.force_login(user)
index = ProjectIndexPage.objects.get(locale__language_code="fi")
print(client.cookies["sessionid"].value, index.pk)
"""


def sign_in(made: Site, visitor: Visitor) -> str:
    """Let the visitor be an administrator; the address of the explorer of projects."""
    session, index = made.shell(SIGN_IN).split()[-2:]
    visitor.headers["Cookie"] = f"sessionid={session}"
    return f"/admin/pages/{index}/"


def filters(html: bytes) -> list[str]:
    """Each value of each filter as the list offers it; of filters by a record the first record."""
    found: dict[str, list[str]] = {}
    fields = BeautifulSoup(html, "html.parser").select("input[type=radio], input[type=checkbox]")
    for field in fields:
        if field.get("name") and field.get("id", "").startswith("id_") and field["value"]:
            found.setdefault(field["name"], []).append(field["value"])
    return [
        f"{name}={value}"
        for name, values in found.items()
        for value in (values[:1] if values[0].isdecimal() else values)
    ]


def run(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    with ExitStack() as stack:
        visitors, explorers = [], []
        for size in sizes:
            made = stack.enter_context(site(KATTO, size, index=False))
            visitors.append(stack.enter_context(made.serve()))
            explorers.append(sign_in(made, visitors[-1]))
        yield f"{'':24} {''.join(f'{size:>10}' for size in sizes)} projects"
        pages = {"front page": ["/admin/"] * len(sizes), "explorer": explorers}
        pages["list"] = [LIST] * len(sizes)
        chosen = zip(*(filters(visitor.get(LIST)) for visitor in visitors), strict=True)
        pages |= {f"  {each[0]}": [f"{LIST}?{query}" for query in each] for each in chosen}
        for name, paths in pages.items():
            try:
                yield f"{name:24} {line(visitors, paths)}"
            except TimeoutError:
                yield f"{name:24} not answered in {PATIENCE} s; what follows is not measured"
                return


def line(visitors: list[Visitor], paths: list[str]) -> str:
    courses = [
        Course(visitor, repeat(path), REQUESTS)
        for visitor, path in zip(visitors, paths, strict=True)
    ]
    in_turn(courses, ROUNDS)
    figures = "".join(f"{f'{ratio(each, courses[0]):.2f} × ':>10}" for each in courses)
    pages = (visitor.get(path) for visitor, path in zip(visitors, paths, strict=True))
    rows = " : ".join(str(page.count(ROW)) for page in pages)
    return f"{figures} ({courses[0]} ms; {rows} rows)"
