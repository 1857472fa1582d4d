"""What is out of repair that a user may mend: asked by the front page, the reports and letters."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy, policy_registry

from cms.core.admin import PageListings
from cms.core.admin.to_do import changeable, waiting_drafts
from cms.core.models import BasePage
from cms.translation.policy import may_change, translates_only

from .models import Link, LinkUse, PictureUse
from .reading import record_models


def keeps_pages(user) -> bool:
    """Whether somebody of the staff may change any page at all."""
    if not user.is_active or translates_only(user):
        return False
    return user.is_superuser or page_permission_policy.user_has_permission(user, "change")


def page_models() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def due_reviews(today: date | None = None) -> QuerySet[Page]:
    """Live pages whose day of review has come, in the language first written."""
    today = today or timezone.localdate()
    # Of each type by the day alone, which is indexed: the few that are found are looked at further.
    first, *rest = (
        model._base_manager.filter(review_on__lte=today).order_by().values_list("pk")
        for model in page_models()
    )
    keys = [pk for (pk,) in first.union(*rest)]
    same = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    is_first = ~Exists(same.filter(pk__lt=OuterRef("pk")))
    return Page.objects.filter(is_first, pk__in=keys, live=True, alias_of=None)


def reviews(user) -> QuerySet[Page]:
    return changeable(due_reviews(), user)


def other_drafts(user) -> QuerySet[Page]:
    """Pages without a listing of their type that are drafts, or have unpublished changes."""
    listed = {each.model for each in PageListings.__subclasses__()}
    kinds = ContentType.objects.get_for_models(*(set(page_models()) - listed)).values()
    pages = Page.objects.filter(
        content_type__in=[kind.pk for kind in kinds],
        locale=Locale.get_default(),
        alias_of=None,
        depth__gt=1,
    )
    waiting = Q(live=False) | Q(has_unpublished_changes=True)
    return changeable(pages.filter(waiting), user)


def drafts_of_others(user) -> int:
    return sum(waiting_drafts(other_drafts(user)).values())


@dataclass(frozen=True)
class BrokenUse:
    """A broken link where it stands; ``thing`` is the page or record, ``url`` its form."""

    use: LinkUse
    thing: Model
    url: str

    @property
    def link(self) -> Link:
        return self.use.link


def broken_uses(user) -> list[BrokenUse]:
    """The links that somebody may mend, those that have failed for longest first."""
    links = Link.objects.broken()
    uses = LinkUse.objects.filter(link__in=links).select_related("link")
    by_kind: dict[int, list[LinkUse]] = {}
    for use in uses.order_by("link__first_failed_on", "pk"):
        by_kind.setdefault(use.content_type_id, []).append(use)
    found = (_open_uses(user, kind, uses) for kind, uses in by_kind.items())
    return sorted(chain.from_iterable(found), key=lambda each: each.link.first_failed_on)


def _open_uses(user, kind: int, uses: list[LinkUse]) -> list[BrokenUse]:
    model = ContentType.objects.get_for_id(kind).model_class()
    keys = {use.object_id for use in uses}
    if model is Page:
        things = changeable(Page.objects.filter(pk__in=keys, live=True), user).in_bulk()
    elif model in record_models() and may_change(user, model):
        things = model._base_manager.in_bulk(keys)
    else:
        things = {}
    return [
        BrokenUse(use, things[use.object_id], place_of(model, use.object_id, use.place))
        for use in uses
        if use.object_id in things
    ]


def place_of(model: type[Model], key: int, place: str) -> str:
    """The field of the form of a page or record."""
    if model is Page:
        form = reverse("wagtailadmin_pages:edit", args=[key])
    else:
        form = reverse(model.snippet_viewset.get_url_name("edit"), args=[key])
    return f"{form}#:w:contentpath={place}"


def picture_uses(user) -> QuerySet[PictureUse]:
    """Of live pages that somebody may change, where no words stand for a picture."""
    pages = changeable(Page.objects.filter(live=True), user).order_by().values("pk")
    kind = ContentType.objects.get_for_model(Page)
    uses = PictureUse.objects.lacking().filter(content_type=kind, object_id__in=pages)
    if user.is_superuser:
        return uses
    own = changeable_pictures(user).order_by().values("pk")
    return uses.filter(Q(is_described_here=True) | Q(image__in=own))


def changeable_pictures(user) -> QuerySet:
    policy = policy_registry.get_by_type(get_image_model())
    return policy.instances_user_has_permission_for(user, "change")


def pictures(user) -> QuerySet:
    uses = picture_uses(user).filter(image=OuterRef("pk"))
    return get_image_model().objects.filter(Exists(uses))
