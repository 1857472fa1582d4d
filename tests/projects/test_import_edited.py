"""What editors leave behind, odd characters, gaps and links of every kind, goes out and back."""

import json
import unicodedata

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from projects.importing import import_projects
from projects.models import Municipality, Organisation, Person, ProjectIndexPage, ProjectPage
from publications.models import PublicationIndexPage, PublicationPage
from tests.factories import png

from .test_import_whole import everything, forget_everything

pytestmark = pytest.mark.django_db
ODD = "A\u00ad B\u00a0C \u2028 e\u0301 D\u200bE “x” 'y' \"z\" : # - | > & < \U0001f600 \\n {{x}}"
MEMO = " Rivi 1\r\nRivi 2\x0b\r\n\r\n- Rivi 3  "
TEXT = """<p data-block-key="a1">{links} <b>b<i>bi</i></b> &lt;i&gt; &amp;amp; \u00ad\u00a0x\x0b</p>
<h3>h</h3><h4></h4><p></p><p>a<br/>b</p><ul><li>a<ul><li>b</li></ul></li><li></li></ul>"""
ADDRESSES = (
    *('href="https://example.org/?a=1&amp;b=&quot;2&quot;"', 'href="mailto:a@example.org?s=%20x"'),
    *('href="tel:09 12 34 (vaihde)"', 'href="#a b"', 'href="/fi/x y"', 'href="ftp://example.org/"'),
    'linktype="page" id="99999"',
)


def block(name: str, kind: str, value) -> dict:
    return {"id": name, "type": kind, "value": value}


def section(name: str, text: str = "", heading: str = "", kind: str = "aims") -> dict:
    return block(name, "section", {"kind": kind, "heading": heading, "text": text})


def figure(name: str, image: int, alt: str = "", decorative: bool = False) -> dict:
    picture = {"image": image, "alt_text": alt, "decorative": decorative}
    return block(name, "figure", {"image": picture, "caption": ""})


def in_finnish(model=ProjectPage):
    return model.objects.get(locale=Locale.get_default())


def rich_text(document, *pages) -> str:
    addresses = [*ADDRESSES, f'linktype="document" id="{document.pk}"']
    addresses += [f'linktype="page" id="{page.pk}"' for page in pages]
    return TEXT.format(links=" ".join(f"<a {address}>x</a>" for address in addresses))


@pytest.fixture
def edited(folder):
    """A site after a busy day of its editors."""
    folder.load(folder.project())
    fi = Locale.get_default()
    page, listing = in_finnish(), in_finnish(ProjectIndexPage)
    image, document = (
        model.objects.create(title=f"{ODD} / x", file=ContentFile(data, name=name))
        for model, data, name in (
            (get_image_model(), png(), "Ä ö.PNG"),
            (get_document_model(), b"Liite", "ä.txt"),
        )
    )
    english = ProjectPage.objects.get(locale__language_code="en")
    text = rich_text(
        document,
        in_finnish(PublicationPage),
        listing,
        english,
        Page.objects.get(depth=2, locale=fi),
    )
    page.title, page.lead, page.image = ODD, MEMO, image
    page.body = json.dumps(
        [
            section("aims", text, ODD),
            figure("11111111-1111-4111-8111-111111111111", image.pk, decorative=True),
            figure("picture", image.pk, ODD),
            figure("gone", 99999, "x"),
            block("quote", "quote", {"text": MEMO, "source": ""}),
            section("blank", kind=""),
        ]
    )
    place = Municipality.objects.get(code="205")
    page.municipalities.create(municipality=place)
    page.save_revision().publish()
    blank = listing.add_child(instance=ProjectPage(title="Tyhjä", slug="tyhja", locale=fi))
    for _again in range(2):
        organisation = Organisation.objects.create(name="KYT", locale=fi)
        blank.organisations.create(organisation=organisation, role="partner")
    blank.contacts.create(
        person=Person.objects.create(name="X", locale=fi, public_until="2020-01-01")
    )
    blank.save_revision().publish()
    draft = ProjectPage(title="Luonnos", slug="luonnos", locale=fi, live=False)
    listing.add_child(instance=draft)
    draft.body = json.dumps([figure("picture", image.pk)])
    draft.save_revision(clean=False)
    guide = PublicationPage(title="Toinen", slug="toinen", locale=fi)
    guide.body = json.dumps(
        [block("h", "heading", ODD), block("t", "text", text), block("d", "document", document.pk)]
    )
    in_finnish(PublicationIndexPage).add_child(instance=guide)
    for project in (blank, page):
        guide.projects.create(project=project, locale=fi)
    guide.files.create(language="fi", url="https://example.org/x", locale=fi)
    guide.files.create(language="fi", document=document, title=ODD, locale=fi)
    guide.files.create(language="en", locale=fi)
    guide.save_revision().publish()
    easy = ProjectPage.objects.get(locale__language_code="fi-simple")
    easy.lead, easy.body = MEMO, json.dumps([section("own", text), figure("gone", 99999, "x")])
    easy.save_revision().publish()
    return folder


def test_it_comes_back_the_same_and_means_the_same_here(edited, tmp_path):
    call_command("export_projects", str(tmp_path / "one"))
    here = import_projects([tmp_path / "one"])
    assert here.changed == []
    assert {label.partition("): ")[2] for label in here.kept} == {
        "body[gone]",
        "municipalities[205~2]",
        "files[en]",
    }
    forget_everything()
    import_projects([tmp_path / "one"])
    again = import_projects([tmp_path / "one"])
    assert (again.changed, again.kept) == ([], [])
    call_command("export_projects", str(tmp_path / "two"))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_untouched_passages_keep_their_translation_when_the_finnish_grows(folder, tmp_path):
    folder.load(folder.project())
    page = in_finnish()
    text = page.body[0].value["text"].source
    page.body[0].value["text"].source = text.replace("<ul>", "<p>Kolmas kappale.</p><ul>")
    page.save_revision().publish()
    call_command("export_projects", str(tmp_path / "one"))
    written = (tmp_path / "one" / "silta.yaml").read_text(encoding="utf-8")
    assert "<p>Second.</p>" in written
    assert '<p lang="fi">Kolmas kappale.</p>' in written
    assert "<li>two</li>" in written


def test_a_file_named_on_a_mac_is_found(folder):
    (folder.path / unicodedata.normalize("NFD", "hääkuva.png")).write_bytes(png())
    folder.load(folder.project() | {"logo": "hääkuva.png"})
    assert in_finnish().logo.title == "hääkuva"


def test_a_page_whose_translated_picture_was_deleted_can_be_translated_and_imported(folder):
    (folder.path / "kuva.png").write_bytes(png())
    data = folder.project()
    data["body"].append({"kind": "figure", "image": "kuva.png", "alt": "Silta"})
    data["translations"]["en"]["body"]["figure"] = {"alt": "A bridge"}
    folder.load(data)
    get_image_model().objects.get(title="kuva").delete()
    outcome = folder.load(data | {"lead": "Uusi johdanto."})
    assert in_finnish().lead == "Uusi johdanto."
    assert any("figure" in label for label in outcome.kept)
    source, _created = TranslationSource.update_or_create_from_instance(in_finnish())
    translation = Translation.objects.get(source=source, target_locale__language_code="en")
    assert StringTranslation.objects.filter(data="A bridge").exists()
    translation.save_target(publish=True)
