"""What a photograph tells of its maker goes; pixels, colours and orientation stay."""

import io
import json
import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from PIL import ExifTags, Image, ImageCms, PngImagePlugin
from wagtail.images import get_image_model

from cms.assets.metadata import clean_image
from cms.assets.validation import check_image

from .files import picture, svg, upload

pytestmark = pytest.mark.one_database

SECRET = b"Kameran omistaja"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>Kameran omistaja</a></x:xmpmeta>'
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}


def noise(mode="RGB"):
    return Image.effect_noise((60, 40), 80).convert(mode)


def saved(image, kind, **more):
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def told():
    """EXIF with owner, camera, orientation and position."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (60.0, 10.0, 1.0)})
    return exif


def photograph(kind):
    more = {"exif": told(), "icc_profile": SRGB}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SECRET.decode())
        text.add_text("Comment", SECRET.decode(), zip=True)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"] = text
    else:
        more["xmp"] = XMP
    return saved(noise(), kind, **more)


def cleaned(name, data):
    file = clean_image(upload(name, data))
    assert file.tell() == 0
    return file.read()


def tells(data):
    with Image.open(io.BytesIO(data)) as image:
        exif = set(image.getexif()) - {ExifTags.Base.Orientation}
        return SECRET in data or exif or image.info.get("comment")


@pytest.mark.parametrize(("extension", "kind"), FORMATS.items())
def test_what_is_no_picture_goes_and_the_picture_stays(extension, kind):
    before = photograph(kind)
    after = cleaned(f"a.{extension}", before)
    assert tells(before)
    assert not tells(after)
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        assert one.tobytes() == other.tobytes()
        assert other.getexif()[ExifTags.Base.Orientation] == 6
        assert other.info["icc_profile"] == SRGB
    assert cleaned(f"a.{extension}", after) == after


def test_comments_previews_and_what_is_appended_go():
    plain = saved(noise(), "JPEG")
    preview = b"\xff\xed\x00\x14Photoshop 3.0\0" + b"8BIM"
    commented = plain[:2] + preview + b"\xff\xfe" + struct.pack(">H", 18) + SECRET + plain[2:]
    assert cleaned("a.jpg", commented + SECRET) == plain
    gif = saved(noise("P"), "GIF", comment=SECRET, save_all=True, append_images=[noise("P")])
    after = cleaned("a.gif", gif + SECRET)
    assert SECRET not in after
    assert Image.open(io.BytesIO(after)).n_frames == 2


def test_a_progressive_picture_stays_whole():
    data = saved(noise(), "JPEG", progressive=True, exif=told())
    after = cleaned("a.jpg", data)
    assert not tells(after)
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_an_oddly_built_picture_is_written_anew():
    data = saved(noise(), "JPEG", exif=told())
    # One byte more than its segment says: decoders pass over it.
    start = data.index(b"\xff\xdb")
    after = cleaned("a.jpg", data[:start] + b"\0" + data[start:])
    assert not tells(after)
    assert Image.open(io.BytesIO(after)).size == (60, 40)


def test_a_drawing_forgets_who_drew_it_and_where():
    told = (
        "<!-- Kameran omistaja --><metadata><dc:creator>Kameran omistaja</dc:creator></metadata>"
        "<title>Tunnus</title>"
    )
    names = (
        'width="9" height="9" xmlns:dc="d" xmlns:sodipodi="s" xmlns:inkscape="i" '
        "sodipodi:docname='C:\\Kameran omistaja\\a.svg' "
        'inkscape:export-filename="Kameran omistaja"'
    )
    after = cleaned("a.svg", svg(told, names).encode())
    assert SECRET not in after
    assert b"<title>Tunnus</title>" in after
    assert cleaned("a.svg", after) == after
    check_image(upload("a.svg", after))
    kept = svg("<style><![CDATA[/* <!-- */]]></style><!-- x -->").encode()
    assert cleaned("a.svg", kept) == kept


def test_a_clean_picture_is_the_same_file():
    for name, data in (("a.png", picture()), ("a.svg", svg()), ("a.jpg", b"no picture")):
        file = upload(name, data)
        assert clean_image(file) is file


def ultra_hdr():
    """As telephones write it: the JPEG, and behind it a second one that says how bright it is."""
    data = saved(noise(), "MPO", save_all=True, append_images=[noise("L").resize((30, 20))])
    note = b'http://ns.adobe.com/xap/1.0/\0<a xmlns:hdrgm="b" hdrgm:Version="1.0"/>'
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note + data[2:]


def test_a_picture_with_a_gain_map_becomes_the_jpeg_that_it_is():
    data = ultra_hdr()
    check_image(upload("a.jpg", data))
    after = cleaned("a.jpg", data)
    assert after.count(b"\xff\xd8\xff") == 1
    assert b"MPF\0" not in after
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_heic_becomes_jpeg():
    data = saved(noise(), "HEIF", exif=told(), icc_profile=SRGB)
    file = upload("IMG_0001.HEIC", data)
    check_image(file)
    after = clean_image(file)
    assert after.name == "IMG_0001.jpg"
    found = after.read()
    assert not tells(found)
    with Image.open(io.BytesIO(found)) as image:
        assert image.format == "JPEG"
        assert image.info["icc_profile"] == SRGB


def test_heic_has_the_same_limits(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000
    with pytest.raises(ValidationError) as caught:
        check_image(upload("a.heic", saved(noise(), "HEIF")))
    assert caught.value.code == "image_pixels"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.heic", saved(noise(), "JPEG")),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(200)),
        ("a.heic", saved(noise(), "HEIF")[:300]),
        ("a.jpg", saved(noise(), "HEIF")),
    ],
)
def test_what_is_no_heic_is_refused(name, data):
    with pytest.raises(ValidationError) as caught:
        check_image(upload(name, data))
    assert caught.value.code in {"content_mismatch", "image_damaged"}


def test_the_extension_of_an_old_browser_is_taken():
    file = upload("kuva.JFIF", picture("JPEG"))
    check_image(file)
    assert clean_image(file).name == "kuva.jpg"


def test_colours_for_print_become_those_of_a_screen():
    red = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    after = Image.open(io.BytesIO(cleaned("a.jpg", saved(red, "JPEG", quality=95))))
    assert after.mode == "RGB"
    r, g, b = after.getpixel((9, 9))
    assert r > 240
    assert g < 20
    assert b < 20


def test_a_profile_that_does_not_fit_its_picture_is_passed_over():
    data = saved(noise("CMYK"), "JPEG", icc_profile=SRGB)
    after = Image.open(io.BytesIO(cleaned("a.jpg", data)))
    assert after.mode == "RGB"
    assert "icc_profile" not in after.info


def deep():
    return Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")


def test_greys_of_16_bits_keep_their_range():
    after = Image.open(io.BytesIO(cleaned("a.png", saved(deep(), "PNG"))))
    assert after.mode == "L"
    assert after.getextrema() == (0, 255)


PEOPLE_HAVE = {
    "cmyk.jpg": lambda: saved(noise("CMYK"), "JPEG"),
    "ultrahdr.jpg": ultra_hdr,
    "grey16.png": lambda: saved(deep(), "PNG"),
    "palette.png": lambda: saved(noise("P"), "PNG", transparency=3),
    "greyalpha.png": lambda: saved(noise("LA"), "PNG"),
    "bits.png": lambda: saved(noise("1"), "PNG"),
    "photo.heic": lambda: saved(noise(), "HEIF"),
    "photo.avif": lambda: photograph("AVIF"),
    "photo.jpg": lambda: photograph("JPEG"),
    "photo.png": lambda: photograph("PNG"),
    "photo.webp": lambda: photograph("WEBP"),
    "moving.gif": lambda: picture("GIF", frames=3),
    "moving.webp": lambda: picture("WEBP", frames=3),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PEOPLE_HAVE)
def test_renditions_of_what_people_have_are_for_browsers_and_tell_nothing(name):
    image = get_image_model().objects.create(title="x", file=upload(name, PEOPLE_HAVE[name]()))
    for spec in ("format-jpeg|width-30", "format-png|width-30", "format-webp|width-30",
                 "format-avif|width-30", "width-30", "original"):  # fmt: skip
        with image.get_rendition(spec).file.open("rb") as stream:
            data = stream.read()
        assert not tells(data)
        with Image.open(io.BytesIO(data)) as rendition:
            rendition.load()
            assert rendition.mode in {"L", "LA", "P", "RGB", "RGBA", "1"}
    with image.file.open("rb") as stream:
        assert not tells(stream.read())


@pytest.mark.django_db
def test_an_upload_in_the_admin_is_cleaned(admin_client):
    for name, data in (("a.jpg", photograph("JPEG")), ("b.heic", saved(noise(), "HEIF"))):
        response = admin_client.post(
            reverse("wagtailimages:add_multiple"),
            {"title": "Kuva", "files[]": upload(name, data), "collection": 1},
        )
        assert json.loads(response.content)["success"], response.content
    for image in get_image_model().objects.all():
        assert image.file.name.endswith(".jpg")
        stored = image.file.read()
        assert not tells(stored)
        assert image.file_size == len(stored)
        assert image.width == 60


@pytest.mark.django_db
def test_stored_files_are_cleaned_once():
    image = get_image_model().objects.create(title="x", file=upload("a.jpg", picture("JPEG")))
    dirty = photograph("JPEG")
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, upload("a.jpg", dirty))
    rendition = image.get_rendition("width-30").file
    out = io.StringIO()
    call_command("clean_files", stdout=out)
    assert f"image {image.pk}: cleaned" in out.getvalue()
    name = image.file.name
    image = get_image_model().objects.get()
    assert image.file.name == name
    assert not tells(image.file.read())
    assert not rendition.storage.exists(rendition.name)
    again = io.StringIO()
    call_command("clean_files", stdout=again)
    assert "0 cleaned, 1 were clean" in again.getvalue()
