"""The facts of the five projects, after loading: what the public pages have to show from."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Locale

from projects.models import FundingRole, OrganisationRole, ProjectPage, Status
from publications.models import PublicationPage
from tests.subjects.crawling import Answer, Site

pytestmark = pytest.mark.one_database


class SampleTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        with cls.captureOnCommitCallbacks(execute=True):
            call_command("load_sample", verbosity=0)

    def project(self, slug: str, language: str = "fi") -> ProjectPage:
        locale = Locale.objects.get(language_code=language)
        return ProjectPage.objects.live().get(slug=slug, locale=locale)

    def languages(self, page) -> set[str]:
        pages = type(page).objects.live().filter(translation_key=page.translation_key)
        return set(pages.values_list("locale__language_code", flat=True))

    def roles(self, page) -> list[tuple[str, str]]:
        return [(line.organisation.name, line.role) for line in page.organisations.all()]

    def funders(self, page) -> list[tuple[str, str]]:
        return [(line.organisation.name, line.role) for line in page.funding.all()]

    def text(self, page, kind: str) -> str:
        return next(b.value["text"].source for b in page.body if b.value["kind"] == kind)

    def test_every_way_to_what_projects_share_and_back(self):
        """In three languages, also where a project has no words in one of them."""
        site, slugs = Site(), [page.slug for page in self.finnish()]
        assert len(slugs) == 5
        for language in ("fi", "sv", "ar"):
            for slug in slugs:
                project = site.get(f"/{language}/hankkeet/{slug}/")
                assert project.status == 200, project.path
                assert len(project.subjects) > 2, project.path
                assert not project.wrong_data(), project.path
                self.see_languages(site, project)
                for path in project.subjects:
                    self.see_subject(site, site.get(path), project.canonical, language)

    def see_subject(self, site: Site, subject: Answer, back: str, language: str):
        assert subject.status == 200, subject.path
        assert subject.path.startswith(f"/{language}/"), f"{subject.path} from {back}"
        assert not subject.faults(language)
        assert back in subject.links(), f"{subject.path} does not lead back to {back}"
        assert subject.languages.keys() >= {*dict(settings.LANGUAGES), "x-default"}
        assert subject.feeds, subject.path
        feeds = subject.feeds if language == "fi" else []
        assert [feed for feed in feeds if not site.get(feed).is_whole_feed()] == []
        self.see_languages(site, subject)

    def see_languages(self, site: Site, page: Answer):
        for other in set(page.languages.values()):
            assert site.get(other).status == 200, other
            assert site.get(other).languages == page.languages, other

    def test_no_link_is_broken(self):
        site = Site()
        for language in ("fi", "sv", "ar"):
            assert site.broken(f"/{language}/", depth=3, most=250) == []

    def finnish(self):
        return ProjectPage.objects.live().filter(locale__language_code="fi")

    def test_tule_vastaan(self):
        page = self.project("tule-vastaan")
        assert (page.start_date, page.end_date) == (date(2018, 2, 1), date(2018, 12, 31))
        assert self.roles(page) == [("Kainuun kylät ry", OrganisationRole.LEAD)]
        assert self.funders(page) == [("Työ- ja elinkeinoministeriö", FundingRole.MAIN)]
        assert page.target_groups.count() == 2
        assert self.text(page, "target_groups").count("<li") == 2
        assert "20 nuorta" in self.text(page, "aims")
        assert "8 tukihenkilöä" in self.text(page, "aims")
        assert "5 kokousta" in self.text(page, "measures")
        assert [line.region.name_fi for line in page.regions.all()] == ["Kainuu"]
        titles = [line.person.title for line in page.contacts.public()]
        assert titles == ["puheenjohtaja", "sihteeri"]
        assert self.languages(page) == {"fi", "sv", "en"}

    def test_yhdessa_enemman(self):
        page = self.project("yhdessa-enemman")
        assert (page.start_date, page.end_date) == (date(2017, 1, 1), date(2018, 12, 31))
        lead = page.organisations.get().organisation
        assert (lead.short_name, lead.postal_address) == ("KYT ry", "Matarankatu 4, Jyväskylä")
        assert [name for name, role in self.funders(page)] == [
            "Euroopan sosiaalirahasto",
            "Jyväskylän kaupunki",
            "Viitasaaren kaupunki",
            "Sosiaali- ja terveysjärjestöjen avustuskeskus",
        ]
        measures = self.text(page, "measures")
        assert measures.count("<li") == 4
        assert "<ol" in measures
        for word in ("Keltinmäk", "Huhtasuo", "Kuokkala", "syksyllä 2017"):
            assert word in measures
        for country in ("Ruotsi", "Norja", "Iso-Britannia", "Irlanti", "Tanska"):
            assert country in self.text(page, "practices")
        people = [line.person for line in page.contacts.public()]
        assert [person.title for person in people] == [
            "projektipäällikkö",
            "kotoutumissuunnittelija",
            "maahanmuuttajaneuvoja",
        ]
        assert all(person.phone and person.email for person in people)

    def test_voima(self):
        page = self.project("voima")
        assert (page.start_date, page.end_date) == (None, date(2017, 12, 31))
        assert page.status == Status.ENDED
        assert (page.programme.fund, page.programme.publicity) == ("amif", "eu-2014")
        assert page.logo.is_svg()
        towns = {line.municipality.name_fi for line in page.municipalities.all()}
        assert towns == {"Iisalmi", "Lapinlahti", "Sonkajärvi"}
        assert self.languages(page) == {"fi", "sv", "en", "fi-simple"}
        simple = self.project("voima", "fi-simple")
        assert (simple.facts.end_date, simple.status) == (page.end_date, page.status)
        assert len(simple.body) == len(page.body)
        assert "Yhdistyksessä voi oppia suomea." in self.text(simple, "measures")

    def test_mok(self):
        page = self.project("mok")
        assert page.code == "S20688"
        assert (page.start_date, page.end_date) == (date(2016, 5, 1), date(2019, 2, 28))
        assert page.realised_public_funding == Decimal("290780.00")
        assert self.funders(page) == [("Pohjois-Pohjanmaan ELY-keskus", FundingRole.MAIN)]
        assert self.roles(page) == [
            ("Kainuun Nuotta ry", OrganisationRole.IMPLEMENTER),
            ("Kainuun Liikunta ry", OrganisationRole.IMPLEMENTER),
            ("MLL:n Kainuun piiri", OrganisationRole.IMPLEMENTER),
            ("Kajaanin 4H-yhdistys", OrganisationRole.IMPLEMENTER),
        ]
        assert len({block.value["kind"] for block in page.body}) == 10
        assert page.facts.record_url.endswith("projektikoodi=S20688")
        assert "harrastekainuu.fi" in page.website
        assert "500 turvapaikanhakijaa" in self.text(page, "background")
        assert "MamaTree" in self.text(page, "measures")

    def test_aito(self):
        page = self.project("aito")
        assert page.code == "S22354"
        assert (page.start_date, page.end_date) == (date(2021, 3, 1), date(2023, 5, 31))
        assert (page.extension_end_date, page.date_precision) == (date(2023, 9, 30), "month")
        assert page.municipalities.count() == 5
        assert self.funders(page) == [
            ("Lapin ELY-keskus", FundingRole.MAIN),
            ("Sosiaali- ja terveysjärjestöjen avustuskeskus", FundingRole.OWN_SHARE),
        ]
        roles = [role for name, role in self.roles(page)]
        assert roles == [OrganisationRole.LEAD] + [OrganisationRole.PARTNER_MUNICIPALITY] * 5
        assert page.facts.record_url == (
            "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S22354"
        )
        assert self.languages(page) == {"fi", "sv", "en", "ar", "ru", "so"}
        arabic = self.project("aito", "ar")
        assert "تيرفولا" in self.text(arabic, "measures")
        assert "koko-perhe-kotoutuu" not in self.text(arabic, "outputs")

    def test_guide(self):
        project = self.project("aito")
        guide = PublicationPage.objects.get(slug="koko-perhe-kotoutuu", locale=project.locale)
        languages = [line.language for line in guide.files.all()]
        assert languages == ["ar", "ru", "so", "sw", "en"]
        assert all(line.document.file_size for line in guide.files.all())
        assert guide.projects.get().project == project
        assert self.languages(guide) == {"fi", "sv", "en", "ru", "ar", "so"}

    def test_a_second_load_changes_nothing(self):
        before = list(ProjectPage.objects.order_by("pk").values_list("pk", "latest_revision_id"))
        with self.captureOnCommitCallbacks(execute=True):
            call_command("load_sample", verbosity=0)
        after = list(ProjectPage.objects.order_by("pk").values_list("pk", "latest_revision_id"))
        assert after == before
