"""Visitors' pages are made a few at a time, so that an editor's save is not one of many."""

import threading

from django.http import HttpResponse
from django.test import RequestFactory

from cms.core import page_cache


def test_only_so_many_pages_are_made_at_once_and_all_are_made(monkeypatch):
    monkeypatch.setattr(page_cache, "cache_key", lambda request: None)
    making, most, lock, may_end = 0, 0, threading.Lock(), threading.Event()

    def make(request):
        nonlocal making, most
        with lock:
            making += 1
            most = max(most, making)
            if making == page_cache.AT_ONCE:
                may_end.set()
        assert may_end.wait(30)
        with lock:
            making -= 1
        return HttpResponse("page")

    middleware, answers = page_cache.PageCacheMiddleware(make), []
    visits = [
        threading.Thread(
            target=lambda: answers.append(middleware(RequestFactory().get("/fi/")).status_code)
        )
        for _visitor in range(3 * page_cache.AT_ONCE)
    ]
    for visit in visits:
        visit.start()
    for visit in visits:
        visit.join(60)
    assert answers == [200] * len(visits)
    assert most == page_cache.AT_ONCE


def test_who_has_waited_long_enough_goes_on(monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PATIENCE", 0.01)
    turns = [page_cache.in_turn() for _each in range(page_cache.AT_ONCE)]
    for turn in turns:
        turn.__enter__()
    with page_cache.in_turn():
        pass
    for turn in turns:
        turn.__exit__(None, None, None)
    assert page_cache._turns.acquire(blocking=False)
    page_cache._turns.release()
