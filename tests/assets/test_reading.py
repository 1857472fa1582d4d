"""Words and pages are read from the file when it changes, and never at the price of the upload."""

import pytest

from cms.assets import inspection, models
from cms.assets.inspection import MAX_CHARACTERS, tidy
from cms.assets.models import CustomDocument

from .files import odt, pdf, text_pdf, upload, word

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def stored(name, data) -> CustomDocument:
    document = CustomDocument.objects.create(title="Opas", file=upload(name, data))
    return CustomDocument.objects.get(pk=document.pk)


def test_a_pdf_tells_its_words_and_pages():
    document = stored("a.pdf", text_pdf("Vertaistuki auttaa", "Opas"))
    assert document.page_count == 1
    assert document.text == "Vertaistuki auttaa\nOpas"


def test_a_word_document_tells_its_words_in_order():
    document = stored("a.docx", word("Ensin tämä", "sitten tuo"))
    assert document.text == "Ensin tämä\nsitten tuo\nSolu\nToinen solu"
    assert document.page_count is None or document.page_count > 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text(encoding):
    assert stored("a.txt", "Привет, ääni".encode(encoding)).text == "Привет, ääni"


def test_formats_without_reading_stay_blank():
    document = stored("a.odt", odt())
    assert (document.text, document.page_count) == ("", None)


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", text_pdf("x")[:120], b"", b"MZ" + bytes(99)])
@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_a_corrupted_file_leaves_blanks(extension, data):
    document = stored(f"a.{extension}", data)
    assert (document.text, document.page_count) == ("", None)


def test_an_endless_file_leaves_blanks(monkeypatch):
    monkeypatch.setitem(inspection.TASKS, "pdf-text", ("pdf:read_pdf", 0.01))
    assert stored("a.pdf", pdf(2)).page_count is None


def test_a_file_that_is_gone_leaves_blanks():
    document = stored("a.pdf", pdf(2))
    document.file.storage.delete(document.file.name)
    models.read_document.call(document.pk)
    models.read_document.call(0)


def test_saving_without_a_new_file_does_not_read_again(monkeypatch, django_assert_num_queries):
    document = stored("a.pdf", pdf(2))
    monkeypatch.setattr(models, "inspect_path", pytest.fail)
    document.title = "Toinen"
    document.save()
    document.refresh_from_db()
    assert document.page_count == 2


def test_the_reading_is_announced_to_whoever_indexes_it():
    from django.db.models.signals import post_save

    seen = []

    def receiver(instance, update_fields, **kwargs):
        seen.append((update_fields, instance.text))

    post_save.connect(receiver, sender=CustomDocument)
    try:
        stored("a.pdf", text_pdf("Opas"))
    finally:
        post_save.disconnect(receiver, sender=CustomDocument)
    assert (frozenset({"text", "page_count"}), "Opas") in seen


def test_text_is_fit_for_the_database():
    assert tidy("a\0b\u00adc\ud800 \ufb01 \n\n\n\n d") == "abc fi\n\nd"
    assert tidy("\ufe8d\ufedf\ufecc\ufeae\ufe91\ufef2\ufe94") == "العربية"
    assert tidy("عام2023في") == "عام 2023 في"
    assert len(tidy("x" * (MAX_CHARACTERS + 5))) == MAX_CHARACTERS
