"""Thousands of projects in seconds: rows written straight, for measuring and for query counts.

Pages made through ``add_child`` come at about 30 a second; a listing of 10,000 could not be
tested that way. What is written is what a published, translated project would have.
"""

import random
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Locale, Page

from projects.models import (
    FundingRole,
    Municipality,
    Organisation,
    OrganisationKind,
    OrganisationRole,
    ProjectFunding,
    ProjectIndexPage,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
    TargetGroup,
    Theme,
)

BATCH = 500


def insert_own_rows(rows: Iterable[models.Model]) -> None:
    """Write a child model's own table only: Django's ``bulk_create`` refuses inherited models."""
    rows = list(rows)
    for start in range(0, len(rows), 40):
        query = InsertQuery(type(rows[0]))
        query.insert_values(rows[0]._meta.local_concrete_fields, rows[start : start + 40])
        query.get_compiler(connection=connection).execute_sql()


def terms(model, names: list[str], locales: list[Locale]) -> list[dict[str, models.Model]]:
    """One term a name, in each locale: ``[{"fi": …, "sv": …}, …]``."""
    made = []
    for name in names:
        key = uuid.uuid4()
        fields = {} if model is Organisation else {"slug": name}
        made.append(
            {
                locale.language_code: model.objects.create(
                    name=f"{name} {locale.language_code}",
                    translation_key=key,
                    locale=locale,
                    **fields,
                )
                for locale in locales
            }
        )
    return made


@transaction.atomic
def make_projects(
    number: int, index: ProjectIndexPage, languages: tuple[str, ...] = ("fi",), seed: int = 1
) -> None:
    """Write ``number`` published projects below ``index``, each in every one of ``languages``.

    ``index`` is the Finnish list; its translations are made if they are missing.
    """
    rng = random.Random(seed)
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in languages]
    themes = terms(Theme, [f"theme-{n}" for n in range(12)], locales)
    groups = terms(TargetGroup, [f"group-{n}" for n in range(10)], locales)
    organisations = terms(Organisation, [f"Organisation {n}" for n in range(40)], locales)
    Organisation.objects.filter(name__startswith="Organisation 1").update(
        kind=OrganisationKind.FUND
    )
    municipalities = list(Municipality.objects.filter(in_force=True))
    regions = list(Region.objects.all())
    parents = {
        locale.language_code: index
        if locale.pk == index.locale_id
        else index.get_translation_or_none(locale)
        or index.copy_for_translation(locale, copy_parents=True)
        for locale in locales
    }
    for parent in parents.values():
        if not parent.live:
            parent.get_ancestors(inclusive=True).update(live=True)
    content_type = ContentType.objects.get_for_model(ProjectPage)
    now = timezone.now()
    ids = count((Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1)
    first_child = {
        code: Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path).count()
        for code, parent in parents.items()
    }

    pages, children = [], []

    def flush() -> None:
        Page.objects.bulk_create([Page(**base_fields(page)) for page in pages])
        insert_own_rows(pages)
        for model in {type(child) for child in children}:
            model.objects.bulk_create([child for child in children if type(child) is model])
        pages.clear()
        children.clear()

    for n in range(number):
        key = uuid.uuid4()
        start = date(2014, 1, 1) + timedelta(days=rng.randrange(12 * 365))
        end = start + timedelta(days=rng.randrange(180, 1500))
        chosen = {
            "theme": rng.sample(themes, 2),
            "group": rng.sample(groups, 2),
            "funder": rng.sample(organisations[:12], 2),
            "lead": rng.choice(organisations),
            "places": rng.sample(municipalities, 3),
            "region": rng.choice(regions),
        }
        for code, parent in parents.items():
            page = ProjectPage(
                id=next(ids),
                title=f"Project {n:05} {code}",
                draft_title=f"Project {n:05} {code}",
                slug=f"project-{seed}-{n}",
                lead="What this project is about, in one sentence or two.",
                code=f"S{seed}{n:05}",
                locale=parent.locale,
                translation_key=key,
                content_type=content_type,
                path=ProjectPage._get_path(
                    parent.path, parent.depth + 1, first_child[code] + n + 1
                ),
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}project-{seed}-{n}/",
                live=True,
                first_published_at=now,
                last_published_at=now,
                start_date=start,
                end_date=end,
                extension_end_date=end + timedelta(days=90) if n % 5 == 0 else None,
                body=[("section", {"kind": "aims", "heading": "", "text": "<p>Aims.</p>" * 40})],
            )
            page.page_ptr_id = page.id
            pages.append(page)
            children += child_rows(page, chosen, code, n)
        if len(pages) >= BATCH:
            flush()
    if pages:
        flush()
    for parent in parents.values():
        Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + number)


def base_fields(page: ProjectPage) -> dict:
    return {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}


def child_rows(page: ProjectPage, chosen: dict, code: str, number: int) -> list[models.Model]:
    common = {"page": page, "locale_id": page.locale_id}
    rows = [ProjectTheme(theme=term[code], **common) for term in chosen["theme"]]
    rows += [ProjectTargetGroup(target_group=term[code], **common) for term in chosen["group"]]
    rows += [
        ProjectFunding(
            organisation=term[code],
            role=FundingRole.MAIN if n == 0 else FundingRole.CO_FUNDER,
            amount=1000 * number or None,
            sort_order=n,
            **common,
        )
        for n, term in enumerate(chosen["funder"])
    ]
    rows.append(
        ProjectOrganisation(organisation=chosen["lead"][code], role=OrganisationRole.LEAD, **common)
    )
    rows += [
        ProjectMunicipality(municipality=place, sort_order=n, **common)
        for n, place in enumerate(chosen["places"])
    ]
    if number % 3 == 0:
        rows.append(ProjectRegion(region=chosen["region"], **common))
    return rows
