"""Every address of the site, from its resolver, with other people's things as arguments."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Locale,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.models import Term, TranslationRequest, Upload
from home.models import SiteSettings
from intake.models import Intake
from intake.reading import read_file
from projects.models import Joining
from search.models import MissedSearch, Promotion, SynonymGroup
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
    png,
    project_index,
    publication_index,
    translate,
)

BULK = {
    ("wagtailcore", "page"): (
        *("ask_for_translations", "delete", "join", "move", "publish", "unpublish"),
    ),
    ("users", "user"): ("assign_role", "delete", "set_active_state"),
    ("assets", "customimage"): ("add_tags", "add_to_collection", "delete"),
    ("assets", "customdocument"): ("add_tags", "add_to_collection", "delete"),
    ("projects", "person"): ("delete", "join"),
}


@dataclass(frozen=True)
class Address:
    """``name`` and ``variant`` tell it apart in the table; ``path`` is what is asked for."""

    name: str
    variant: str
    path: str
    route: str = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name} {self.variant}".strip()


def patterns(resolver=None, spaces=(), prefix=""):
    """``(name, route, pattern)`` of every address; what has no name is called by its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join([*spaces, entry.name]) if entry.name else f"/{route}", route, entry
        else:
            yield from patterns(
                entry, (*spaces, entry.namespace) if entry.namespace else spaces, route
            )


