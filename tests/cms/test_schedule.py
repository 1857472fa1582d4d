"""What has to be done every so often: once, whoever does it, and whatever else fails."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.core import schedule
from cms.core.schedule import SILENCE, NotAllPublished, ScheduledJob, WorkerPulse, publish_due
from tests.factories.pages import ContentPageFactory, home_page

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def jobs(monkeypatch):
    """An empty schedule, which the test fills."""
    monkeypatch.setattr(schedule, "JOBS", {})
    return schedule.JOBS


def note(called, name="job"):
    return lambda: called.append(name)


def make_due(name="job"):
    ScheduledJob.objects.filter(pk=name).update(due_at=timezone.now() - timedelta(seconds=1))


def test_upkeep_is_registered():
    assert {"publish", "prune_task_results", "clear_login_traces", "forget_expired_people"} <= set(
        schedule.JOBS
    )


def test_every_registered_job_runs():
    schedule.prepare()
    assert schedule.run_due("a") == len(schedule.JOBS)
    assert set(ScheduledJob.objects.values_list("error", flat=True)) == {""}


def test_a_new_job_is_due_at_once_and_then_when_its_time_comes(jobs):
    called = []
    schedule.register("job", MINUTE, note(called))
    schedule.prepare()
    assert schedule.run_due("a") == 1
    assert schedule.run_due("a") == 0
    assert ScheduledJob.objects.get().due_at > timezone.now() + timedelta(seconds=50)
    make_due()
    assert schedule.run_due("a") == 1
    assert called == ["job", "job"]


def test_a_restart_does_not_put_off_what_is_due_and_brings_forward_what_is_now_more_frequent(jobs):
    schedule.register("job", timedelta(days=1), note([]))
    schedule.prepare()
    schedule.run_due("a")
    due = ScheduledJob.objects.get().due_at
    schedule.prepare()
    assert ScheduledJob.objects.get().due_at == due
    schedule.register("job", MINUTE, note([]))
    schedule.prepare()
    assert ScheduledJob.objects.get().due_at <= timezone.now() + MINUTE


def test_of_two_workers_that_see_a_job_one_gets_it(jobs):
    schedule.register("job", MINUTE, note([]))
    schedule.prepare()
    first, second = ScheduledJob.objects.get(), ScheduledJob.objects.get()
    assert first.claim("a", set())
    assert not second.claim("b", set())
    first.finish("", MINUTE)
    late = second
    assert not late.claim("b", set())  # it saw the job before it was done


def test_a_job_in_another_workers_hands_is_left_to_it(jobs):
    called = []
    schedule.register("job", MINUTE, note(called))
    schedule.prepare()
    ScheduledJob.objects.get().claim("a", set())
    assert schedule.run_due("b") == 0
    # Long at work, but alive:
    ScheduledJob.objects.update(started_at=timezone.now() - 10 * SILENCE)
    WorkerPulse.objects.create(worker_id="a", seen_at=timezone.now())
    assert schedule.run_due("b") == 0
    assert not called


def test_the_job_of_a_killed_worker_is_taken_up_again(jobs):
    called = []
    schedule.register("job", MINUTE, note(called))
    schedule.prepare()
    lost = ScheduledJob.objects.get()
    lost.claim("a", set())
    long_ago = timezone.now() - 2 * SILENCE
    ScheduledJob.objects.update(started_at=long_ago)
    WorkerPulse.objects.create(worker_id="a", seen_at=long_ago)
    assert schedule.run_due("b") == 1
    assert called == ["job"]
    # The one that was only asleep changes nothing when it wakes.
    due = ScheduledJob.objects.get().due_at
    lost.finish("too late", timedelta())
    assert ScheduledJob.objects.get().due_at == due
    assert ScheduledJob.objects.get().error == ""


def test_a_job_that_fails_is_said_once_tried_again_and_stops_no_other(jobs, caplog):
    called = []

    def fail():
        raise ValueError("no such thing")

    schedule.register("job", timedelta(days=1), fail)
    schedule.register("other", MINUTE, note(called, "other"))
    schedule.prepare()
    schedule.run_due("a")
    assert called == ["other"]
    record = ScheduledJob.objects.get(pk="job")
    assert record.error == "ValueError: no such thing"
    assert record.due_at <= timezone.now() + schedule.RETRY
    make_due()
    schedule.run_due("a")
    failures = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert [each.getMessage() for each in failures] == ["job failed; it will be tried again."]
    assert failures[0].exc_info

    schedule.register("job", timedelta(days=1), note(called))
    make_due()
    schedule.run_due("a")
    assert "job works again." in caplog.text
    assert ScheduledJob.objects.get(pk="job").error == ""


def test_what_a_command_says_goes_to_the_log(caplog, capsys):
    with caplog.at_level(logging.INFO, "katto.schedule"):
        schedule.command("clear_login_traces")()
    assert "clear_login_traces: Deleted 0 traces of sign-ins." in caplog.text
    assert capsys.readouterr().out == ""


def test_a_page_goes_when_its_time_is_over(client):
    page = ContentPageFactory(title="Vanha")
    assert client.get(page.url).status_code == 200
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - MINUTE)
    publish_due()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert client.get(page.url).status_code == 404


def test_a_page_that_cannot_be_published_holds_up_no_other(client):
    waiting = [ContentPageFactory(title=title, live=False) for title in ("Este", "Uusi")]
    for minutes, page in zip((2, 1), waiting, strict=True):
        page.go_live_at = timezone.now() - minutes * MINUTE
        page.save_revision(approved_go_live_at=page.go_live_at)
    refused = waiting[0].revisions.get()
    refused.content["title"] = ""
    refused.save()
    with pytest.raises(NotAllPublished, match="Este"):
        publish_due()
    assert client.get(waiting[1].url).status_code == 200
    waiting[0].refresh_from_db()
    assert not waiting[0].live
    assert home_page().live
