"""SQLite's full-text index (FTS5): the embedded default."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

from collections.abc import Sequence

from django.utils import timezone

from ..entries import Entry
from ..plan import BASES, LEMMA, PARTS, Plan
from .statement import Sql, places
from .tables import SqlWriter

# Words come as tokens; only blanks may divide them. Locales share the index, so each token carries
# its own ("fi_talo"); an underscore is in no token otherwise.
TOKENIZER = (
    "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '-_:'''''\""
)
# The vocabulary knows every document; those whose last public day has passed are few.
FREQUENCIES = """
SELECT v.term, v.doc - (
    SELECT COUNT(*) FROM {{p}}_document d CROSS JOIN {{p}}_terms f ON f.rowid = d.id
    WHERE d.public_until < %s AND f.{{p}}_terms MATCH '"' || v.term || '"'
) FROM {{p}}_vocabulary v WHERE v.term IN ({places})
"""


class SqliteEngine(SqlWriter):
    """Terms in one FTS5 table with bm25 weights by stream, grams in a smaller one."""

    name = "sqlite"
    scale = 2.2  # FTS5's bm25 keeps the factor k1 + 1

    def schema(self) -> list[str]:
        return [
            "CREATE TABLE {p}_document (id integer PRIMARY KEY, doc_id text NOT NULL UNIQUE, "
            "locale text NOT NULL, type text NOT NULL, starts text, ends text, published text, "
            "public_until text, title_sort text NOT NULL, fingerprint text NOT NULL, "
            "stored text NOT NULL, words text NOT NULL)",
            "CREATE INDEX {p}_document_locale ON {p}_document (locale)",
            "CREATE INDEX {p}_document_until ON {p}_document (public_until)",
            "CREATE TABLE {p}_facet (document integer NOT NULL, name text NOT NULL, "
            "value text NOT NULL, PRIMARY KEY (document, name, value)) WITHOUT ROWID",
            "CREATE TABLE {p}_code (code text NOT NULL, document integer NOT NULL, "
            "PRIMARY KEY (code, document)) WITHOUT ROWID",
            "CREATE INDEX {p}_code_document ON {p}_code (document)",
            "CREATE TABLE {p}_key (locale text NOT NULL, beginning text NOT NULL, "
            "kind text NOT NULL, shown text NOT NULL, document integer NOT NULL, "
            "PRIMARY KEY (locale, beginning, kind, shown, document)) WITHOUT ROWID",
            "CREATE INDEX {p}_key_document ON {p}_key (document)",
            "CREATE TABLE {p}_word (locale text NOT NULL, word text NOT NULL, "
            "until text NOT NULL, holders integer NOT NULL, "
            "PRIMARY KEY (locale, word, until)) WITHOUT ROWID",
            "CREATE INDEX {p}_word_gone ON {p}_word (holders) WHERE holders <= 0",
            f"CREATE VIRTUAL TABLE {{p}}_terms USING fts5(lemma, parts, bases, {TOKENIZER})",
            "CREATE VIRTUAL TABLE {p}_vocabulary USING fts5vocab({p}_terms, row)",
            "CREATE VIRTUAL TABLE {p}_grams USING "
            f"fts5(grams, detail = none, columnsize = 0, {TOKENIZER})",
        ]

    def table_names(self) -> list[str]:
        return ["vocabulary", "terms", "grams", *super().table_names()]

    def add_tokens(self, cursor, rows: list[tuple[int, Entry]]) -> None:
        for number, item in rows:
            streams = (item.lemma, item.parts, item.bases)
            columns = [" ".join(_tokens(item.locale, stream)) for stream in streams]
            sql = "INSERT INTO {p}_terms (rowid, lemma, parts, bases) VALUES (%s, %s, %s, %s)"
            self._execute(cursor, sql, [number, *columns])
            grams = " ".join(_tokens(item.locale, item.grams))
            sql = "INSERT INTO {p}_grams (rowid, grams) VALUES (%s, %s)"
            self._execute(cursor, sql, [number, grams])

    def remove_tokens(self, cursor, numbers: Sequence[int]) -> None:
        for table in ("terms", "grams"):
            sql = f"DELETE FROM {{p}}_{table} WHERE rowid IN ({places(numbers)})"
            self._execute(cursor, sql, numbers)

    def tidy(self) -> None:
        self.run(
            "INSERT INTO {p}_terms ({p}_terms) VALUES ('optimize')",
            "INSERT INTO {p}_grams ({p}_grams) VALUES ('optimize')",
        )

    def term_hits(self, plan: Plan, scored: bool) -> Sql:
        rows = [
            Sql("(%s, %s, %s, %s)", number, place, term.weight, _match(plan.locale, term.tokens))
            for number, clause in enumerate(plan.clauses)
            for place, group in enumerate(clause.groups)
            for term in group
        ]
        weights = f"{LEMMA}, {PARTS}, {BASES}"
        score = f"-bm25({{p}}_terms, {weights}) * t.column3" if scored else "0.0"
        # The limit keeps bm25 inside this select, the only place where it may stand.
        return (
            Sql(
                f"SELECT f.rowid AS id, t.column1 AS clause, t.column2 AS grp, {score} AS score "
                "FROM (VALUES"
            )
            + Sql.join(", ", rows)
            + ") t CROSS JOIN {p}_terms f ON f.{p}_terms MATCH t.column4 LIMIT -1"
        )

    def gram_hits(self, plan: Plan) -> Sql:
        rows = [
            Sql("(%s, %s, %s, %s)", number, clause.floor, len(clause.grams), match)
            for number, clause in enumerate(plan.clauses)
            for match in (_match(plan.locale, (gram,)) for gram in clause.grams)
        ]
        return (
            Sql(
                "SELECT f.rowid AS id, t.column1 AS clause, COUNT(*) * 1.0 / t.column3 AS found "
                "FROM (VALUES"
            )
            + Sql.join(", ", rows)
            + ") t CROSS JOIN {p}_grams f ON f.{p}_grams MATCH t.column4 "
            "GROUP BY f.rowid, t.column1, t.column2, t.column3 HAVING COUNT(*) >= t.column2"
        )

    def frequencies(self, locale, tokens, today=None) -> dict[str, int]:
        lead = f"{locale}_"
        wanted = [lead + token for token in dict.fromkeys(tokens)][:500]
        if not wanted:
            return {}
        day = (today or timezone.localdate()).isoformat()
        rows = self.rows(Sql(FREQUENCIES.format(places=places(wanted)), day, *wanted))
        return {term.removeprefix(lead): count for term, count in rows if count > 0}


def _tokens(locale: str, stream: Sequence[str]) -> list[str]:
    return [f"{locale}_{token}" for token in stream]


def _match(locale: str, tokens: Sequence[str]) -> str:
    """An FTS5 expression: every token a quoted string, so that none is syntax."""
    return " AND ".join('"{}"'.format(f"{locale}_{token}".replace('"', '""')) for token in tokens)
