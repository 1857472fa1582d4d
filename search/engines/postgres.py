"""PostgreSQL's full-text index over the same tokens, without its own analysis."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from ..entries import Entry
from ..plan import BASES, LEMMA, PARTS, Plan
from .statement import Sql
from .tables import SqlWriter

MOST_POSITIONS = 12
"""Occurrences of a token that are kept; ts_rank hardly tells more of them apart."""
MOST_GRAMS = 40_000
"""A tsvector is at most one megabyte."""
LAST_POSITION = 16_383
WEIGHTS = f"'{{0, {BASES}, {PARTS}, {LEMMA}}}'"
"""By label: D unused, C bases, B parts, A lemma."""


class PostgresEngine(SqlWriter):
    """Terms as a weighted tsvector, grams as one without positions, both behind GIN.

    ``ts_rank`` knows how often a token is in a document, not how rare it is; rarity is multiplied
    in by counting each term's documents in the same statement.
    """

    name = "postgres"

    def schema(self) -> list[str]:
        text = 'text COLLATE "C"'
        return [
            f"CREATE TABLE {{p}}_document (id bigserial PRIMARY KEY, doc_id {text} NOT NULL UNIQUE,"
            f" locale {text} NOT NULL, type text NOT NULL, starts {text}, ends {text}, "
            f"published {text}, public_until {text}, title_sort {text} NOT NULL, "
            "fingerprint text NOT NULL, stored jsonb NOT NULL, words text NOT NULL, "
            "terms tsvector, grams tsvector)",
            "CREATE INDEX {p}_document_locale ON {p}_document (locale)",
            "CREATE INDEX {p}_document_terms ON {p}_document USING gin (terms)",
            "CREATE INDEX {p}_document_grams ON {p}_document USING gin (grams)",
            f"CREATE TABLE {{p}}_facet (document bigint NOT NULL, name {text} NOT NULL, "
            f"value {text} NOT NULL, PRIMARY KEY (document, name, value))",
            f"CREATE TABLE {{p}}_code (code {text} NOT NULL, document bigint NOT NULL, "
            "PRIMARY KEY (code, document))",
            "CREATE INDEX {p}_code_document ON {p}_code (document)",
            f"CREATE TABLE {{p}}_key (locale {text} NOT NULL, beginning {text} NOT NULL, "
            f"kind {text} NOT NULL, shown {text} NOT NULL, document bigint NOT NULL)",
            "CREATE INDEX {p}_key_beginning ON {p}_key (locale, beginning)",
            "CREATE INDEX {p}_key_document ON {p}_key (document)",
            f"CREATE TABLE {{p}}_word (locale {text} NOT NULL, word {text} NOT NULL, "
            f"until {text} NOT NULL, holders bigint NOT NULL, PRIMARY KEY (locale, word, until))",
            "CREATE INDEX {p}_word_gone ON {p}_word (holders) WHERE holders <= 0",
        ]

    def columns(self) -> tuple[str, ...]:
        return (*super().columns(), "terms", "grams")

    def values(self, item: Entry) -> tuple:
        grams = " ".join(map(_quoted, item.grams[:MOST_GRAMS]))
        return (*super().values(item), _vector(item), grams)

    def settle(self) -> None:
        """File what GIN has put aside for later: until then every question reads through it."""
        indexes = (f"{self.prefix}_document_{name}" for name in ("terms", "grams"))
        self.run(*(f"SELECT gin_clean_pending_list('{name}')" for name in indexes))

    def tidy(self) -> None:
        self.run("ANALYZE {p}_document", "ANALYZE {p}_facet", "ANALYZE {p}_key")

    def term_hits(self, plan: Plan, scored: bool) -> Sql:
        terms = [
            (number, place, term)
            for number, clause in enumerate(plan.clauses)
            for place, group in enumerate(clause.groups)
            for term in group
        ]
        rows = [
            Sql(
                "(%s::int, %s::int, %s::int, %s::float8, %s::tsquery)",
                position,
                number,
                place,
                term.weight,
                _query(term.tokens),
            )
            for position, (number, place, term) in enumerate(terms)
        ]
        source = Sql("FROM (VALUES") + Sql.join(", ", rows)
        source += Sql(
            ") AS t (number, clause, grp, weight, q) "
            "JOIN {p}_document d ON d.terms @@ t.q AND d.locale = %s",
            plan.locale,
        )
        if not scored:
            return Sql("SELECT d.id, t.clause, t.grp, 0.0 AS score") + source
        found = Sql(
            f"SELECT d.id, t.clause, t.grp, t.weight * ts_rank({WEIGHTS}, d.terms, t.q) AS rank, "
            "COUNT(*) OVER (PARTITION BY t.number) AS holders"
        )
        total = Sql("(SELECT COUNT(*) FROM {p}_document WHERE locale = %s)", plan.locale)
        score = Sql("SELECT id, clause, grp, rank * LN(1 + (")
        score += total + "- holders + 0.5) / (holders + 0.5)) AS score FROM ("
        return score + found + source + ") AS found"

    def gram_hits(self, plan: Plan) -> Sql:
        rows = [
            Sql(
                "(%s::int, %s::int, %s::float8, %s::tsquery)",
                number,
                clause.floor,
                len(clause.grams),
                _query((gram,)),
            )
            for number, clause in enumerate(plan.clauses)
            for gram in clause.grams
        ]
        return (
            Sql("SELECT d.id, t.clause, COUNT(*) / t.total AS found FROM (VALUES")
            + Sql.join(", ", rows)
            + ") AS t (clause, floor, total, q) "
            + Sql("JOIN {p}_document d ON d.grams @@ t.q AND d.locale = %s", plan.locale)
            + "GROUP BY d.id, t.clause, t.floor, t.total HAVING COUNT(*) >= t.floor"
        )

    def frequencies(self, locale, tokens, today=None) -> dict[str, int]:
        wanted = list(dict.fromkeys(tokens))[:500]
        if not wanted:
            return {}
        rows = Sql.join(", ", (Sql("(%s, %s::tsquery)", word, _query((word,))) for word in wanted))
        sql = Sql("SELECT t.token, COUNT(*) FROM (VALUES") + rows + ") AS t (token, q)"
        sql += "JOIN {p}_document d ON d.terms @@ t.q AND"
        sql += self.visible(locale, today or timezone.localdate())
        return dict(self.rows(sql + "GROUP BY t.token"))


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _query(tokens: Sequence[str]) -> str:
    """A tsquery: every token a quoted lexeme, so that none is syntax."""
    return " & ".join(map(_quoted, tokens))


def _vector(item: Entry) -> str:
    """A tsvector as text: each token with its places, labelled by the stream it is in."""
    positions: dict[str, list[str]] = defaultdict(list)
    for label, stream in (("A", item.lemma), ("B", item.parts), ("C", item.bases)):
        for place, token in enumerate(stream, 1):
            if len(positions[token]) < MOST_POSITIONS:
                positions[token].append(f"{min(place, LAST_POSITION)}{label}")
    return " ".join(f"{_quoted(token)}:{','.join(found)}" for token, found in positions.items())
