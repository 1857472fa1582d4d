"""Every admin address that names something of a member's, and people of five kinds who ask for it.

What the addresses are is read from the resolver; see :mod:`tests.security.addresses`.
"""

from collections.abc import Iterator
from types import SimpleNamespace

from cms.users import roles
from projects.admin.members import make_group
from tests.factories import (
    DocumentFactory,
    EditorFactory,
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
)
from tests.members.people import editor_of, member_with_editor
from tests.security.addresses import Address, World, addresses
from tests.translation.rights import translator

SECRET = "Salaisuus"
"""In all that nobody but the member and the umbrella may read."""
SOUGHT = "hakusana"
"""Beside it: by this they are searched for, and an answer may say it again."""
OTHER_THINGS = (
    *("wagtailusers_", "wagtailsites", "wagtaillocales", "wagtailredirects", "wagtailsettings"),
    *("wagtailadmin_collections", "wagtailadmin_workflows", "synonymgroup", "promotion"),
    *("missedsearch", "terms", "two_factor", "wagtail_bulk_action user", "wagtailembeds"),
    *("wagtailadmin_tag", "wagtailadmin_block_preview", "wagtailadmin_password_reset"),
    *("wagtailsnippetchoosers_projects_programme", "wagtailsnippetchoosers_projects_t"),
    *("wagtailsnippets_projects_programme", "wagtailsnippets_projects_t", "member_join"),
    *(
        "intake:",
        "translation:memory",
        "translation:terms",
        "translation:file ",
        "wagtailadmin_login",
    ),
    "/admin/^",
)
"""Beginnings of addresses that are about none of these; all others stand in the table."""


class MembersWorld(World):
    """One of everything, whatever can be a member's its own; ``kind``: which page it is about."""

    def __init__(self, kind: str):
        self.kind = kind
        super().__init__()

    def _files(self) -> None:
        """Before the workflow, the translation and all else is made of them."""
        super()._files()
        self.organisation = OrganisationFactory(name=f"Jäsen {self.kind}", is_member=True)
        self.collection = make_group(self.organisation).collection
        self.person = PersonFactory(
            name=f"{SECRET} {SOUGHT} Henkilö",
            email="salaisuus@example.org",
            organisation=self.organisation,
            show_on_contacts_page=False,
        )
        for name, factory in (("image", ImageFactory), ("document", DocumentFactory)):
            file = factory(title=f"{SECRET} {SOUGHT} {name}", collection=self.collection)
            file.get_file_size()
            setattr(self, name, file)
        self._pages()

    def _pages(self) -> None:
        rows = {"organisations": [(self.organisation, "lead")], "contacts": [self.person]}
        if self.kind == "publication":
            self.project = PublicationFactory(title=f"{SECRET} {SOUGHT}", slug="a", live=False)
        else:
            live = self.kind == "project"
            title = "Julkinen hanke" if live else f"{SECRET} {SOUGHT} luonnos"
            self.project = ProjectFactory(title=title, slug="a", live=live, **rows)
        self.draft = self.project
        self.project.title = f"{SECRET} {SOUGHT} nimi"
        self.revision = self.project.save_revision(user=self.owner)
        self.project = type(self.project).objects.get(pk=self.project.pk)
        self.draft = ProjectFactory(title=f"{SECRET} {SOUGHT} kulku", slug="b", live=False, **rows)
        self.draft.save_revision(user=self.owner)

    def _translation(self) -> None:
        super()._translation()
        if not self.project.live:
            self.easy.unpublish()


def people(world: MembersWorld) -> dict:
    """The columns of the table."""
    return {
        "own": editor_of(world.organisation),
        "other": member_with_editor("Toinen jäsen")[1],
        "editor": EditorFactory(join=roles.EDITORS.name),
        "publisher": EditorFactory(join=roles.PUBLISHERS.name),
        "translator": translator("sv"),
    }


def about(world: MembersWorld) -> Iterator[SimpleNamespace]:
    """``address`` with the ``kind`` of what it names; of each page kind the addresses of pages, and
    those of records and files once.
    """
    for address in addresses(world):
        kind = _kind(world, address)
        if kind == "page" or (kind and world.kind == "project"):
            yield SimpleNamespace(address=address, kind=world.kind if kind == "page" else kind)


def _kind(world: MembersWorld, address: Address) -> str:
    name = str(address)
    if not address.route.startswith("admin/") or "<" not in address.route:
        return ""
    if f"{name} ".startswith(OTHER_THINGS):
        return ""
    for kind in ("organisation", "person"):
        if kind in name:
            return kind
    if "snippet" in address.route and "localize" in address.route:
        return "person"
    if address.name == "member_people":
        return "organisation"
    for kind, words in (("picture", ("image",)), ("file", ("docs", "document"))):
        if any(word in name for word in words):
            return kind
    return "page"
