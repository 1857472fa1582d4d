import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from tqdm import tqdm

from search.documents import SearchDocument, SourceText
from search.engines import ENGINES, Engine, EngineError, EngineMissing, scratch_engine
from search.query import make_question as plan_question
from search.service import make_question

DEPTH = 50
LANGUAGE_NAMES = ("locale", "lang", "language")


class Command(BaseCommand):
    help = (
        "Measure the search: index the documents of a JSON file in a scratch index, put the "
        "queries of another to it as a visitor would, and write {query id: [document ids]}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--docs", required=True, type=Path, help='[{"id", "title", "text", "locale"?}]'
        )
        parser.add_argument(
            "--queries", required=True, type=Path, help='[{"id", "query", "locale"?}]'
        )
        parser.add_argument("--engine", required=True, choices=ENGINES)
        parser.add_argument("--out", required=True, type=Path, help="Where to write the answers.")

    def handle(self, *args, **options) -> None:
        check_place(options["out"])
        # An engine may refuse a stranger's id (too long, empty): it gets the id's number.
        found = records(options["docs"], "id")
        ids = list(dict.fromkeys(str(record["id"]) for record in found))
        numbers = {each: str(number) for number, each in enumerate(ids)}
        documents = [document(record, numbers[str(record["id"])]) for record in found]
        questions = list(records(options["queries"], "id", "query"))
        quiet = options["verbosity"] == 0 or None
        try:
            with scratch_engine(options["engine"]) as engine:
                engine.create()
                engine.index(tqdm(documents, unit=" docs", disable=quiet))
                engine.refresh()
                run = {
                    str(question["id"]): [ids[int(hit)] for hit in answer(engine, question)]
                    for question in tqdm(questions, unit=" queries", disable=quiet)
                }
        except EngineMissing as error:
            raise CommandError(str(error)) from error
        except EngineError as error:
            raise CommandError(f"{options['engine']} does not answer: {error}") from error
        try:
            text = json.dumps(run, ensure_ascii=False, indent=1) + "\n"
            options["out"].write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error}") from error
        self.stdout.write(f"{len(documents)} documents, {len(run)} queries → {options['out']}")


def check_place(out: Path) -> None:
    """Said before the work is done, not after it."""
    if not out.parent.is_dir():
        raise CommandError(f"{out} cannot be written: there is no folder {out.parent}.")
    if out.is_dir():
        raise CommandError(f"{out} cannot be written: it is a folder.")


def records(path: Path, *fields: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, list):
        raise CommandError(f"{path} holds no list.")
    for number, record in enumerate(found, 1):
        if not isinstance(record, dict) or any(record.get(name) is None for name in fields):
            raise CommandError(f"{path}: record {number} needs {' and '.join(fields)}.")
    return found


def language(record: dict[str, Any]) -> str:
    """The record's own, if the site has it ("sv", "SV", "sv_FI"); otherwise the site's first."""
    known = {code.lower(): code for code, _name in settings.LANGUAGES}
    for name in LANGUAGE_NAMES:
        named = str(record.get(name, "")).lower().replace("_", "-")
        found = known.get(named) or known.get(named.partition("-")[0])
        if found:
            return found
    return settings.LANGUAGE_CODE


def document(record: dict[str, Any], id: str) -> SearchDocument:
    code, codes = language(record), record.get("codes")
    return SearchDocument(
        id=id,
        key=id,
        type="project",
        locale=code,
        language=code,
        title=str(record.get("title") or ""),
        lead=str(record.get("lead") or ""),
        body=[SourceText(str(record.get("text") or ""))],
        codes=list(map(str, codes)) if isinstance(codes, Iterable) else [],
        published=date(2000, 1, 1),
    )


def answer(engine: Engine, record: dict[str, Any]) -> list[str]:
    """As the search page asks; with the starting synonyms where the database has no tables yet."""
    asked = str(record["query"]), language(record), engine
    try:
        with transaction.atomic():
            question = make_question(*asked)
    except DatabaseError:
        question = plan_question(*asked)
    return [hit.id for hit in engine.search(question.plan, limit=DEPTH).hits]
