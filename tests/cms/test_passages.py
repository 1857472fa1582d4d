import pytest
from django.template import Context, Template
from django.utils import translation

from cms.core.languages import mark_html, same_words
from tests.factories import ContentPageFactory, translate


@pytest.mark.parametrize(
    ("text", "same"),
    [("Tule mukaan", True), ("  Tule mukaan ", True), ("AITO", False), ("S22354", False)],
)
def test_running_words_only(text, same):
    assert same_words(text, "Tule mukaan" if "Tule" in text else text) is same


def test_words_that_differ_are_not_the_source():
    assert not same_words("Kom med oss", "Tule mukaan")
    assert not same_words("", "")


def test_only_the_untranslated_paragraph_is_marked():
    left = "<p>Yhä suomeksi tämä.</p>"
    html = mark_html(f"<p>In English.</p>{left}", left, "fi")
    assert html.startswith("<p>In English.</p><p ")
    assert html.count('lang="fi"') == html.count('dir="ltr"') == 1


def test_a_whole_list_is_marked_once():
    text = "<ul><li>Yksi asia</li><li>Toinen asia</li></ul>"
    html = mark_html(text, text, "fi")
    assert html.count("lang=") == 1
    assert html.startswith("<ul")


def render(page, language):
    template = Template(
        '{% load core_tags %}<h1{% field_lang page "title" %}></h1>{% stream page "body" %}'
    )
    with translation.override(language):
        return template.render(Context({"page": page}))


BODY = [{"type": "text", "value": "<p>Suomeksi on tämä.</p>", "id": "a1"}]


@pytest.mark.django_db
def test_a_page_translated_in_part_marks_what_is_left():
    page = ContentPageFactory(title="Tietoa meistä", body=BODY)
    other = translate(page, "ar", title="من نحن")
    html = render(other, "ar")
    assert "<h1>" in html
    assert 'lang="fi"' in html
    assert 'dir="ltr"' in html


@pytest.mark.django_db
def test_the_source_page_and_easy_finnish_need_no_marks(django_assert_num_queries):
    page = ContentPageFactory(title="Tietoa meistä", body=BODY)
    easy = translate(page, "fi-simple")
    page.locale, easy.locale  # noqa: B018
    with django_assert_num_queries(0):
        assert "lang=" not in render(page, "fi")
        assert "lang=" not in render(easy, "fi-simple")
