from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail_localize.models import TranslationSource

from .filters import LocaleFirstFilterSet, any_case
from .to_do import Line


class TranslatableSnippetListing(SnippetIndexView):
    """A snippet listing whose number of queries does not depend on its rows.

    wagtail-localize adds its two buttons through a hook that queries three times for each row;
    here the same buttons come from two annotations. Delete :meth:`get_list_buttons` once the hook
    upstream no longer does that.
    """

    base_filterset_class = LocaleFirstFilterSet
    paginate_by = 50

    def get_base_queryset(self):
        twins = self.model.objects.filter(translation_key=OuterRef("translation_key"))
        source = TranslationSource.objects.filter(
            object_id=OuterRef("translation_key"),
            locale_id=OuterRef("locale_id"),
            specific_content_type=ContentType.objects.get_for_model(self.model),
            translations__enabled=True,
        )
        return (
            super()
            .get_base_queryset()
            .select_related("locale")
            .annotate(
                languages_done=Subquery(
                    twins.order_by().values("translation_key").annotate(n=Count("pk")).values("n")
                ),
                localize_source=Subquery(source.values("pk")[:1]),
            )
        )

    @cached_property
    def languages_total(self) -> int:
        return Locale.objects.count()

    @cached_property
    def may_submit(self) -> bool:
        user = self.request.user
        return user.has_perm("wagtail_localize.submit_translation") and self.user_has_permission(
            "change"
        )

    def get_translation_buttons(self, instance):
        if not self.may_submit:
            return []
        buttons = []
        if instance.languages_done < self.languages_total:
            meta = self.model._meta
            buttons.append(
                Button(
                    _("Translate"),
                    url=reverse(
                        "wagtail_localize:submit_snippet_translation",
                        args=[meta.app_label, meta.model_name, instance.pk],
                    ),
                    icon_name="wagtail-localize-language",
                    priority=100,
                )
            )
        if instance.localize_source:
            buttons.append(
                Button(
                    _("Sync translations"),
                    url=reverse(
                        "wagtail_localize:update_translations", args=[instance.localize_source]
                    ),
                    icon_name="resubmit",
                    priority=106,
                )
            )
        return buttons

    def get_list_buttons(self, instance):
        buttons = [Button.from_menu_item(item) for item in self.get_list_more_buttons(instance)]
        buttons += self.get_translation_buttons(instance)
        if not buttons:
            return []
        label = _("More options for '%(title)s'") % {"title": instance}
        return [
            ButtonWithDropdown(
                buttons=buttons, icon_name="dots-horizontal", attrs={"aria-label": label}
            )
        ]


class PageListing(PageIndexView):
    """All pages of one type, in one language at a time, searched by ``search_fields``."""

    base_filterset_class = LocaleFirstFilterSet
    search_fields = ["title", "draft_title"]
    paginate_by = 50

    def annotate_queryset(self, pages):
        return (
            pages.defer_streamfields()
            .select_related("owner", "locale", "content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
        )

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(any_case(self.search_fields, self.search_query))


def page_lines(user, model, index_model, listing: str, labels: dict[str, str]):
    """To do with pages of one type: add one, publish drafts, publish changes. Two queries.

    ``listing`` is the name space of the type's listing; ``labels`` are the words for "add",
    "changed" and "drafts".
    """
    addable = page_permission_policy.instances_user_has_permission_for(user, "add")
    if index_model.objects.filter(pk__in=addable.values("pk")).exists():
        yield Line(labels["add"], reverse(f"{listing}:choose_parent"))
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = model.objects.filter(pk__in=mine.values("pk"), locale=Locale.get_default())
    counts = pages.order_by().aggregate(
        changed=Count("pk", filter=Q(live=True, has_unpublished_changes=True)),
        drafts=Count("pk", filter=Q(live=False)),
    )
    url = reverse(f"{listing}:index")
    yield Line(labels["changed"], f"{url}?live=changed", counts["changed"])
    yield Line(labels["drafts"], f"{url}?live=false", counts["drafts"])