class World:
    """One of everything, none of it made by whoever asks."""

    def __init__(self):
        self.owner = SuperuserFactory(username="omistaja")
        self.site = Site.objects.get()
        SiteSettings.for_site(self.site)
        self.index = project_index()
        self.publications = publication_index()
        money = [(OrganisationFactory(), "main", 3), (OrganisationFactory(), "main", 1)]
        told = {"title": "Toisen hanke", "lead": "Lyhyesti.", "funding": money}
        self.project = ProjectFactory(owner=self.owner, **told)
        self.revision = self.project.save_revision(user=self.owner)
        self.revision.publish()
        self.draft = ProjectFactory(title="Salainen luonnos", live=False, owner=self.owner)
        self.draft_revision = self.draft.save_revision(user=self.owner)
        self.private = ContentPageFactory(title="Salattu sivu")
        self.restriction = PageViewRestriction.objects.create(
            page=self.private, restriction_type="password", password="sana"
        )
        self.organisation = OrganisationFactory()
        self.person = PersonFactory(name="Piilo Henkilö")
        self.programme = ProgrammeFactory()
        self.theme = ThemeFactory()
        self.target_group = TargetGroupFactory()
        self._files()
        self._workflow()
        self._translation()
        self.redirect = Redirect.objects.create(old_path="/vanha", redirect_link="/fi/")
        self.synonyms = SynonymGroup.objects.create(words="a, b")
        self.term = Term.objects.create()
        self.upload = Upload.objects.create(user=self.owner, purpose="terms")
        intake = Intake.objects.create(user=self.owner)
        read_file(intake, "a.csv", b"Hanke;Koodi\nSilta;S1\n")
        self.brought_in = intake.projects.get()
        self.joining = Joining.objects.create(
            content_type=ContentType.objects.get_for_model(self.project),
            key=self.project.translation_key,
            user=self.owner,
        )
        self.promotion = Promotion.objects.create(words="a", page=self.project)
        self.missed = MissedSearch.objects.create(language="fi", words="a", times=1)
        self.group = Group.objects.create(name="Vieras ryhmä")
        self.session = EditingSession.objects.create(
            user=self.owner,
            content_type=ContentType.objects.get_for_model(self.project),
            object_id=str(self.project.pk),
            last_seen_at=timezone.now() - timedelta(minutes=1),
        )

    def _files(self) -> None:
        root = Collection.get_first_root_node()
        self.collection = root.add_child(name="Suljettu")
        self.collection_restriction = CollectionViewRestriction.objects.create(
            collection=self.collection, restriction_type="password", password="sana"
        )
        self.image = ImageFactory(uploaded_by_user=self.owner)
        self.document = DocumentFactory(uploaded_by_user=self.owner)
        self.closed_document = DocumentFactory(collection=self.collection, content=b"Suljettua.")
        for file in (self.image, self.document, self.closed_document):
            file.get_file_size()  # otherwise noted when somebody first looks
        self.uploads = {
            kind: UploadedFile.objects.create(
                for_content_type=ContentType.objects.get(app_label="assets", model=f"custom{kind}"),
                file=ContentFile(png(), name="a.png"),
                uploaded_by_user=self.owner,
            )
            for kind in ("image", "document")
        }

    def _workflow(self) -> None:
        self.task = GroupApprovalTask.objects.create(name="Tarkistus")
        self.workflow = Workflow.objects.create(name="Kulku")
        WorkflowTask.objects.create(workflow=self.workflow, task=self.task)
        WorkflowPage.objects.create(workflow=self.workflow, page=self.index)
        self.workflow_state = self.workflow.start(self.draft, self.owner)

    def _translation(self) -> None:
        swedish = LocaleFactory(language_code="sv")
        source, _created = TranslationSource.get_or_create_from_instance(self.project)
        self.translation = Translation.objects.create(source=source, target_locale=swedish)
        self.translation.save_target(user=self.owner, publish=False)
        self.request = TranslationRequest.objects.create(created_by=self.owner)
        self.easy = translate(self.project, "fi-simple", title="Selko")
        self.string = source.stringsegment_set.first()
        self.overridable = source.overridablesegment_set.first()

    def records(self) -> dict[str, object]:
        """What an address is about, by words of its name or route."""
        return {
            "organisation": self.organisation,
            "member_people": self.organisation,
            "person": self.person,
            "programme": self.programme,
            "targetgroup": self.target_group,
            "theme": self.theme,
            "synonymgroup": self.synonyms,
            "terms": self.term,
            "promotion": self.promotion,
            "missedsearch": self.missed,
            "wagtaillocales": Locale.objects.get(language_code="sv"),
            "wagtailsites": self.site,
            "wagtailusers_users": self.owner,
            "wagtailusers_groups": self.group,
            "wagtaildocs": self.document,
            "wagtailimages": self.image,
            "api:documents": self.document,
            "api:images": self.image,
            "wagtailadmin_collections": self.collection,
            "tasks/": self.task,
            "wagtailadmin_workflows": self.workflow,
            "settings": self.site,
        }

    def record(self, name: str, route: str):
        found = [thing for word, thing in self.records().items() if word in f"{name} {route}"]
        return found[0] if found else self.project

    def arguments(self, name: str, route: str):
        """``(variant, arguments)`` for an address; several where one argument says the kind."""
        record = self.record(name, route)
        about_draft = "workflow" in name or "workflow" in route
        kind = "document" if "doc" in name else "image"
        common = {
            "pk": record.pk,
            "page_id": self.draft.pk if about_draft else self.project.pk,
            "parent_page_id": self.index.pk,
            "page_to_move_id": self.project.pk,
            "destination_id": self.publications.pk,
            "page_pk": self.index.pk,
            "workflow_pk": self.workflow.pk,
            "task_id": self.task.pk,
            "task_state_id": self.workflow_state.current_task_state_id,
            "workflow_state_id": self.workflow_state.pk,
            "revision_id": self.revision.pk,
            "revision_id_a": self.revision.pk,
            "revision_id_b": "live",
            "action_name": "approve" if "workflow" in name else "copy",
            "collection_id": self.collection.pk,
            "restriction_id": self.collection_restriction.pk,
            "page_view_restriction_id": self.restriction.pk,
            "image_id": self.image.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "document_filename": self.document.filename,
            "uploaded_file_id": self.uploads[kind].pk,
            "filter_spec": "width-100",
            "user_id": self.owner.pk,
            "redirect_id": self.redirect.pk,
            "translation_id": self.translation.pk,
            "translation_source_id": self.translation.source_id,
            "string_segment_id": self.string.pk,
            "work_id": self.translation.work.pk,
            "request_id": self.request.pk,
            "upload_id": self.upload.pk,
            "link_id": 1,
            "intake_id": self.brought_in.intake_id,
            "file_id": self.brought_in.file_id,
            "project_id": self.brought_in.pk,
            "other_pk": self.draft.pk,
            "joining_id": self.joining.pk,
            "kind": "po",
            "language": "sv",
            "overridable_segment_id": self.overridable.pk if self.overridable else 1,
            "session_id": self.session.pk,
            "object_id": self.project.pk,
            "mode": "",
            "content_type_app_name": "projects",
            "content_type_model_name": "projectpage",
            "app_label": "projects",
            "app_name": "projects",
            "model_name": "projectpage",
            "uidb64": "MQ",
            "token": "set-password",
            "version": "0" * 12,
            "colour": "default",
            "path": "images/missing.png",
            "key": self.project.translation_key,
            "name": "map",
            "ending": "svg",
            "segment": "organisaatiot",
            "slug": "missing",
        }
        if name in ("easy_write", "translation:easy_hints"):
            common["page_id"] = self.easy.pk
        if name == "wagtailcore_authenticate_with_password":
            common["page_id"] = self.private.pk
        if "organisation" in name and "key" in route:
            common["key"] = self.organisation.translation_key
        if "snippet" in route and "localize" in route:
            common |= {"model_name": "person", "pk": self.person.pk}
        elif name == "wagtailsettings:edit" or ("preview_on_edit" in name and "settings" in name):
            common |= {"app_name": "home", "model_name": "sitesettings"}
        elif name == "wagtailadmin_workflows:add_task":
            common |= {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
        elif name == "wagtailadmin_tag_model_autocomplete":
            common |= {"app_name": "taggit", "model_name": "tag"}
        if name == "wagtail_bulk_action":
            for (app, model), actions in BULK.items():
                for action in actions:
                    yield (
                        f"{model} {action}",
                        common | {"app_label": app, "model_name": model, "action": action},
                    )
            return
        yield "", common


def addresses(world: World) -> list[Address]:
    """Every address once; the same path behind two names is one address."""
    made, seen = [], set()
    for name, route, entry in patterns():
        converters = entry.pattern.converters
        names = list(converters) or list(entry.pattern.regex.groupindex)
        inherited = [n for n in _names(route) if n not in names]
        for variant, values in world.arguments(name, route):
            path = fill(route, {n: values[n] for n in [*names, *inherited] if n in values})
            if name == "wagtail_bulk_action":
                path += f"?id={_bulk_object(world, variant).pk}&next=/admin/"
            if path not in seen:
                seen.add(path)
                made.append(Address(name, variant, path, route))
    return made


def _bulk_object(world: World, variant: str):
    model = variant.split()[0]
    return {
        "page": world.project,
        "user": world.owner,
        "customimage": world.image,
        "customdocument": world.document,
        "person": world.person,
    }[model]


def _names(route: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def fill(route: str, values: dict) -> str:
    """The path of a route, whether written with converters or as an expression."""
    path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: quote(str(values[m[1]]), safe="/"), path)
    path = path.replace("((?:[\\w\\-]+/)*)", "").replace("\\Z", "").replace("\\.", ".")
    path = path.replace("^.*/$", "missing/").replace("^", "").replace("$", "")
    return f"/{path}"
