import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.core import stylesheet
from home.models import SiteSettings

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_by_the_definition():
    assert stylesheet.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert stylesheet.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_every_colour_becomes_legible_in_light_and_dark(accent):
    light, dark = stylesheet.light_palette(accent), stylesheet.dark_palette(accent)
    for palette, grounds in ((light, stylesheet.LIGHT_GROUNDS), (dark, stylesheet.DARK_GROUNDS)):
        for ground in (*grounds, palette.soft):
            assert stylesheet.contrast(palette.accent, ground) >= 4.5
        assert stylesheet.contrast(palette.accent, palette.on_accent) >= 4.5
        assert stylesheet.contrast(palette.strong, palette.on_accent) >= 4.5


@pytest.mark.parametrize("accent", ["#ffffff", "#ffd400", "#ff0000"])
def test_a_pale_accent_is_refused_with_its_contrast(accent):
    with pytest.raises(ValidationError) as caught:
        SiteSettings(accent_colour=accent).clean()
    assert "4,5" in str(caught.value.message_dict["accent_colour"])


@pytest.mark.parametrize("accent", ["#1d5c56", "#8A1C3B", "#000000"])
def test_a_dark_accent_is_accepted(accent):
    SiteSettings(accent_colour=accent).clean()


def test_only_a_colour_reaches_the_style_sheet():
    assert SiteSettings(accent_colour="#8A1C3B").theme_colour == "8a1c3b"
    for text in ("", "#1d5c56", "red;}", "#12345", "#8a1c3b\n"):
        assert SiteSettings(accent_colour=text).theme_colour == ""
