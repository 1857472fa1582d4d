import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from cms.assets.validation import check_image

from .files import picture, png_of, upload


def refusal(name, data):
    with pytest.raises(ValidationError) as caught:
        check_image(upload(name, data))
    return caught.value.code, caught.value.messages[0]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("A.JPEG", "JPEG"), ("a.gif", "GIF"),
     ("a.webp", "WEBP"), ("a.avif", "AVIF")],
)  # fmt: skip
def test_each_format_is_accepted_and_left_at_its_beginning(name, kind):
    file = upload(name, picture(kind))
    check_image(file)
    assert file.tell() == 0


def test_an_animation_is_accepted_within_limits():
    check_image(upload("a.gif", picture("GIF", frames=5)))
    check_image(upload("a.webp", picture("WEBP", frames=5)))


def test_a_phone_picture_with_a_second_image_is_accepted():
    first, second = Image.new("RGB", (40, 30)), Image.new("RGB", (20, 15))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    check_image(upload("a.jpg", out.getvalue()))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"MZ\x90\x00" + bytes(200), "a program"),
        (b"\x7fELF" + bytes(200), "a program"),
        (b"#!/bin/sh\necho\n", "a script"),
        (b"<!doctype html><script>alert(1)</script>", "a web page"),
        (b"<?php system($_GET[0]);", "a web page or a script"),
        (b"%PDF-1.7\n", "pdf"),
        (picture("JPEG"), "jpg"),
        (picture("TIFF"), "tif"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    ],
)
def test_what_is_only_named_png_is_refused_by_what_it_is(data, named):
    code, message = refusal("logo.png", data)
    assert code == "content_mismatch"
    assert named in message


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.php", "a", "a.png.exe", "a.bmp", "a.tiff"])
def test_other_extensions_are_refused_with_the_list(name):
    code, message = refusal(name, picture())
    assert code == "file_extension"
    assert "avif" in message


def test_invisible_characters_in_the_name_are_refused():
    assert refusal("a\u202egpj.png", picture())[0] == "file_name"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("keep", [0.3, 0.8])
def test_a_cut_picture_is_refused(kind, keep):
    data = Image.effect_noise((120, 90), 80).convert("RGB")
    out = io.BytesIO()
    data.save(out, kind)
    whole = out.getvalue()
    code, message = refusal(f"a.{kind.lower()}", whole[: int(len(whole) * keep)])
    assert code in {"image_damaged", "content_mismatch"}
    assert "save it anew" in message


def test_a_picture_bomb_is_refused_before_it_is_decoded(monkeypatch):
    bomb = png_of(8_000, 6_000)
    assert len(bomb) < 500_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", pytest.fail)
    code, message = refusal("bomb.png", bomb)
    assert code == "image_pixels"
    assert "8000 × 6000" in message


def test_even_a_picture_that_pillow_itself_would_not_open_gets_the_message():
    assert refusal("bomb.png", png_of(30_000, 30_000))[0] == "image_pixels"


def test_a_picture_at_the_limit_passes_and_one_pixel_more_does_not(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000
    check_image(upload("a.png", picture(size=(1000, 1000))))
    assert refusal("a.png", picture(size=(1000, 1001)))[0] == "image_pixels"


def test_an_animation_counts_all_its_frames(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 10_000
    assert refusal("a.gif", picture("GIF", (50, 50), frames=5))[0] == "image_pixels"


def test_too_many_frames_are_refused():
    assert refusal("a.gif", picture("GIF", (2, 2), frames=201))[0] == "image_frames"


def test_bytes_are_capped(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    code, message = refusal("a.png", picture(size=(300, 300)))
    assert code == "file_too_large"
    assert "100" in message


def test_an_empty_file_says_so():
    assert refusal("a.png", b"")[0] == "file_empty"


def test_polyglots_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("Evil.class", "x")
    for data in (
        picture() + out.getvalue(),
        picture("GIF") + b"<script>alert(1)</script>",
        picture("JPEG") + b"<?php echo 1;",
        picture("JPEG")[:2] + b"\xff\xfe\x00\x0b%PDF-1.7\n" + picture("JPEG")[2:],
    ):
        kind = {b"\x89": "png", b"G": "gif", b"\xff": "jpg"}[data[:1]]
        assert refusal(f"a.{kind}", data)[0] == "image_hidden_content"


def test_messages_follow_the_user(settings):
    with translation.override("fi"):
        assert refusal("a.png", b"")[1]
