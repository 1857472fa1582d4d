"""Which documents a plan finds, as common table expressions for SQLite and PostgreSQL alike."""

# ruff: noqa: S608 - what is put into statements are names from code; values are parameters

from collections.abc import Sequence
from datetime import date

from ..documents import FACETS
from ..plan import CODE, FOUND, GRAMS, Plan
from .base import DATED_TYPES, NOT_STATED, Engine, Filters, clean_filters
from .statement import Sql, places

PROMOTED = 2 * CODE


class SqlMatching(Engine):
    """Tokens to look for as rows, matched against the index; the best term of each group, the sum
    of the groups, the sum of the clauses.
    """

    scale = 1.0
    """How much larger the database's term scores are than those the plan's constants are for."""

    # What a database says in its own way.

    def term_hits(self, plan: Plan, scored: bool) -> Sql:
        """A select of (id, clause, grp, score), one row a document and term."""
        raise NotImplementedError

    def gram_hits(self, plan: Plan) -> Sql:
        """A select of (id, clause, found), one row a document and clause."""
        raise NotImplementedError

    # Matching.

    def matched(self, plan: Plan, scored: bool) -> Sql:
        """Common table expressions that end in ``matched (id, score)``."""
        if plan.is_everything:
            return Sql("matched AS (SELECT id, 0.0 AS score FROM {p}_document)")
        found = Sql("SELECT id, clause, SUM(score) + %s AS score FROM", FOUND * self.scale)
        found += Sql("(SELECT id, clause, grp, MAX(score) AS score FROM (")
        found += self.term_hits(plan, scored)
        found += ") AS terms_hit GROUP BY id, clause, grp) AS best GROUP BY id, clause"
        meets = [found] if any(clause.groups for clause in plan.clauses) else []
        if any(clause.grams for clause in plan.clauses):
            grams = Sql("SELECT id, clause, found * %s AS score FROM (", GRAMS * self.scale)
            meets.append(grams + self.gram_hits(plan) + ") AS grams_hit")
        ways = []
        if meets:
            way = Sql("SELECT id, SUM(score) AS score FROM (") + Sql.join(" UNION ALL ", meets)
            way += Sql(") AS met GROUP BY id HAVING COUNT(DISTINCT clause) >= %s", plan.required)
            ways.append(way)
        if plan.codes:
            way = Sql(f"SELECT DISTINCT document, {CODE} FROM {{p}}_code", *plan.codes)
            ways.append(way + f"WHERE code IN ({places(plan.codes)})")
        if plan.promoted:
            way = Sql(f"SELECT id, {PROMOTED} FROM {{p}}_document", *plan.promoted)
            ways.append(way + f"WHERE doc_id IN ({places(plan.promoted)})")
        matched = Sql("matched AS (SELECT id, SUM(score) AS score FROM (")
        return matched + Sql.join(" UNION ALL ", ways) + ") AS ways GROUP BY id)"

    def visible(self, locale: str, today: date) -> Sql:
        condition = "d.locale = %s AND (d.public_until IS NULL OR d.public_until >= %s)"
        return Sql(condition, locale, today.isoformat())

    def status(self, today: date) -> Sql:
        """The status on ``today`` by the rule of ``projects.models.Status.of``; null: has none."""
        day = today.isoformat()
        return Sql(
            f"CASE WHEN d.type NOT IN ({places(DATED_TYPES)}) THEN NULL "
            "WHEN d.ends < %s THEN 'ended' WHEN d.starts > %s THEN 'upcoming' "
            "WHEN d.starts IS NOT NULL OR d.ends IS NOT NULL THEN 'running' "
            f"ELSE '{NOT_STATED}' END",
            *DATED_TYPES,
            day,
            day,
        )

    def passes(self, name: str, values: Sequence[str], today: date) -> Sql:
        """Whether a document has one of the facet's values."""
        if name == "status":
            return self.status(today) + Sql(f"IN ({places(values)})", *values)
        return Sql(
            "EXISTS (SELECT 1 FROM {p}_facet x WHERE x.document = d.id AND x.name = %s "
            f"AND x.value IN ({places(values)}))",
            name,
            *values,
        )

    def order(self, sort: str, today: date) -> Sql:
        last = Sql("d.title_sort, d.doc_id")
        if sort == "newest":
            return Sql("d.published IS NULL, d.published DESC,") + last
        if sort == "ending":  # soonest first, then without an end, then the most recently ended
            day = today.isoformat()
            rank = Sql("CASE WHEN d.ends >= %s THEN 0 WHEN d.ends IS NULL THEN 1 ELSE 2 END,", day)
            coming = Sql("CASE WHEN d.ends >= %s THEN d.ends END, d.ends DESC,", day)
            return rank + coming + last
        if sort == "title":
            return last
        return Sql("ROUND(CAST(m.score AS numeric), 6) DESC,") + last

    def chosen(self, plan: Plan, filters: Filters | None, today: date) -> Sql:
        conditions = [self.visible(plan.locale, today)]
        for name, values in clean_filters(filters, FACETS).items():
            conditions.append(self.passes(name, values, today))
        source = Sql("FROM matched m JOIN {p}_document d ON d.id = m.id WHERE")
        return source + Sql.join(" AND ", conditions)
