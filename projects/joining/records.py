"""Two records of a register become one, in all languages."""

from collections.abc import Iterable

from django.db.models import Model

from cms.translation.facts.records import FactsRecord

from . import drafts, translations
from .following import fillings, follow, follow_key, merge_doubles
from .journal import Journal, tell


def versions(record: FactsRecord) -> dict[int, FactsRecord]:
    """By language, the one first written first."""
    same = type(record)._base_manager.filter(translation_key=record.translation_key)
    return {one.locale_id: one for one in same.select_related("locale").order_by("pk")}


def join(stays: FactsRecord, gone: FactsRecord, journal: Journal, user=None) -> None:
    kept, old = versions(stays), versions(gone)
    carrier, source = next(iter(kept.values())), next(iter(old.values()))
    follow_key(source, carrier, journal)
    translations.move(source.translation_key, carrier, journal, same_words=True)
    facts = fillings(carrier, source, set(carrier.fact_names()))
    for locale, record in old.items():
        if locale in kept:
            _take_words(kept[locale], record, journal)
        else:
            journal.set(record, translation_key=carrier.translation_key)
            kept[locale] = record
    for record in kept.values():
        values = carrier._facts() | facts
        journal.set(record, **values)
    doomed = [record for locale, record in old.items() if kept[locale] is not record]
    moved = [row for record in doomed for row in follow(record, kept[record.locale_id], journal)]
    merge_doubles(moved, journal)
    pairs = {record.pk: kept[record.locale_id].pk for record in doomed}
    drafts.follow(type(stays), pairs, journal)
    drafts.note_versions(journal)
    _let_go(doomed, journal)
    for record in kept.values():
        tell(record)


def _take_words(stays: FactsRecord, gone: FactsRecord, journal: Journal) -> None:
    """Words that nobody has approved give way to those that somebody has."""
    if stays.is_draft and not gone.is_draft:
        words = {word: getattr(gone, word) for word in stays.words}
        journal.set(stays, is_draft=False, **words)
    else:
        journal.set(stays, **fillings(stays, gone, set(stays.words)))


def _let_go(doomed: Iterable[Model], journal: Journal) -> None:
    for record in doomed:
        journal.remove(record)
