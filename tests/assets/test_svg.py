# ruff: noqa: E501
import base64

import pytest
from django.core.exceptions import ValidationError

from cms.assets.validation import check_image

from .files import picture, png_of, svg, upload

PUBLIC_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)
LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
DOUBLING = "".join(
    f'<g id="g{i + 1}"><use href="#g{i}"/><use href="#g{i}"/></g>' for i in range(30)
)


def data_url(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        svg(),
        svg(before=PUBLIC_DOCTYPE),
        svg('<use xlink:href="#r"/><use href="#r"/>'),
        svg('<style>.a{fill:url(#g)} @font-face{font-family:x;src:url("data:font/woff2;base64,AA")}</style>'),
        svg('<linearGradient id="g"><stop offset="0"/></linearGradient><rect fill="url(#g)"/>'),
        svg(f'<image href="{data_url(picture())}" width="9" height="9"/>'),
        svg('<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:about=""/></metadata>'),
        svg('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><title>Ääni &amp; kuva</title>'),
        svg(attributes='viewBox="0 0 100 50"'),
        svg(attributes='width="10mm" height="5mm" viewBox="0,0,100,50"'),
    ],
)  # fmt: skip
def test_still_drawings_are_accepted(text):
    check_image(upload("logo.svg", text))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("svg_active", svg("<script>alert(1)</script>")),
        ("svg_active", svg('<g onload="alert(1)"/>')),
        ("svg_active", svg(attributes='width="1" height="1" ONLOAD="alert(1)"')),
        ("svg_active", svg("<foreignObject><p/></foreignObject>")),
        ("svg_active", svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>')),
        ("svg_active", svg('<h:p xmlns:h="http://www.w3.org/1999/xhtml">x</h:p>')),
        ("svg_active", svg('<iframe src="#r"/>')),
        ("svg_active", svg("<handler>alert(1)</handler>")),
        ("svg_animation", svg('<set attributeName="href" to="javascript:alert(1)"/>')),
        ("svg_animation", svg('<a><animate attributeName="href" values="x"/></a>')),
        ("svg_reference", svg('<a href="javascript:alert(1)"><rect/></a>')),
        ("svg_reference", svg('<a href="java&#10;script:alert(1)"><rect/></a>')),
        ("svg_reference", svg('<a xlink:href="https://example.org/"><rect/></a>')),
        ("svg_reference", svg('<image href="https://example.org/track.png"/>')),
        ("svg_reference", svg('<image xlink:href="//example.org/track.png"/>')),
        ("svg_reference", svg('<image href="file:///etc/passwd"/>')),
        ("svg_reference", svg('<use href="other.svg#x"/>')),
        ("svg_reference", svg(f'<use href="{data_url(b"<svg/>", "image/svg+xml")}"/>')),
        ("svg_reference", svg(f'<image href="{data_url(b"<svg/>", "image/svg+xml")}"/>')),
        ("svg_reference", svg('<style>@import "https://example.org/a.css";</style>')),
        ("svg_reference", svg("<style>rect{fill:url(https://example.org/a)}</style>")),
        ("svg_reference", svg(r"<style>rect{fill:\75rl(https://example.org/a)}</style>")),
        ("svg_reference", svg("<style>@im/**/port 'x'; a{b:u/**/rl(//example.org)}</style>")),
        ("svg_reference", svg('<rect style="fill:url(//example.org/a)"/>')),
        ("svg_reference", svg('<rect fill="url(https://example.org/a)"/>')),
        ("svg_reference", svg('<rect filter="URL( \'https://example.org/a#b\' )"/>')),
        ("svg_reference", svg('<g xml:base="https://example.org/"/>')),
        ("svg_reference", svg(before='<?xml-stylesheet href="https://example.org/a.css"?>')),
        ("svg_entities", svg("<text>&c;</text>", before=LAUGHS)),
        ("svg_entities", svg(before='<!DOCTYPE svg SYSTEM "https://example.org/x.dtd">')),
        ("svg_entities", svg("&x;", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        ("svg_complex", svg('<g id="g0"><rect/></g>' + DOUBLING + '<use href="#g30"/>')),
        ("svg_complex", svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')),
        ("svg_complex", svg("<g>" * 300 + "</g>" * 300)),
        ("svg_complex", svg("<rect/>" * 20_001)),
        ("svg_size", svg(attributes='width="1000000" height="1000000"')),
        ("svg_size", svg(attributes='width="0" height="10"')),
        ("svg_size", svg(attributes='width="nan" height="inf"')),
        ("svg_size", svg(attributes='width="calc(1px)" height="10"')),
        ("svg_size", svg(attributes='width="10" height="10" viewBox="0 0 1e99 1"')),
        ("svg_size", svg(attributes='width="10" height="10" viewBox="a b"')),
        ("svg_size", svg(attributes='width="10" height="10" preserveAspectRatio="sideways"')),
        ("svg_size", svg(attributes='viewBox="0 0 0.1 0.1"')),
        ("svg_encoding", svg(before="\ufeff")),
        ("svg_damaged", svg()[:-4]),
        ("svg_damaged", '<svg width="9">'),
        ("svg_inner_picture", svg(f'<image href="{data_url(png_of(16_000, 8_000))}"/>')),
        ("svg_inner_picture", svg(f'<image href="{data_url(b"MZ" + bytes(99))}"/>')),
        ("content_mismatch", "<html><body><script>alert(1)</script></body></html>"),
        ("content_mismatch", '<html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("content_mismatch", '<svg width="9" height="9"/>'),
        ("svg_too_large", svg("<!--" + "a" * 2_200_000 + "-->")),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_reason(code, text):
    with pytest.raises(ValidationError) as caught:
        check_image(upload("logo.svg", text))
    assert caught.value.code == code
    assert len(caught.value.messages[0]) > 20


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "latin-1", "utf-32"])
def test_another_encoding_cannot_hide_script(encoding):
    text = svg("<script>alert('ä')</script>")
    with pytest.raises(ValidationError):
        check_image(upload("logo.svg", text.encode(encoding)))


@pytest.mark.parametrize(
    "data", [picture(), b"MZ" + bytes(99), b"\x1f\x8b\x08" + bytes(99), bytes(99)]
)
def test_bytes_named_svg_are_refused(data):
    with pytest.raises(ValidationError) as caught:
        check_image(upload("logo.svg", data))
    assert caught.value.code in {"content_mismatch", "svg_encoding", "svg_damaged"}


@pytest.mark.parametrize(
    "attributes",
    ['viewBox="0 0 51500 51500"', 'viewBox="0 0 100000 42000"', 'width="51500" height="20000"'],
)
def test_the_size_of_a_drawing_is_no_danger(attributes):
    check_image(upload("logo.svg", svg(attributes=attributes)))
