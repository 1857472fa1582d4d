"""Wagtail's own indexes: one task for each object and transaction, where a worker does it."""

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex

from cms.core import wagtail_indexes
from cms.core.concurrency import news
from projects.models import FundingRole
from tests.factories import ContentPageFactory, OrganisationFactory, ProjectFactory, ThemeFactory

pytestmark = pytest.mark.django_db

WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def tasks() -> list[tuple[str, str]]:
    ready = DBTaskResult.objects.filter(task_path__contains="wagtail_indexes")
    return sorted(
        (each.task_path.rpartition(".")[2], each.args_kwargs["args"][2]) for each in ready
    )


def do_them() -> None:
    for each in DBTaskResult.objects.filter(task_path__contains="wagtail_indexes"):
        each.task.call(*each.args_kwargs["args"])


def test_a_page_with_many_children_leaves_one_task_each(
    settings, django_capture_on_commit_callbacks
):
    themes = [ThemeFactory() for _number in range(3)]
    funder = OrganisationFactory(name="Rahasto")
    settings.TASKS = WORKER
    funding = [(funder, FundingRole.MAIN, None)]
    with django_capture_on_commit_callbacks(execute=True):
        project = ProjectFactory(title="Rannikko", themes=themes, funding=funding)
    DBTaskResult.objects.all().delete()
    ReferenceIndex.objects.all().delete()
    with transaction.atomic():
        project.save()
        project.save()
    assert tasks() == [("follow_references", str(project.pk)), ("follow_words", str(project.pk))]
    do_them()
    referred = ReferenceIndex.get_references_to(funder)
    assert {each.object_id for each in referred} == {str(project.pk)}
    assert list(Page.objects.search("rannikko")) == [project.page_ptr]


def test_what_is_gone_again_has_nothing_to_follow(settings):
    settings.TASKS = WORKER
    page = ContentPageFactory(title="Kahvila")
    page.delete()
    assert tasks()
    do_them()


def test_where_tasks_run_at_once_nothing_changes():
    page = ContentPageFactory(title="Kahvila")
    assert not DBTaskResult.objects.exists()
    assert list(Page.objects.search("kahvila")) == [page.page_ptr]


def test_a_deadlock_is_tried_again(monkeypatch):
    monkeypatch.setattr(wagtail_indexes, "PAUSES", (0, 0))
    page, tries = ContentPageFactory(title="Kahvila"), []

    def collides(record):
        tries.append(record)
        if len(tries) < 3:
            raise OperationalError("deadlock detected")

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", collides)
    wagtail_indexes.follow_references.call("home", "contentpage", str(page.pk))
    assert len(tries) == 3


def test_news_are_news_once_a_transaction():
    with transaction.atomic():
        assert news("trial", {1, 2}) == {1, 2}
        assert news("trial", {2, 3}) == {3}
        assert news("other", {1}) == {1}


def test_a_savepoint_that_is_rolled_back_takes_its_news_along():
    with transaction.atomic():
        with transaction.atomic():
            assert news("trial", {1}) == {1}
            transaction.set_rollback(True)
        assert news("trial", {1}) == {1}
        with transaction.atomic():
            assert news("trial", {1}) == set()
