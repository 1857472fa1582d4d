"""Dates and numbers in the admin's forms as people write them; nothing becomes another value."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation
from wagtail.admin.filters import DateRangePickerWidget, NumberRangeWidget
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.test.utils.form_data import inline_formset
from wagtail.users.models import UserProfile

from projects.models import FundingRole, Organisation, Person, Programme, ProjectPage
from tests.factories import OrganisationFactory, ProjectFactory, SuperuserFactory

from .test_project_form import add_url, form

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DAYS = ["1.5.2016", "01.05.2016", "2016-05-01"]
ROUGH = {
    "5/2016": ("2016-05-01", "2016-05-31", "month"),
    "05.2016": ("2016-05-01", "2016-05-31", "month"),
    "2016": ("2016-01-01", "2016-12-31", "year"),
}
NO_DAYS = ["1.13.2016", "30.2.2016", "2016-02-30", "1/5/2016", "5/1/2016", "1.5.16", "abc"]
MESSAGES = {"fi": "Kirjoita se näin: 31.12.2026.", "en": "Write it as 2026-12-31."}


@pytest.fixture(params=["fi", "en"])
def language(request):
    return request.param


@pytest.fixture
def editor(client, language):
    user = SuperuserFactory()
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    return client


def errors_of(response, name):
    return " ".join(response.context["form"].errors.get(name, []))


@pytest.mark.parametrize("typed", DAYS)
def test_a_written_day_is_that_day(editor, typed):
    assert editor.post(add_url(), form(start_date=typed)).status_code == 302
    assert ProjectPage.objects.get(slug="hanke").start_date == date(2016, 5, 1)


@pytest.mark.parametrize(("typed", "days"), ROUGH.items())
def test_of_a_period_no_more_than_month_or_year_may_be_known(editor, typed, days):
    assert editor.post(add_url(), form(start_date=typed, end_date=typed)).status_code == 302
    page = ProjectPage.objects.get(slug="hanke")
    assert (str(page.start_date), str(page.end_date), page.date_precision) == days


def test_codes_and_business_ids_lose_what_is_written_around_them(editor):
    assert editor.post(add_url(), form(code=" #S 22354. ")).status_code == 302
    assert ProjectPage.objects.get(slug="hanke").code == "S22354"
    record = Organisation(name="Yhdistys", business_id="FI07375462")
    record.clean_fields(exclude=["locale"])
    assert record.business_id == "0737546-2"


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_is_no_day_stays_as_typed_with_the_form_to_write(editor, language, typed):
    response = editor.post(add_url(), form(start_date=typed))
    assert errors_of(response, "start_date")
    shown = response.content.decode()
    error = re.search(r'id="panel-[\w-]*start_date-errors".*?</p>', shown, re.DOTALL)[0]
    assert MESSAGES[language] in error
    assert f'value="{typed}"' in shown
    assert not ProjectPage.objects.filter(slug="hanke").exists()


def test_every_field_of_a_date_says_its_form(editor, language):
    project = ProjectFactory(start_date=date(2016, 5, 1))
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[project.pk])).content.decode()
    example = {"fi": "Esimerkiksi 31.12.2026", "en": "For example 2026-12-31"}[language]
    shown = {"fi": "1.5.2016", "en": "2016-05-01"}[language]
    dates = re.findall(r"<input[^>]*data-date-kind[^>]*>", page)
    assert len(dates) >= 6  # three of the project, a contact's template, two of its schedule
    for field in dates:
        hint = re.search(r'aria-describedby="[^"]*?([\w-]+-form)"', field)[1]
        assert f'id="{hint}">{example}' in page
    assert f'value="{shown}"' in page


@pytest.mark.parametrize("typed", ["1.5.2036 14.30", "1.5.2036 14:30", "2036-05-01 14:30"])
def test_a_written_time_of_publishing_is_that_time(editor, typed):
    assert editor.post(add_url(), form(go_live_at=typed)).status_code == 302
    page = ProjectPage.objects.get(slug="hanke").get_latest_revision_as_object()
    with translation.override("fi"):
        assert AdminDateTimeInput().format_value(page.go_live_at.astimezone()) == "1.5.2036 14.30"


@pytest.mark.parametrize("typed", ["1.13.2036 14.30", "1/5/2036 14:30", "1.5.2036 25.00"])
def test_what_is_no_time_of_publishing_is_refused(editor, typed):
    response = editor.post(add_url(), form(go_live_at=typed))
    assert "31" in errors_of(response, "go_live_at")
    assert f'value="{typed}"' in response.content.decode()


def test_a_person_is_public_until_the_written_day(editor):
    url = reverse("wagtailsnippets_projects_person:add")
    editor.post(url, {"name": "Maija Malli", "public_until": "1.5.2036"})
    assert Person.objects.get().public_until == date(2036, 5, 1)


def test_filters_and_pickers_keep_what_is_typed(language):
    with translation.override(language):
        shown = DateRangePickerWidget().render("d", slice("1.13.2016", None), {"id": "d"})
        assert 'value="1.13.2016"' in shown
        assert shown.count("data-date-fault") == 2
        config = AdminDateInput().get_config()
    assert config["validateOnBlur"] is False
    assert config["format"] == {"fi": "j.n.Y", "en": "Y-m-d"}[language]


AMOUNTS = {
    "290 780,50 €": "290780.50",
    "290780,50": "290780.50",
    "290\u202f780,50": "290780.50",
    "€ 290 780.50": "290780.50",
    "290.780,50": "290780.50",
    "1 000": "1000",
    "٢٩٠٧٨٠": "290780",
    "0,29 M€": "290000",
    "1,2 milj. €": "1200000",
    "290 t€": "290000",
}
NO_AMOUNTS = ["-5", "abc", "12,345", "290.780", "1e5", "290 78,50", "10,505", "1" * 13]


def funding(amount):
    row = {"organisation": OrganisationFactory().pk, "role": FundingRole.MAIN, "amount": amount}
    return inline_formset([row])


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS.items())
def test_written_money_is_that_sum(editor, typed, amount):
    data = form(realised_public_funding=typed, funding=funding(typed))
    assert editor.post(add_url(), data).status_code == 302
    page = ProjectPage.objects.get(slug="hanke")
    assert page.realised_public_funding == Decimal(amount)
    assert page.funding.get().amount == Decimal(amount)


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_what_is_no_sum_stays_as_typed(editor, typed):
    response = editor.post(add_url(), form(realised_public_funding=typed, funding=funding(typed)))
    assert errors_of(response, "realised_public_funding")
    assert response.context["form"].formsets["funding"].forms[0].errors["amount"]
    assert response.content.decode().count(f'value="{typed}"') == 2
    assert not ProjectPage.objects.filter(slug="hanke").exists()


def test_money_is_shown_as_the_language_writes_it(editor, language):
    project = ProjectFactory(realised_public_funding=Decimal("290780.50"))
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[project.pk])).content.decode()
    shown = {"fi": "290780,50", "en": "290780.50"}[language]
    field = re.search(r'<input[^>]*name="realised_public_funding"[^>]*>', page)[0]
    assert f'value="{shown}"' in field
    assert 'type="text"' in field
    assert 'inputmode="decimal"' in field
    assert 'type="number"' not in page


@pytest.mark.parametrize(("typed", "year"), [("2014", 2014), ("2 014", 2014), ("٢٠١٤", 2014)])
def test_a_written_year_is_that_year(editor, typed, year):
    url = reverse("wagtailsnippets_projects_programme:add")
    editor.post(url, {"name": "Ohjelma", "period_start": typed, "publicity": "none"})
    assert Programme.objects.get().period_start == year


@pytest.mark.parametrize("typed", ["2014,5", "2.014", "2014-2020", "abc"])
def test_what_is_no_year_stays_as_typed(editor, typed):
    url = reverse("wagtailsnippets_projects_programme:add")
    data = {"name": "Ohjelma", "period_start": typed, "publicity": "none"}
    response = editor.post(url, data)
    assert errors_of(response, "period_start")
    assert f'value="{typed}"' in response.content.decode()


def test_filters_of_numbers_read_as_forms_do():
    assert 'type="text"' in NumberRangeWidget().render("usage", None)
    assert forms.IntegerField().clean("1 000") == 1000
    with pytest.raises(forms.ValidationError):
        forms.DecimalField().clean("12,345")


EMAILS = {
    " mailto:maija@example.org ": "maija@example.org",
    "Maija Malli <maija@example.org>": "maija@example.org",
    "<maija@example.org>.": "maija@example.org",
    "sähköposti: maija.malli@example.org;": "maija.malli@example.org",
}
NO_EMAILS = ["maija(at)example.org", "maija@example.org, matti@example.org", "maija@"]
SITES = {
    "www.example.org": "https://www.example.org",
    "example.org/hanke": "https://example.org/hanke",
    " <https://example.org/hanke>. ": "https://example.org/hanke",
    "http://example.org/": "http://example.org/",
    "Kotisivut: www.example.org.": "https://www.example.org",
    "Sivut (https://example.org/a_(b)).": "https://example.org/a_(b)",
    "https://example.org/?u=https://www.example.com": "https://example.org/?u=https://www.example.com",
}
NO_SITES = ["ei ole", "www.example.org ja www.example.com", "javascript:alert(1)"]


def organisation(**fields):
    return {"name": "Yhdistys", "kind": "association", **fields}


ADD_ORGANISATION = "wagtailsnippets_projects_organisation:add"


@pytest.mark.parametrize(("typed", "address"), EMAILS.items())
def test_an_email_is_taken_from_what_stands_around_it(admin_client, typed, address):
    admin_client.post(reverse(ADD_ORGANISATION), organisation(email=typed))
    assert Organisation.objects.get().email == address


@pytest.mark.parametrize(("typed", "address"), SITES.items())
def test_a_site_is_taken_from_what_stands_around_it(admin_client, typed, address):
    admin_client.post(reverse(ADD_ORGANISATION), organisation(website=typed))
    assert Organisation.objects.get().website == address


@pytest.mark.parametrize(
    ("field", "typed"), [("email", e) for e in NO_EMAILS] + [("website", s) for s in NO_SITES]
)
def test_what_is_no_single_address_stays_as_typed(admin_client, field, typed):
    response = admin_client.post(reverse(ADD_ORGANISATION), organisation(**{field: typed}))
    assert errors_of(response, field)
    assert f'value="{typed}"' in response.content.decode()
