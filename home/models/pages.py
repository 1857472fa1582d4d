from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import BodyBlock
from cms.core.models import BasePage
from cms.core.querysets import LocalisedPageQuerySet
from cms.core.structured_data import absolute, organisation_id


class HomePage(BasePage):
    """The front page: what the association is, a search field, current projects, publications."""

    body = StreamField(BodyBlock(), verbose_name=_("about the association"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def structured_data(self, request) -> dict:
        return {
            "@type": "WebSite",
            "@id": absolute(request, "/#site"),
            "name": self.title,
            "description": self.meta_description,
            "url": absolute(request, self.get_url(request)),
            "inLanguage": self.locale.language_code,
            "publisher": {"@id": organisation_id(request)},
        }


class ContentPage(BasePage):
    """Running text: about the association, accessibility statement, privacy notice."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "pages/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        subpages = LocalisedPageQuerySet(Page).child_of(self).visible()
        context["subpages"] = subpages.order_by("path") if self.numchild else []
        return context


class ContactsPage(BasePage):
    """Everyone whose contact details are public now, in one place."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "pages/contacts_page.html"

    class Meta:
        verbose_name = _("contacts page")
        verbose_name_plural = _("contacts pages")

    def structured_data(self, request) -> dict:
        return {**super().structured_data(request), "@type": "ContactPage"}
