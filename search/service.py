"""One question, one answer: whichever engine is well. The page, the feeds and the files ask here.

Elasticsearch answers where it is configured, reachable and in step with the database; otherwise
the database does. Visitors never wait for an engine that is known to be away.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.lists import PAGE_SIZE, page_at

from .documents import FACETS, Hit
from .engines import Breaker, EngineError, database_engine, get_engine, remote_engine
from .engines.base import Plan, Result, Suggestion
from .indexing import lacks_documents, was_built
from .models import PendingDocument
from .query import MOST_TEXT, Question
from .query import make_question as plan_question
from .question import SearchParameters
from .tasks import start
from .vocabulary import agreed_elsewhere, lists_in_force, promoted_documents

logger = logging.getLogger("katto.search")

BEHIND = timedelta(seconds=60)
"""A remote engine with an older change still to follow does not answer."""
FEW = 10
"""With fewer hits than this, the other languages are asked for more."""
STATE_SECONDS = 5

Answer = TypeVar("Answer")


@dataclass
class Outcome:
    """What was found. ``elsewhere``: languages whose readers get more, and how many."""

    plan: Plan
    result: Result = field(default_factory=Result)
    did_you_mean: str = ""
    elsewhere: list[tuple[str, int]] = field(default_factory=list)
    unavailable: bool = False


def in_step(name: str) -> bool:
    """Whether the engine's index was built and follows the database; asked every few seconds."""

    def follows() -> bool:
        # One record that the engine does not take keeps nobody from the others.
        oldest = PendingDocument.objects.fresh().filter(engine=name).order_by("queued_at")
        first = oldest.values_list("queued_at", flat=True).first()
        # After a failure, what is pending is followed before visitors are sent there again.
        behind = timedelta() if Breaker(name).is_open else BEHIND
        return was_built(name) and (first is None or first > timezone.now() - behind)

    return cache.get_or_set(f"search-in-step-{name}", follows, STATE_SECONDS)


def answered_by(question: Callable[..., Answer]) -> Answer:
    """The answer of the engine that is well. Raises :class:`EngineError` if none is."""
    name = remote_engine()
    if name:
        breaker, engine = Breaker(name), get_engine(name)
        # The breaker is asked last: whom it allows has to try.
        if in_step(name) and breaker.allows():
            try:
                with engine.in_time():
                    # Whether documents are gone from the index is asked every few seconds.
                    complete = cache.get_or_set(
                        f"search-complete-{name}", lambda: not lacks_documents(name), STATE_SECONDS
                    )
                    answer = question(engine) if complete else None
            except EngineError as error:
                breaker.failed(error)
            else:
                breaker.worked()
                if complete:
                    return answer
        # What is pending is followed once in a while by whoever passes by.
        if cache.add(f"search-catch-up-{name}", True, breaker.seconds):
            start(name)
    return question(get_engine(database_engine()))


def make_question(text: str, language: str, engine=None, promoted=()) -> Question:
    return plan_question(
        text,
        language,
        engine,
        promoted=promoted,
        agreed=agreed_elsewhere(text[:MOST_TEXT], language),
        **lists_in_force(language),
    )


def ask(parameters: SearchParameters, language: str) -> Outcome:
    """Hits, counts and help for one state of the search page."""
    promoted = promoted_documents(parameters.query, language)

    def put(engine) -> Outcome:
        question = make_question(parameters.query, language, engine, promoted=promoted)
        result = engine.search(
            question.plan,
            filters=parameters.facets,
            facets=FACETS,
            sort=parameters.order,
            offset=(parameters.page - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
        )
        outcome = Outcome(question.plan, result, question.correction)
        if parameters.query and result.total < FEW and not question.correction:
            outcome.elsewhere = elsewhere(engine, parameters, language, result.total)
        return outcome

    try:
        outcome = answered_by(put)
    except EngineError:
        logger.exception("No search engine answers.")
        plan = make_question(parameters.query, language).plan
        return Outcome(plan, unavailable=True)
    last = page_at(range(outcome.result.total), parameters.page).number
    if outcome.result.total and parameters.page > last:
        return ask(parameters.on_page(last), language)
    return outcome


def elsewhere(engine, parameters, language: str, total: int) -> list[tuple[str, int]]:
    """Languages in which the same words find more than here."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    plans = [make_question(parameters.query, code).plan for code in others]
    counts = engine.counts(plans)
    found = [pair for pair in zip(others, counts, strict=True) if pair[1] > total]
    return sorted(found, key=lambda pair: -pair[1])


def scan(parameters: SearchParameters, language: str) -> Iterator[Hit]:
    """Every hit, without a cap. The database gives the rest where the engine fails midway."""

    def put(engine) -> tuple[list[Hit], Iterator[Hit]]:
        plan = make_question(parameters.query, language, engine).plan
        hits = engine.scan(plan, filters=parameters.facets, sort=parameters.order)
        return [hit for hit in (next(hits, None),) if hit], hits

    try:
        first, others = answered_by(put)
    except EngineError:
        logger.exception("No search engine answers.")
        return
    given = set()
    try:
        for hit in chain(first, others):
            given.add(hit.id)
            yield hit
    except EngineError as error:
        name = remote_engine()
        if not name:
            raise
        Breaker(name).failed(error)
        rest = chain.from_iterable(put(get_engine(database_engine())))
        yield from (hit for hit in rest if hit.id not in given)


def suggestions(text: str, language: str) -> list[Suggestion]:
    if len(text) < 2:
        return []
    try:
        return answered_by(lambda engine: engine.suggest(language, text))
    except EngineError:
        logger.exception("No search engine answers.")
        return []


def engine_notice() -> str:
    """What staff are told while the database answers in place of the search engine; or nothing."""
    name = remote_engine()
    if not name:
        return ""
    breaker = Breaker(name)
    waiting = PendingDocument.objects.filter(engine=name).records()
    if breaker.is_open and breaker.since:
        since = timezone.localtime(datetime.fromtimestamp(breaker.since, tz=UTC))
        return _(
            "Elasticsearch has not answered since %(time)s. Visitors get their answers from the "
            "database, and changes are kept until it returns: %(count)s records are waiting."
        ) % {"time": date_format(since, "DATETIME_FORMAT"), "count": waiting}
    if not in_step(name) or cache.get(f"search-complete-{name}") is False:
        return _(
            "The Elasticsearch index is not up to date: %(count)s records are waiting. Visitors "
            "get their answers from the database."
        ) % {"count": waiting}
    return ""
