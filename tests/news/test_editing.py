"""News in the admin and in project files."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from news.models import NewsPage
from projects.importing import export_projects, import_projects
from tests.factories import ImageFactory, NewsFactory, ProjectFactory, news_index, translate
from tests.members.people import member_with_editor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FILE = """format: 1
id: silta
title: Silta
news:
- id: juhla
  title: Juhla
  day: '2030-06-01'
  start_time: '17:30'
  last_day: '2030-06-02'
  end_time: '12:00'
  place: Tori
  link: https://example.org/mukaan
  is_cancelled: true
  projects:
  - silta
  organisations:
  - sillat
  translations:
    fi-simple:
      title: Juhlat torilla
      place: Kaupungin tori
      body: []
    sv:
      title: Festen
      place: Torget
records:
  organisations:
    sillat:
      name: Sillat ry
"""


def test_a_file_comes_back_byte_for_byte(tmp_path):
    file = tmp_path / "silta.yaml"
    file.write_text(FILE)
    import_projects([file])
    page = NewsPage.objects.get(slug="juhla", locale__language_code="fi")
    assert (page.start_time, page.last_day, page.is_cancelled) == (
        time(17, 30),
        date(2030, 6, 2),
        True,
    )
    assert page.get_translations().get(locale__language_code="sv").specific.place == "Torget"
    export_projects(tmp_path / "out")
    out = (tmp_path / "out" / "silta.yaml").read_text()
    assert (
        out[out.index("news:") : out.index("records:")]
        == (FILE[FILE.index("news:") : FILE.index("records:")])
    )
    outcome = import_projects([tmp_path / "out"])
    assert outcome.changed == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last_day": date(2030, 5, 1)}, "last_day"),
        ({"last_day": date(9999, 12, 31)}, "last_day"),
        ({"end_time": time(12)}, "start_time"),
        ({"start_time": time(12), "end_time": time(11)}, "end_time"),
    ],
)
def test_days_and_times_agree(given, field):
    with pytest.raises(ValidationError) as error:
        NewsPage(title="Juhla", slug="juhla", day=date(2030, 6, 1), **given).clean()
    assert list(error.value.message_dict) == [field]


def form(**given) -> dict:
    rows = {f"{name}-{key}": "0" for name in ("projects", "organisations")
            for key in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    page = {"title": "Juhla", "slug": "juhla", "day": "2030-06-01", "body-count": "0"}
    return {**page, **rows, "action-publish": "1", **given}


def test_an_editor_is_asked_for_the_words_of_a_picture(admin_client):
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", news_index().pk])
    image = ImageFactory(title="kuva.jpg", description="")
    refused = admin_client.post(url, form(image=image.pk))
    assert refused.context["form"].errors.keys() == {"image_alt"}
    admin_client.post(url, form(image=image.pk, image_alt="Väkeä torilla"))
    assert NewsPage.objects.get().image_alt == "Väkeä torilla"


def test_the_listing_shows_facts_in_every_language(admin_client):
    page = NewsFactory(title="Juhla", day=date(2030, 6, 1), start_time=time(17))
    translate(page, "sv", title="Fest")
    for query, words in (("?locale=sv&ordering=-day", "Fest"), ("?kind=event", "Juhla")):
        html = admin_client.get(reverse("news_listing:index") + query).content.decode()
        assert words in html
        assert "1 June 2030" in html or "1.6.2030" in html
    assert (
        "Juhla"
        not in admin_client.get(reverse("news_listing:index") + "?kind=news")
        .content.decode()
        .partition("</table>")[0]
        .rpartition("<table")[2]
    )


def test_facts_pass_on_to_the_language_that_stays(client):
    project = ProjectFactory(title="Silta")
    page = NewsFactory(title="Juhla", day=date(2030, 6, 1), place="Tori", projects=[project])
    swedish = translate(page, "sv", title="Fest", place="Torget")
    page.delete()
    heir = NewsPage.objects.get(pk=swedish.pk)
    assert (heir.day, heir.projects.get().project_id) == (date(2030, 6, 1), project.pk)
    assert "Fest" in client.get(project.url).content.decode()


def test_a_members_people_write_no_news(client):
    client.force_login(member_with_editor("Jäsen ry")[1])
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", news_index().pk])
    assert client.get(url).status_code in (302, 403)
    assert client.post(url, form()).status_code in (302, 403)
    assert not NewsPage.objects.exists()
    assert reverse("news_listing:index") not in client.get("/admin/").content.decode()
