"""Whatever lists pages for the public asks ``visible()`` or ``best_for()``.

A list that asks for live pages alone gives out titles and addresses of closed ones. The places
below do so knowingly; a new one has to be made to ask, or be written here with its reason.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = (
    *("cms", "home", "projects", "asking", "intake", "publications"),
    *("news", "subjects", "search", "following"),
)
# Staff and commands see everything; migrations know no such method.
NOT_PUBLIC = {"admin", "importing", "management", "migrations", "repair", "sample", "unloading"}
NOT_PUBLIC |= {"translation", "users"}
CHILDREN = {"get_children", "get_descendants", "get_siblings"}
KNOWINGLY = {
    "cms/assets/access.py:live_pages_with": "each page's own restrictions are asked then",
    "cms/core/schedule.py:publish_due": "a job, which shows nothing",
    "cms/core/permissions.py:_is_own_beginning": "whether a draft was ever public",
    "cms/core/permissions.py:visible": "says what is visible",
    "cms/core/routing.py:find_page": "serves the page, whose restriction Wagtail asks then",
    "cms/core/routing.py:live_homes": "home pages; what lies below them is asked",
    "cms/core/routing.py:public_urls": "leaves out what is closed by itself",
    "projects/models/members.py:_people": "whom the public has met, for who may change it",
    "projects/models/members.py:own_projects": "what was public, for the rights of members",
    "home/navigation.py:links": "leaves out what is closed, but for whoever may see it",
}


def asks_for_live(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    live = {keyword.arg for keyword in call.keywords if _is_true(keyword.value)}
    return name == "live" or name in CHILDREN or any((arg or "").endswith("live") for arg in live)


def _is_true(node) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def places(text: str) -> set[str]:
    """Names of the functions that ask for live pages or for children."""
    found = set()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            nodes = list(ast.walk(function))
            calls = [node for node in nodes if isinstance(node, ast.Call) and asks_for_live(node)]
            keys = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys]
            named = [k for k in keys if isinstance(k, ast.Constant) and "live" in str(k.value)]
            if calls or named:
                found.add(function.name)
    return found


def public_modules() -> list[Path]:
    base = Path(settings.BASE_DIR)
    return [
        file
        for room in ROOMS
        for file in sorted((base / room).rglob("*.py"))
        if not NOT_PUBLIC & {*file.relative_to(base).parts, file.stem}
    ]


def test_every_list_asks_who_may_see_it():
    found = {
        f"{file.relative_to(settings.BASE_DIR)}:{name}"
        for file in public_modules()
        for name in places(file.read_text())
    }
    assert found == set(KNOWINGLY)


@pytest.mark.parametrize(
    "line",
    [
        "Page.objects.live()",
        "Page.objects.filter(live=True)",
        "self.get_children().order_by('path')",
        "Link.objects.filter(page__live=True)",
        "Link.objects.filter(**{'page__live': True})",
    ],
)
def test_a_list_that_does_not_ask_is_found(line):
    assert places(f"def listing(self):\n    return {line}\n") == {"listing"}
