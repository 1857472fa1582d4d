"""The explorer of pages: as many questions for fifty rows as for five, and the same buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import ProjectFactory, project_index, translate

pytestmark = pytest.mark.django_db


def url(query: str = "") -> str:
    return f"/admin/pages/{project_index().pk}/?{query}"


@pytest.mark.parametrize("query", ["", "ordering=title", "q=Project"])
def test_as_many_questions_for_fifty_rows_as_for_five(admin_client, swedish, query):
    def asked() -> int:
        admin_client.get(url(query))
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url(query))
        return len(queries)

    for _ in range(5):
        ProjectFactory()
    few = asked()
    for _ in range(45):
        ProjectFactory()
    assert asked() <= few


def row(client, page) -> str:
    html = client.get(url()).content.decode()
    start = html.index(f'id="page_{page.pk}_title"')
    return html[start:].partition("</tr>")[0]


def test_row_offers_to_translate_what_a_language_lacks(admin_client, swedish):
    lacking, whole = ProjectFactory(title="Hanke"), ProjectFactory(title="Muu")
    translate(whole, "sv")
    assert f"/localize/submit/page/{lacking.pk}/" in row(admin_client, lacking)
    assert f"/localize/submit/page/{whole.pk}/" not in row(admin_client, whole)


def test_row_offers_to_update_the_translations_of_a_source(admin_client, swedish):
    project, other = ProjectFactory(title="Hanke"), ProjectFactory(title="Muu")
    source, _created = TranslationSource.get_or_create_from_instance(project)
    Translation.objects.create(source=source, target_locale=swedish)
    assert f"/localize/update/{source.pk}/" in row(admin_client, project)
    assert "/localize/update/" not in row(admin_client, other)


def test_rows_stand_in_the_order_that_was_asked_for(admin_client):
    for title in ("Öljy", "Apu", "Åland"):
        ProjectFactory(title=title)
    found = admin_client.get(url("ordering=title")).context["pages"]
    assert [page.title for page in found] == ["Åland", "Apu", "Öljy"]
    by_hand = admin_client.get(url("ordering=ord")).context["pages"]
    assert [page.title for page in by_hand] == ["Öljy", "Apu", "Åland"]
