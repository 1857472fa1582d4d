"""As somebody would write them who knows Wagtail and has the same facts to show."""

from django.core.paginator import Paginator
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index


class Named(models.Model):
    name = models.CharField(max_length=255)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Programme(Named):
    pass


class Organisation(Named):
    pass


class Municipality(Named):
    pass


class Region(Named):
    pass


class Theme(Named):
    pass


class TargetGroup(Named):
    pass


class Person(Named):
    email = models.EmailField()
    phone = models.CharField(max_length=50)


class SectionBlock(StructBlock):
    heading = CharBlock()
    text = RichTextBlock()

    class Meta:
        template = "plain/section.html"


class LeadPage(Page):
    lead = models.TextField(blank=True)
    body = StreamField([("section", SectionBlock())], blank=True)
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    content_panels = [*Page.content_panels, "lead", "body"]

    class Meta:
        abstract = True


class HomePage(LeadPage):
    def get_context(self, request):
        projects = ProjectPage.objects.live().order_by("-start_date")[:6]
        publications = PublicationPage.objects.live().order_by("-publication_date")[:3]
        return {**super().get_context(request), "projects": projects, "publications": publications}


class ProjectIndexPage(LeadPage):
    def get_context(self, request):
        projects = ProjectPage.objects.live().child_of(self).order_by("-start_date")
        projects = projects.prefetch_related("municipalities", "themes")
        page = Paginator(projects, 20).get_page(request.GET.get("page"))
        return {**super().get_context(request), "projects": page}


class ProjectPage(LeadPage):
    acronym = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=60, blank=True)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.SET_NULL)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    extension_end_date = models.DateField(null=True, blank=True)
    realised_public_funding = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )
    municipalities = ParentalManyToManyField(Municipality)
    regions = ParentalManyToManyField(Region, blank=True)
    themes = ParentalManyToManyField(Theme)
    target_groups = ParentalManyToManyField(TargetGroup)
    contacts = ParentalManyToManyField(Person)

    def get_context(self, request):
        organisations = self.organisations.select_related("organisation")
        funding = self.funding.select_related("organisation")
        context = super().get_context(request)
        return {**context, "organisations": organisations, "funding": funding}


class ProjectOrganisation(Orderable):
    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=24)


class ProjectFunding(Orderable):
    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="funding")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)


class PublicationIndexPage(LeadPage):
    pass


class PublicationPage(LeadPage):
    kind = models.CharField(max_length=20)
    publication_date = models.DateField(null=True, blank=True)
    projects = ParentalManyToManyField(ProjectPage)


class PublicationFile(Orderable):
    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=12)
    url = models.URLField()
