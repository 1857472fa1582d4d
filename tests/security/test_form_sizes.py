"""Forms that promise endless rows are refused before a row is made; big honest ones are taken."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, streamfield

from cms.core.middleware import honest
from projects.models import ProjectPage
from tests.admin.test_project_form import CHILDREN, add_url, form
from tests.factories import SuperuserFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NO_COUNTS = ["99999", "1001", "999", "1", "-1", "junk", "9" * 30, ""]


@pytest.fixture
def admin_client(client):
    client.force_login(SuperuserFactory())
    return client


@pytest.fixture
def no_form(monkeypatch):
    """Fails if a row is made all the same."""

    def fail(*args, **kwargs):
        raise AssertionError("a row was made")

    monkeypatch.setattr("django.forms.formsets.BaseFormSet._construct_form", fail)
    monkeypatch.setattr("wagtail.blocks.StreamBlock.value_from_datadict", fail)


@pytest.mark.parametrize("count", NO_COUNTS)
@pytest.mark.parametrize(
    "name", [f"{child}-TOTAL_FORMS" for child in CHILDREN] + ["body-count", "comments-TOTAL_FORMS"]
)
def test_promised_rows_are_refused(admin_client, no_form, name, count):
    response = admin_client.post(add_url(), {**form(), name: count})
    assert response.status_code == 400
    assert not ProjectPage.objects.filter(slug="hanke").exists()


def test_promised_rows_of_wagtails_own_forms_are_refused(admin_client, no_form):
    data = {"name": "Ryhmä", "page_permissions-TOTAL_FORMS": "99999"}
    assert admin_client.post(reverse("wagtailusers_groups:add"), data).status_code == 400


def test_rows_within_rows_are_counted_apart():
    from django.http import QueryDict

    inner = "body-count=1&body-0-type=x&body-0-value-count=2&body-0-value-0-order=0"
    assert not honest(QueryDict(inner))
    assert honest(QueryDict(f"{inner}&body-0-value-1-deleted=1"))
    assert honest(QueryDict("viewer-count=0&other=1"))
    assert not honest(QueryDict(f"{inner}&body-0-value-1-deleted=1&body-count=7"))


def test_a_form_of_thousands_of_fields_is_taken(admin_client):
    themes = inline_formset([{"theme": ThemeFactory().pk}])
    text = '{"blocks": []}'
    sections = [("section", {"kind": "", "heading": "", "text": text})] * 150
    data = form(themes=themes, body=streamfield(sections))
    data |= {f"unknown-{number}": "x" for number in range(6_000)}
    assert admin_client.post(add_url(), data).status_code == 302
    assert len(ProjectPage.objects.get(slug="hanke").get_latest_revision_as_object().body) == 150


def test_a_form_that_is_too_big_is_told_so(admin_client):
    data = form() | {f"unknown-{number}": "x" for number in range(10_001)}
    response = admin_client.post(add_url(), data, headers={"Accept-Language": "fi"})
    assert response.status_code == 400
    assert "Lomake on liian suuri" in response.content.decode()
