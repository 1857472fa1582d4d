"""What a source left empty stays in the form, and the page does not talk about it."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.utils import translation

from projects.models import ProjectPage
from tests.factories import OrganisationFactory, ProjectFactory, translate

from .test_import_whole import everything, forget_everything

pytestmark = pytest.mark.django_db

BODY = [
    ("aims", "<p>Tavoite</p>"),
    ("measures", "<p>Toimi</p>"),
    ("results", "<p>Tulos</p>"),
    ("background", "<p>Tausta</p>"),
    ("practices", ""),
    ("remarks", "<p data-block-key='a'>\u00a0</p><p><br/></p>"),
]


def body(*sections) -> str:
    blocks = [
        {"type": "section", "id": kind, "value": {"kind": kind, "heading": "", "text": text}}
        for kind, text in sections
    ]
    return json.dumps(blocks)


def test_a_section_without_text_is_left_out_of_the_page_and_its_contents(client):
    project = ProjectFactory(body=body(*BODY))
    html = client.get(project.url).content.decode()
    assert 'href="#s-aims"' in html
    assert 'id="s-aims"' in html
    for kind, heading in (("practices", "Lupaavat käytännöt"), ("remarks", "Huomioita")):
        assert f"s-{kind}" not in html
        assert heading not in html
    assert len(ProjectPage.objects.get().body) == len(BODY)


def test_a_project_of_empty_sections_has_not_been_described(client):
    project = ProjectFactory(body=body(*BODY[4:]))
    assert "Hanketta ei ole vielä kuvattu" in client.get(project.url).content.decode()


def test_an_empty_section_is_no_word_for_the_search():
    project = ProjectFactory(body=body(*BODY))
    with translation.override("en"):
        words = project.body.stream_block.get_searchable_content(project.body)
    assert "Aims" in words
    assert "Promising practices" not in words
    assert "Remarks" not in words


def test_an_editor_may_publish_a_section_without_text():
    block = ProjectPage._meta.get_field("body").stream_block
    block.clean(block.to_python(json.loads(body(("remarks", "")))))


def test_an_empty_section_goes_out_and_comes_back_byte_for_byte(folder, tmp_path):
    project = folder.project()
    project["body"].insert(1, {"id": "tyhja", "kind": "remarks", "text": ""})
    project["body"].append({"id": "otsikko", "kind": "free", "heading": "Muuta", "text": ""})
    folder.load(project)
    call_command("export_projects", str(tmp_path / "one"))
    exported = yaml.safe_load((tmp_path / "one" / "silta.yaml").read_text())
    assert {"id": "tyhja", "kind": "remarks", "text": ""} in exported["body"]
    forget_everything()
    call_command("import_projects", str(tmp_path / "one"))
    call_command("export_projects", str(tmp_path / "two"))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


SHARES = {
    "fi": "Rahoittajien osuuksia ei ole ilmoitettu.",
    "sv": "Finansiärernas andelar har inte angetts.",
    "en": "The funders’ shares are not stated.",
}


@pytest.mark.parametrize("language", SHARES)
def test_where_no_amount_is_known_one_sentence_says_so(client, language):
    funding = [(OrganisationFactory(), role, None) for role in ("main", "co_funder", "co_funder")]
    page = ProjectFactory(funding=funding)
    if language != "fi":
        page = translate(page, language)
    html = client.get(page.url).content.decode()
    assert html.count(SHARES[language]) == 1
    assert "funding__amount" not in html


def test_one_funder_alone_has_a_share_of_its_own(client):
    page = ProjectFactory(funding=[(OrganisationFactory(), "main", None)])
    assert "Rahoittajan osuutta ei ole ilmoitettu." in client.get(page.url).content.decode()


def test_where_some_amounts_are_known_the_others_are_marked_briefly(client):
    funding = [(OrganisationFactory(), "main", 1000), (OrganisationFactory(), "co_funder", None)]
    html = client.get(ProjectFactory(funding=funding).url).content.decode()
    assert "1 000" in html.replace("\u00a0", " ")
    assert html.count(">ei ilmoitettu<") == 1
    assert "osuu" not in html.split('id="funding"')[1].split("</section>")[0]
