"""``remove_sample``: nothing is left of ``load_sample``, or nothing is taken away.

The sample takes long to load: once for all of these.
"""

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation

from cms.assets.models import CustomImage
from cms.core.admin.first_hour import of_sample, steps_for
from cms.translation.models import TermWord
from home.models import SiteSettings
from projects.models import ImportRecord, Organisation, Person, ProjectPage
from projects.unloading import is_there
from publications.models import PublicationPage
from tests.factories import ProjectFactory, SuperuserFactory

pytestmark = pytest.mark.one_database

# Clocks and queues: they say what the site did, not what it has.
RUNNING = {"core_contentepoch", "core_scheduledjob", "django_tasks_database_dbtaskresult"}
RUNNING |= {"wagtailsearch_indexentry", "wagtailsearch_indexentry_fts", "search_pendingdocument"}


def contents() -> dict[str, list]:
    """All rows of all tables of models, without primary keys, which go on counting."""
    found = {}
    for model in apps.get_models():
        if model._meta.db_table in RUNNING or not model._meta.managed:
            continue
        names = [each.attname for each in model._meta.concrete_fields if not each.primary_key]
        found[model._meta.label] = sorted(map(str, model._base_manager.values_list(*names)))
    with connection.cursor() as cursor:
        for table in ("search_index_document", "search_index_key", "search_index_vocabulary"):
            if table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT count(*) FROM {table}")
                found[table] = cursor.fetchall()
    return found


class RemoveSampleTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.before = contents()
        with cls.captureOnCommitCallbacks(execute=True):
            call_command("load_sample", verbosity=0)

    def setUp(self):
        self.home = Site.objects.get().root_page

    def refused(self, *told: str) -> None:
        before = ImportRecord.objects.count(), Page.objects.count(), TermWord.objects.count()
        with pytest.raises(CommandError) as refusal:
            call_command("remove_sample", verbosity=0)
        for text in told:
            assert text in str(refusal.value)
        after = ImportRecord.objects.count(), Page.objects.count(), TermWord.objects.count()
        assert after == before

    def test_nothing_is_left(self):
        files = [image.file.name for image in CustomImage.objects.all()]
        assert files
        with self.captureOnCommitCallbacks(execute=True):
            call_command("remove_sample", verbosity=0)
        after = contents()
        assert [name for name in after if after[name] != self.before.get(name)] == []
        assert not any(default_storage.exists(name) for name in files)
        assert not is_there()

    def test_what_somebody_changed_is_told_and_nothing_goes(self):
        page = ProjectPage.objects.get(slug="aito", locale=Locale.get_default())
        page.lead = "Uusi ingressi."
        page.save_revision()  # a draft alone
        Person.objects.filter(name__contains="Lapinsalo").update(email="uusi@example.org")
        SiteSettings.objects.update(association_name="Oma ry")
        translation = StringTranslation.objects.filter(locale__language_code="sv").first()
        StringTranslation.objects.filter(pk=translation.pk).update(data="Annat")
        TermWord.objects.filter(pk=TermWord.objects.first().pk).update(text="muu sana")
        ProjectPage.objects.get(slug="mok", locale=page.locale).unpublish()
        guide = PublicationPage.objects.get(locale=page.locale)
        guide.files.first().delete()
        own = ProjectFactory(title="Oma hanke")
        theme = ProjectPage.objects.get(pk=page.pk).themes.first().theme
        own.themes.create(theme=theme)
        own.save()
        self.refused(
            "MOK",
            str(guide.title),
            "AITO",
            "Lapinsalo",
            "muu sana",
            "ruotsi",
            theme.name,
            "Oma hanke",
        )

    def test_what_was_changed_can_stay(self):
        page = ProjectPage.objects.get(slug="aito", locale=Locale.get_default())
        page.title = "Oma AITO"
        page.save_revision().publish()
        SiteSettings.objects.update(association_name="Oma ry")
        with self.captureOnCommitCallbacks(execute=True):
            call_command("remove_sample", "--keep-changed", verbosity=0)
        assert ProjectPage.objects.filter(locale=page.locale).get().title == "Oma AITO"
        kept = ProjectPage.objects.get(pk=page.pk)
        assert kept.organisations.count() == 6
        assert kept.contacts.count() == 1
        assert not Organisation.objects.filter(name__startswith="Kajaanin").exists()
        own = SiteSettings.objects.get()
        assert (own.association_name, own.email, own.privacy_page) == ("Oma ry", "", None)
        assert Page.objects.get(pk=self.home.pk).title == "Katto"

    def test_an_own_project_stays_in_the_list_of_the_sample(self):
        project = ProjectFactory(title="Oma hanke")
        with self.captureOnCommitCallbacks(execute=True):
            call_command("remove_sample", verbosity=0)
        project.refresh_from_db()
        assert project.get_parent().specific.lead == ""
        assert [p.title for p in ProjectPage.objects.all()] == ["Oma hanke"]

    def test_the_sample_is_nobodys_first_hour(self):
        user = SuperuserFactory()
        self.client.force_login(user)
        assert {"logo", "privacy_page", "languages"} <= of_sample()
        answer = self.client.get(reverse("wagtailadmin_home"))
        assert reverse("remove_sample") in answer.content.decode()
        request = answer.wsgi_request
        request.user = user
        assert not any(step.is_done for step in steps_for(request))
        with transaction.atomic(), self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(reverse("remove_sample"))
        assert answer.url == reverse("wagtailadmin_home")
        assert not is_there()
