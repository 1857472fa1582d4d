"""What is the same in every language unless one has its own: shown, changed and taken back."""

import pytest
from django.urls import reverse
from wagtail_localize.models import SegmentOverride

from tests.factories import DocumentFactory, ImageFactory, ProjectFactory, PublicationFactory
from tests.translation.editing import own_url, sent

pytestmark = pytest.mark.django_db


def override_url(translation, path: str) -> str:
    segment = translation.source.overridablesegment_set.get(context__path__contains=path)
    return reverse("translation:override", args=[translation.pk, segment.pk])


def test_a_link_of_ones_own(boss, translation):
    url = override_url(translation, "example")
    page = boss.get(own_url(translation)).content.decode()
    assert url in page
    assert "https://example.org/" in page
    assert boss.get(url).status_code == 200
    assert boss.post(url, {"value": "https://example.org/ar"}).status_code == 302
    assert SegmentOverride.objects.get().data == "https://example.org/ar"
    assert "https://example.org/ar" in boss.get(own_url(translation)).content.decode()
    translation.save_target(publish=False)
    assert 'href="https://example.org/ar"' in str(translation.get_target_instance().body)
    boss.post(url, {"action": "remove"})
    assert not SegmentOverride.objects.exists()


def test_what_is_no_address_is_refused_with_a_sentence(boss, translation):
    answer = boss.post(override_url(translation, "example"), {"value": "javascript:alert(1)"})
    assert "no address" in answer.content.decode()
    assert not SegmentOverride.objects.exists()


def test_a_picture_of_ones_own(boss):
    picture, other = ImageFactory(title="Kuva"), ImageFactory(title="Toinen")
    figure = {"image": {"image": picture.pk, "alt_text": "Silta"}, "caption": ""}
    translation = sent(ProjectFactory(body=[{"type": "figure", "value": figure}]))
    url = override_url(translation, "image.image")
    assert "Kuva" in boss.get(own_url(translation)).content.decode()
    assert "data-chooser" in boss.get(url).content.decode()
    assert boss.post(url, {"value": other.pk}).status_code == 302
    assert "Toinen" in boss.get(own_url(translation)).content.decode()
    answer = boss.post(url, {"value": other.pk + 1000})
    assert answer.status_code == 200
    translation.save_target(publish=False)
    assert translation.get_target_instance().body[0].value["image"].pk == other.pk


def test_a_file_of_ones_own(boss):
    file = {"language": "fi", "document": DocumentFactory(title="Opas")}
    translation = sent(PublicationFactory(files=[file]))
    page = boss.get(own_url(translation)).content.decode()
    assert "Opas" in page
    assert boss.get(override_url(translation, "document")).status_code == 200


def test_in_review_nothing_is_changed_by_any_way_in(boss, translation):
    work = translation.work
    work.in_review_since = "2026-11-01T00:00Z"
    work.save()
    url = override_url(translation, "example")
    assert boss.post(url, {"value": "https://example.org/ar"}).status_code == 302
    segment = translation.source.stringsegment_set.first()
    put = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    form = "application/x-www-form-urlencoded"
    assert boss.put(put, "value=x", content_type=form).status_code == 403
    assert boss.delete(put).status_code == 403
    assert not SegmentOverride.objects.exists()
