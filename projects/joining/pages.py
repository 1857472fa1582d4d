"""A project becomes part of another: what it has and the other lacks goes over to that."""

from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.actions.delete_page import DeletePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision, Site

from cms.core.permissions import is_closed

from ..models import ProjectPage
from ..models.doubles import empty
from . import drafts, translations
from .following import fillings, follow, follow_key, merge_doubles
from .journal import Journal, Refused, plain, tell

WORDS = {"lead", "seo_title", "search_description"}


def versions(page: ProjectPage) -> dict[int, ProjectPage]:
    """By language, the page that carries the facts first; without aliases."""
    same = ProjectPage.objects.filter(translation_key=page.translation_key, alias_of=None)
    return {one.locale_id: one for one in same.order_by("-carries_facts", "pk")}


def refuse(stays: ProjectPage, gone: ProjectPage) -> None:
    """Raise :class:`Refused` where joining would show or lose what nobody asked for."""
    if is_closed(gone) != is_closed(stays):
        raise Refused(
            _("One of the two is open to the public and the other is not. Make them alike first.")
        )
    keys = (stays.translation_key, gone.translation_key)
    if Page.objects.filter(alias_of__translation_key__in=keys).exclude(translation_key__in=keys):
        raise Refused(_("One of the two has an alias elsewhere. Delete the alias first."))


def join(stays: ProjectPage, gone: ProjectPage, journal: Journal, user=None) -> None:
    kept, old = versions(stays), versions(gone)
    carrier, source = next(iter(kept.values())), next(iter(old.values()))
    refuse(carrier, source)
    follow_key(source, carrier, journal)
    translations.move(source.translation_key, carrier, journal, same_words=False)
    facts = fillings(carrier, source, set(carrier.fact_fields))
    journal.set(carrier, **facts)
    filled = {carrier.pk: set(facts)}
    for locale, page in old.items():
        if locale in kept:
            words = fillings(kept[locale], page, WORDS)
            if not kept[locale].body and page.body:
                words["body"] = page.body
            journal.set(kept[locale], **words)
            filled.setdefault(kept[locale].pk, set()).update(words)
        else:
            _move_language(page, carrier, journal)
            kept[locale] = page
    doomed = [page for locale, page in old.items() if kept[locale] is not page]
    moved = _follow(source, carrier, doomed, kept, journal)
    _bring_drafts_up_to_date(kept.values(), filled, moved, journal)
    pairs = {page.pk: kept[page.locale_id].pk for page in doomed}
    drafts.follow(ProjectPage, pairs, journal)
    drafts.follow_links(pairs, journal)
    drafts.note_versions(journal)
    _let_go(gone, doomed, kept, journal, user)
    for page in kept.values():
        journal.latest(page)
        tell(page)


def _move_language(page: ProjectPage, carrier: ProjectPage, journal: Journal) -> None:
    """A language that the other project lacks: the page becomes that language of it."""
    blank = {name: page._meta.get_field(name) for name in page.fact_fields}
    none = {field.attname: field.get_default() for field in blank.values()}
    key = {"translation_key": carrier.translation_key, "carries_facts": False}
    journal.set(page, **key, **(none if page.carries_facts else {}))
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
        journal.set_content(revision, **plain(key))


def _follow(
    source: ProjectPage, carrier: ProjectPage, doomed: list, kept: dict, journal: Journal
) -> list[Model]:
    """Rows of the facts and whatever else names the project; returns the rows that moved."""
    moved = []
    for name in carrier.fact_relations:
        rows = list(getattr(carrier, name).all())
        last = max((row.sort_order or 0 for row in rows), default=-1)
        for number, row in enumerate(
            source._meta.get_field(name)
            .related_model.objects.filter(page=source.pk)
            .order_by("sort_order", "pk"),
            last + 1,
        ):
            journal.set(row, page_id=carrier.pk, sort_order=number)
            moved.append(row)
    for page in doomed:
        moved += follow(page, kept[page.locale_id], journal)
    merge_doubles(moved, journal)
    moved = [row for row in moved if type(row)._base_manager.filter(pk=row.pk).exists()]
    for row in moved:
        if _names_itself(row):
            journal.remove(row)
    return moved


def _names_itself(row: Model) -> bool:
    """A project that followed the other follows itself now."""
    keys = [field for field in row._meta.fields if field.remote_field]
    parent = next((field for field in keys if isinstance(field, ParentalKey)), None)
    return parent is not None and any(
        field != parent
        and field.related_model is parent.related_model
        and getattr(row, field.attname) == getattr(row, parent.attname)
        for field in keys
    )


def _bring_drafts_up_to_date(pages, filled: dict, moved: list, journal: Journal) -> None:
    """The form opens on the latest version: what came over has to stand there too."""
    for page in pages:
        revision = Revision.objects.filter(pk=page.latest_revision_id).first()
        if revision is None:
            continue
        stored = ProjectPage.objects.get(pk=page.pk).serializable_data()
        names = {page._meta.get_field(name).name for name in filled.get(page.pk, ())}
        changes = {name: stored[name] for name in names if empty(revision.content.get(name))}
        if not revision.content.get("body") or revision.content["body"] == "[]":
            changes |= {"body": stored["body"]} if "body" in names else {}
        if page.carries_facts and revision.content.get("carries_facts", True):
            changes |= _rows(page, revision, stored, moved)
        journal.set_content(revision, **plain(changes))


def _rows(page: ProjectPage, revision: Revision, stored: dict, moved: list) -> dict:
    """The draft's own rows, and those that came."""
    found = {}
    for name in page.fact_relations:
        model = page._meta.get_field(name).related_model
        came = {row.pk for row in moved if isinstance(row, model)}
        own = list(revision.content.get(name) or ())
        known = {row.get("pk") for row in own}
        own += [row for row in stored[name] if row["pk"] in came and row["pk"] not in known]
        there = {row["pk"] for row in stored[name]}
        own = [row for row in own if row.get("pk") is None or row["pk"] in there]
        found[name] = drafts.without_doubles(plain(own), model)
    return found


def _let_go(gone: ProjectPage, doomed: list, kept: dict, journal: Journal, user) -> None:
    """Aliases first, the page with the facts last: nobody inherits them. Old addresses lead on."""
    for page in doomed:
        if page.live:
            _redirect(page, kept[page.locale_id], journal)
    aliases = ProjectPage.objects.filter(translation_key=gone.translation_key)
    aliases = aliases.exclude(pk__in=[page.pk for page in doomed])
    for page in (*aliases, *reversed(doomed)):
        page = ProjectPage.objects.get(pk=page.pk)
        action = DeletePageAction(page, user=user)
        journal.remove(page, lambda action=action: action.execute(skip_permission_checks=True))


def _redirect(page: ProjectPage, stays: ProjectPage, journal: Journal) -> None:
    parts = page.get_url_parts()
    if not parts:
        return
    site = Site.objects.get(pk=parts[0])
    path = Redirect.normalise_path(parts[2])
    known = Redirect.objects.filter(old_path=path, site=site).first()
    if known:
        journal.set(known, redirect_page_id=stays.pk, redirect_link="")
        return
    made = Redirect.objects.create(old_path=path, site=site, redirect_page=stays)
    journal.made(made)
