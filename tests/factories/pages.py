import factory
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site, TranslatableMixin

from home.models import ContactsPage, ContentPage, HomePage
from news.models import NewsIndexPage, NewsOrganisation, NewsPage, NewsProject
from projects.models import (
    Municipality,
    ProjectAmount,
    ProjectArea,
    ProjectCode,
    ProjectContact,
    ProjectFunding,
    ProjectIndexPage,
    ProjectLink,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
)
from publications.models import (
    PublicationFile,
    PublicationIndexPage,
    PublicationPage,
    PublicationProject,
)


def home_page() -> HomePage:
    """The Finnish home page that the migrations made."""
    return Site.objects.get(is_default_site=True).root_page.specific


def only_child(model, slug: str, title: str, parent=None):
    """The one page of this type below ``parent`` (the Finnish home page), made if missing."""
    parent = parent or home_page()
    found = model.objects.child_of(parent).first()
    return found or parent.add_child(
        instance=model(title=title, slug=slug, locale=parent.locale, show_in_menus=True)
    )


def project_index() -> ProjectIndexPage:
    return only_child(ProjectIndexPage, "hankkeet", "Hankkeet")


def publication_index() -> PublicationIndexPage:
    return only_child(PublicationIndexPage, "julkaisut", "Julkaisut")


def news_index() -> NewsIndexPage:
    return only_child(NewsIndexPage, "uutiset", "Uutiset ja tapahtumat")


def translate(page, language_code: str, **fields):
    """A live translation of ``page`` with ``fields`` set; missing parents are translated too."""
    locale, _ = Locale.objects.get_or_create(language_code=language_code)
    parent = page.get_parent().specific
    if parent.depth > 1 and not parent.has_translation(locale):
        translate(parent, language_code)
    translated = page.copy_for_translation(locale, copy_parents=True)
    translated.alias_of = None
    for name, value in fields.items():
        setattr(translated, name, value)
    translated.save()
    translated.save_revision().publish()
    return translated.__class__.objects.get(pk=translated.pk)


class PageFactory(factory.django.DjangoModelFactory):
    """A live page below ``parent``, in its locale. Lists of relations are set before the save."""

    class Meta:
        abstract = True

    slug = factory.LazyAttributeSequence(lambda o, n: f"{slugify(o.title) or 'page'}-{n}")

    @classmethod
    def default_parent(cls):
        return home_page()

    @classmethod
    def relations(cls, fields: dict) -> dict[str, list]:
        return {}

    @classmethod
    def _create(cls, model_class, *args, **fields):
        parent = fields.pop("parent", None) or cls.default_parent()
        fields.setdefault("locale", parent.locale)
        relations = cls.relations(fields)
        page = model_class(**fields)
        for name, children in relations.items():
            setattr(page, name, children)
        return parent.add_child(instance=page)


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    title = factory.Sequence("Home {}".format)

    @classmethod
    def default_parent(cls):
        return Page.get_first_root_node()


class ContentPageFactory(PageFactory):
    class Meta:
        model = ContentPage

    title = factory.Sequence("Content {}".format)


class ContactsPageFactory(PageFactory):
    class Meta:
        model = ContactsPage

    title = "Contacts"


class ProjectIndexFactory(PageFactory):
    class Meta:
        model = ProjectIndexPage

    title = "Projects"


class PublicationIndexFactory(PageFactory):
    class Meta:
        model = PublicationIndexPage

    title = "Publications"


def children(model, locale, rows: list) -> list:
    """Child objects in order; a row is a dict of the child's fields."""
    own = {"locale": locale} if issubclass(model, TranslatableMixin) else {}
    return [model(**own, sort_order=place, **row) for place, row in enumerate(rows)]


class ProjectFactory(PageFactory):
    """A project below the project list.

    ``organisations``: ``[(organisation, role)]``; ``funding``: ``[(organisation, role, amount)]``;
    ``municipalities`` and ``regions``: official codes; ``themes``, ``target_groups``,
    ``contacts`` (people): objects; ``amounts``, ``codes``, ``areas``, ``links``: dicts of fields.
    """

    class Meta:
        model = ProjectPage

    title = factory.Sequence("Project {}".format)

    @classmethod
    def default_parent(cls):
        return project_index()

    @classmethod
    def relations(cls, fields):
        rows = {
            (ProjectOrganisation, "organisations"): [
                {"organisation": organisation, "role": role}
                for organisation, role in fields.pop("organisations", [])
            ],
            (ProjectFunding, "funding"): [
                {"organisation": organisation, "role": role, "amount": amount}
                for organisation, role, amount in fields.pop("funding", [])
            ],
            (ProjectMunicipality, "municipalities"): [
                {"municipality": Municipality.objects.get(code=code)}
                for code in fields.pop("municipalities", [])
            ],
            (ProjectRegion, "regions"): [
                {"region": Region.objects.get(code=code)} for code in fields.pop("regions", [])
            ],
            (ProjectTheme, "themes"): [{"theme": theme} for theme in fields.pop("themes", [])],
            (ProjectTargetGroup, "target_groups"): [
                {"target_group": group} for group in fields.pop("target_groups", [])
            ],
            (ProjectContact, "contacts"): [
                {"person": person} for person in fields.pop("contacts", [])
            ],
            (ProjectAmount, "amounts"): fields.pop("amounts", []),
            (ProjectCode, "codes"): fields.pop("codes", []),
            (ProjectArea, "areas"): fields.pop("areas", []),
            (ProjectLink, "links"): fields.pop("links", []),
        }
        locale = fields["locale"]
        return {name: children(model, locale, row) for (model, name), row in rows.items()}


class PublicationFactory(PageFactory):
    """A publication. ``files``: dicts of ``PublicationFile``; ``projects``: project pages."""

    class Meta:
        model = PublicationPage

    title = factory.Sequence("Publication {}".format)

    @classmethod
    def default_parent(cls):
        return publication_index()

    @classmethod
    def relations(cls, fields):
        projects = [{"project": project} for project in fields.pop("projects", [])]
        locale = fields["locale"]
        return {
            "files": children(PublicationFile, locale, fields.pop("files", [])),
            "projects": children(PublicationProject, locale, projects),
        }


class NewsFactory(PageFactory):
    """News, or an event; ``projects``: project pages, ``organisations``: records."""

    class Meta:
        model = NewsPage

    title = factory.Sequence("News {}".format)

    @classmethod
    def default_parent(cls):
        return news_index()

    @classmethod
    def relations(cls, fields):
        projects = [{"project": each} for each in fields.pop("projects", [])]
        organisations = [{"organisation": each} for each in fields.pop("organisations", [])]
        locale = fields["locale"]
        return {
            "projects": children(NewsProject, locale, projects),
            "organisations": children(NewsOrganisation, locale, organisations),
        }
