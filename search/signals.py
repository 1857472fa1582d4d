"""What an edit anywhere means for the index. The rooms below do not know of the search."""

import logging
from collections.abc import Iterable

from django.db.models import Q
from django.db.models.signals import post_save, pre_delete
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.assets.models import CustomDocument
from cms.core.content_epoch import drop_public_pages
from cms.core.permissions import at_or_below
from cms.core.wagtail_indexes import is_draft
from home.models import ContactsPage
from news.models import NewsPage
from projects.importing import import_ended
from projects.models import (
    Municipality,
    Organisation,
    Person,
    Programme,
    ProjectPage,
    Region,
    TargetGroup,
    Theme,
)
from projects.models.addresses import KINDS as ADDRESS_KINDS
from publications.models import PublicationPage

from .documents import PAGE_KINDS
from .engines import configured_engines, database_engine, get_engine
from .indexing import bring_up_to_date
from .models import Promotion, SynonymGroup
from .sources.subjects import place_key
from .tasks import changed, changed_all

logger = logging.getLogger("katto.search")


# Where a project refers to a shared record; read by translation key, so in every language.
PROJECT_LOOKUPS = {
    Organisation: (
        "organisations__organisation__translation_key",
        "funding__organisation__translation_key",
    ),
    Theme: ("themes__theme__translation_key",),
    TargetGroup: ("target_groups__target_group__translation_key",),
    Programme: ("programme__translation_key",),
    Municipality: ("municipalities__municipality__pk",),
    Region: ("regions__region__pk", "municipalities__municipality__region__pk"),
}

Keys = Iterable[tuple[str, object]]


def kind_keys(kind: str, queryset) -> set[tuple[str, object]]:
    keys = queryset.order_by().values_list("translation_key", flat=True).distinct()
    return {(kind, key) for key in keys}


def publications_of(condition: Q) -> Keys:
    return kind_keys("publication", PublicationPage.objects.filter(condition).distinct())


def news_of(condition: Q) -> Keys:
    return kind_keys("news", NewsPage.objects.filter(condition).distinct())


def followers_of(condition: Q) -> Keys:
    """What is about projects and says their names."""
    return publications_of(condition) | news_of(condition)


def page_keys(page: Page) -> Keys:
    """The page's own document, and those that carry its facts or its address."""
    kind = PAGE_KINDS.get(type(page))
    keys = {(kind, page.translation_key)} if kind else set()
    if isinstance(page, ProjectPage):
        keys |= followers_of(Q(projects__project__translation_key=page.translation_key))
    if isinstance(page, ContactsPage):
        keys |= kind_keys("person", Person.objects.all())
    return keys


def branch_keys(page: Page) -> Keys:
    """Everything at or below a page in any language: its address or its visibility changed."""
    twins = Page.objects.filter(translation_key=page.translation_key)
    branches = at_or_below(twins.values_list("path", flat=True))
    keys = set()
    for model, kind in PAGE_KINDS.items():
        keys |= kind_keys(kind, model.objects.filter(branches))
    keys |= followers_of(Q(projects__project__in=ProjectPage.objects.filter(branches)))
    if ContactsPage.objects.filter(branches).exists():
        keys |= kind_keys("person", Person.objects.all())
    return keys


def record_keys(record) -> Keys:
    """Projects that name a shared record, and the publications and people that follow from it."""
    model = type(record)
    wanted = getattr(record, "translation_key", record.pk)
    condition = Q()
    for lookup in PROJECT_LOOKUPS[model]:
        condition |= Q(**{lookup: wanted})
    projects = kind_keys("project", ProjectPage.objects.filter(condition))
    keys = projects | followers_of(
        Q(projects__project__translation_key__in=[key for _kind, key in projects])
    )
    if model is Organisation:
        keys |= kind_keys("person", Person.objects.filter(organisation__translation_key=wanted))
        keys |= news_of(Q(organisations__organisation__translation_key=wanted))
    if kind := ADDRESS_KINDS.get(model):
        keys.add((kind, wanted))
    if model in (Municipality, Region):
        keys.add(("place", place_key(model._meta.model_name, record.code)))
    return keys


def on_page(sender, instance, **kwargs) -> None:
    changed(page_keys(instance.specific))


def on_branch(sender, instance, **kwargs) -> None:
    changed(branch_keys(instance))


def on_own_page(sender, instance, raw=False, update_fields=None, created=False, **kwargs) -> None:
    """Saved or deleted as its own type; pages made by code are live without being published."""
    if not (raw or is_draft(instance, update_fields) or (created and not instance.live)):
        changed(page_keys(instance))


def collection_keys(instance) -> Keys:
    """Moved, closed or opened: the words of its documents, and of those below, come or go."""
    wanted = getattr(instance, "collection_id", instance.pk)
    path = Collection.objects.filter(pk=wanted).values_list("path", flat=True).first()
    # A collection can be deleted only when it is empty.
    files = Q(files__document__collection__path__startswith=path or "-")
    return kind_keys("publication", PublicationPage.objects.filter(files))


# What the saving or deleting of one of these changes, beside pages.
KEYS = {
    **dict.fromkeys(PROJECT_LOOKUPS, record_keys),
    Person: lambda person: {("person", person.translation_key)},
    CustomDocument: lambda document: publications_of(Q(files__document=document)),
    Collection: collection_keys,
    CollectionViewRestriction: collection_keys,
    PageViewRestriction: lambda restriction: branch_keys(restriction.page),
}


def on_record(sender, instance, raw=False, **kwargs) -> None:
    if not raw:
        changed(KEYS[sender](instance))


def on_words(sender, raw=False, **kwargs) -> None:
    """What staff know of words is read once for each epoch."""
    if not raw:
        drop_public_pages()


def on_everything(sender, instance, raw=False, created=True, **kwargs) -> None:
    if not raw:
        changed_all()


def on_import(sender, **kwargs) -> None:
    """Follow here and now: nobody may be serving the site, and a worker would only be later."""
    for name in configured_engines():
        try:
            bring_up_to_date(name)
        except Exception:
            logger.exception("Following the import in %s failed; it stays pending.", name)


def make_index(using: str = "default", plan=(), **kwargs) -> None:
    """The database's index has tables of its own, which no migration of a model makes.

    Made anew for another schema, it is empty: everything is indexed again.
    """
    if using != "default" or any(backwards for _migration, backwards in plan):
        return
    engine = get_engine(database_engine())
    engine.create()
    if next(engine.ids(), None) is None:
        changed_all()


def connect() -> None:
    import_ended.connect(on_import, dispatch_uid="search")
    for signal in (page_published, page_unpublished):
        signal.connect(on_page, dispatch_uid="search")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(on_branch, dispatch_uid="search")
    handlers = {
        **dict.fromkeys([*PAGE_KINDS, ContactsPage], on_own_page),
        **dict.fromkeys(KEYS, on_record),
        Locale: on_everything,
        Site: on_everything,
        SynonymGroup: on_words,
        Promotion: on_words,
    }
    for model, handler in handlers.items():
        post_save.connect(handler, sender=model, dispatch_uid="search")
        # Before, while it is still known what refers to it; followed after the commit.
        pre_delete.connect(handler, sender=model, dispatch_uid="search")
