"""Whatever is published, hidden, linked and deleted, and in whichever order: the index agrees."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from projects.models import Person, ProjectPage
from publications.models import PublicationPage, PublicationProject
from search.engines import database_engine, get_engine
from search.indexing import differences
from search.models import PendingDocument
from search.question import SearchParameters
from search.service import ask
from tests.factories import (
    ContactsPageFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
    project_index,
)

pytestmark = pytest.mark.django_db

NAME = database_engine()
WORDS = ["orvokki", "ruusu", "kielo"]
"""Each thing carries a word of its own, and a publication those of its projects."""


class Garden:
    """Two projects, two publications and two people to do things to; whatever is gone stays so."""

    def __init__(self) -> None:
        ContactsPageFactory()
        self.projects = [ProjectFactory(title=f"Hanke {w}", live=w != "kielo") for w in WORDS]
        self.publications = [
            PublicationFactory(title=f"Opas {n}", files=[], projects=self.projects[:n])
            for n in range(2)
        ]
        self.people = [PersonFactory(name=f"Aino {n}") for n in "xy"]

    def now(self, thing):
        return type(thing).objects.filter(pk=thing.pk).first()

    def do(self, what: str, kind: str, which: int, other: int) -> None:
        things = getattr(self, kind)
        thing = self.now(things[which % len(things)])
        if thing is not None:
            getattr(self, what)(thing, self.projects[other % len(self.projects)])

    def publish(self, thing, other) -> None:
        if isinstance(thing, Person):
            thing.public_until = None
            thing.save()
        else:
            thing.save_revision().publish()

    def unpublish(self, thing, other) -> None:
        if isinstance(thing, Person):
            thing.public_until = timezone.localdate() - timedelta(days=1)
            thing.save()
        else:
            thing.unpublish()

    def restrict(self, thing, other) -> None:
        page = project_index() if isinstance(thing, Person) else thing
        found = PageViewRestriction.objects.filter(page=page)
        if found:
            found.first().delete()
        else:
            PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.LOGIN
            )

    def link(self, thing, other) -> None:
        project = self.now(other)
        if not isinstance(thing, PublicationPage) or project is None:
            return
        links = list(thing.projects.filter(project=project))
        if links:
            thing.projects.remove(*links)
        else:
            thing.projects.add(PublicationProject(project=project, locale=thing.locale))
        thing.save_revision().publish()

    def delete(self, thing, other) -> None:
        thing.delete()


def steps():
    return st.lists(
        st.tuples(
            st.sampled_from(["publish", "unpublish", "restrict", "link", "delete"]),
            st.sampled_from(["projects", "publications", "people"]),
            st.integers(0, 2),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=8,
    )


def found(words: str) -> set[str]:
    return {hit.title for hit in ask(SearchParameters(query=words), "fi").result.hits}


def public_titles() -> set[str]:
    pages = [*ProjectPage.objects.visible(), *PublicationPage.objects.visible()]
    return {page.title for page in pages} | {person.name for person in Person.objects.public()}


@given(steps=steps())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_stays_pending_nothing_differs_and_nothing_hidden_is_found(steps, one_garden):
    with one_garden() as (garden, commit):
        for step in steps:
            commit(garden.do, *step)
        assert not PendingDocument.objects.exists()
        assert differences(NAME) == (set(), set())
        assert found("") == public_titles()
        visible = public_titles()
        for word in WORDS:
            open_one = f"Hanke {word}" in visible
            assert (f"Hanke {word}" in found(word)) == open_one
            assert open_one or not found(word)


@pytest.fixture
def one_garden(commit):
    """A garden for one example; all of it is rolled back after, the index too."""

    @contextmanager
    def make():
        with transaction.atomic():
            get_engine(NAME).clear()
            yield commit(Garden), commit
            transaction.set_rollback(True)

    return make
