"""Keeping the engines' indexes in step with the database.

An edit notes what it touches in ``PendingDocument`` inside its own transaction; each engine is
brought up to date afterwards, by one process at a time. An engine that is away finds its rows when
it returns, and a record that cannot be followed is set aside and holds up no other.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from django.conf import settings
from django.utils import timezone

from cms.core.concurrency import alone
from cms.core.content_epoch import afresh

from .documents import SearchDocument, document_id
from .engines import Breaker, EngineBusy, EngineError, database_engine, get_engine
from .engines.base import Plan
from .engines.ingest import ready_each
from .models import IndexState, PendingDocument
from .sources import SOURCES
from .sources.base import batches
from .sources.subjects import strays

logger = logging.getLogger("katto.search")

BATCH = 50
"""Records brought up to date at once; each makes a document in every locale."""
PATIENCE = 600
"""Seconds that a command waits for whoever brings the engine up to date just now."""
PAUSES = (0.05, 0.2, 0.8)
"""Seconds between tries while another writer is in the way."""

Record = tuple[str, str]
Errors = dict[Record, str]


def bring_up_to_date(name: str) -> int:
    """Follow what is pending, and put back what the engine lost: a disk, an index, a part of it."""
    done = flush(name)
    if name != database_engine() and Breaker(name).allows():
        try:
            get_engine(name).refresh()
            if was_built(name) and lacks_documents(name):
                logger.warning("Search engine %s lacks documents; they are indexed again.", name)
                repair(name, *differences(name))
                get_engine(name).refresh()
        except EngineError as error:
            Breaker(name).failed(error)
        else:
            Breaker(name).worked()
    return done


def was_built(name: str) -> bool:
    return IndexState.objects.filter(engine=name, built_at__isnull=False).exists()


def lacks_documents(name: str) -> bool:
    """Whether the engine has fewer documents than the database's own index, edits apart."""
    if PendingDocument.objects.fresh().exists():
        return False
    refused = PendingDocument.objects.filter(engine=name).records()
    plans = [Plan(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    there, here = (get_engine(each).counts(plans) for each in (name, database_engine()))
    return any(few + refused < many for few, many in zip(there, here, strict=True))


def flush(name: str) -> int:
    """Index everything pending for the engine; the number of records that it follows now.

    Stops quietly where the engine does not answer, and where another process is at it already:
    whoever has ended looks once more for what was noted meanwhile.
    """
    done, going_on = 0, True
    while going_on and PendingDocument.objects.due(name).exists():
        with alone(f"search {name}") as mine:
            if not mine:
                break
            count, going_on = _follow_all(name)
            done += count
    return done


def _follow_all(name: str) -> tuple[int, bool]:
    """Follow until nothing is due: how many records, and whether the engine is there."""
    done = 0
    # The database's own engine is there whenever the rows can be read.
    breaker = None if name == database_engine() else Breaker(name)
    while rows := _next_rows(name):
        if breaker and not breaker.allows():
            return done, False
        records = list(dict.fromkeys(row.record for row in rows))
        try:
            errors = _write_patiently(name, records)
        except EngineBusy as error:
            logger.warning("The index of %s is kept busy by others: %s", name, error)
            # Each of these is tried alone later.
            PendingDocument.objects.set_aside(rows, dict.fromkeys(records, str(error)))
        except EngineError as error:
            if breaker:
                breaker.failed(error)
            else:
                logger.error("The search index could not be written: %s", error)
            return done, False
        else:
            if breaker:
                breaker.worked()
            _settle(name, rows, errors)
            done += len(records) - len(errors)
    return done, True


def _next_rows(name: str) -> list[PendingDocument]:
    """Rows of some records; one that failed before comes alone, after all that did not."""
    due = PendingDocument.objects.due(name)
    rows = list(due.fresh()[:BATCH]) or list(due[:1])
    aside = PendingDocument.objects.of_records(name, [row.record for row in rows]).aside()
    return sorted({row.pk: row for row in [*rows, *aside]}.values(), key=lambda row: row.pk)


def _write_patiently(name: str, records: list[Record]) -> Errors:
    for pause in PAUSES:
        try:
            return write(name, records)
        except EngineBusy:
            time.sleep(pause)
    return write(name, records)


def _settle(name: str, rows: list[PendingDocument], errors: Errors) -> None:
    for record in PendingDocument.objects.set_aside(rows, errors):
        said = "%s %s is not followed in the search (%s) and is tried again later: %s"
        logger.error(said, *record, name, errors[record])


@afresh()
def write(name: str, records: Iterable[tuple[str, object]]) -> Errors:
    """Index the documents of these records that changed, and drop those that they no longer have.

    Returns the records that could not be followed, with the reason; the index keeps what it had.
    """
    records, errors = list(records), {}
    by_kind: dict[str, list] = defaultdict(list)
    for kind, key in [*records, *strays(get_engine(name), records)]:
        by_kind[kind].append(key)
    documents: list[SearchDocument] = []
    for kind, keys in by_kind.items():
        if kind in SOURCES:
            documents.extend(SOURCES[kind].documents(keys, _collect(errors)))
    # Those of a language that the site has no more go too.
    locales = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    wanted = [
        (locale, document_id(kind, key, locale))
        for kind, keys in by_kind.items()
        for key in keys
        for locale in locales
    ]
    engine = get_engine(name)
    known = engine.fingerprints(wanted)
    news = [each for each in documents if known.get(each.id) != each.fingerprint]
    if news:
        engine.index(ready_each(news, _of_document(errors)), _of_document(errors))
    kept = {document.id for document in documents}
    gone = {id for id in known if id not in kept and record_of(id) not in errors}
    if gone:
        engine.delete(sorted(gone))
    return errors


def record_of(document: str) -> Record:
    kind, key, _locale = document.split(":", 2)
    return kind, key


def _collect(errors: Errors) -> Callable[[str, str, str], None]:
    return lambda kind, key, error: errors.setdefault((kind, key), error) and None


def _of_document(errors: Errors) -> Callable[[str, str], None]:
    return lambda id, error: errors.setdefault(record_of(id), error) and None


@contextmanager
def _only_writer(name: str) -> Iterator[None]:
    with alone(f"search {name}", PATIENCE) as mine:
        if not mine:
            raise EngineBusy("another process has been writing the index for too long")
        yield


@afresh()
def rebuild(
    name: str, progress: Callable[[Iterable], Iterable] = iter, errors: Errors | None = None
) -> int:
    """Build the engine's index anew beside the old one and swap; the number of documents.

    Records edited meanwhile are noted as pending as ever and followed after the swap. Those that
    cannot be indexed are left out, noted with their error and added to ``errors``.
    """
    errors = {} if errors is None else errors
    with _only_writer(name):
        started = timezone.now()
        # Only what was committed by now is sure to be read below.
        noted = list(PendingDocument.objects.filter(engine=name).order_by("pk"))
        engine = get_engine(name)
        read = (each.documents(failed=_collect(errors)) for each in SOURCES.values())
        entries = ready_each(chain.from_iterable(read), _of_document(errors))
        count = engine.rebuild(progress(entries), _of_document(errors))
        IndexState.objects.update_or_create(
            engine=name, defaults={"analysers": engine.analysers, "built_at": started}
        )
        known = {row.record for row in noted}
        PendingDocument.objects.queue([name], errors.keys() - known)
        added = PendingDocument.objects.of_records(name, list(errors.keys() - known))
        _settle(name, [*noted, *added.order_by("pk")], errors)
    flush(name)
    return count


@afresh()
def differences(name: str, errors: Errors | None = None) -> tuple[set[Record], set[str]]:
    """Records whose documents differ in the index, and ids of documents nobody has any more.

    Records that cannot be read are in neither; they are added to ``errors``.
    """
    errors = {} if errors is None else errors
    indexed = dict(get_engine(name).ids())
    wrong = set()
    for source in SOURCES.values():
        for document in source.documents(failed=_collect(errors)):
            if indexed.pop(document.id, None) != document.fingerprint:
                wrong.add((document.type, document.key))
    return wrong, {id for id in indexed if record_of(id) not in errors}


def repair(name: str, wrong: Iterable[Record], orphans: Iterable[str]) -> Errors:
    """Index and drop what :func:`differences` found; the records that the engine does not take."""
    errors: Errors = {}
    with _only_writer(name):
        for batch in batches(sorted(wrong), BATCH):
            errors |= _write_patiently(name, batch)
        get_engine(name).delete(sorted(orphans))
    return errors
