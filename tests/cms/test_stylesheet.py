import pytest

from cms.core.stylesheet import stylesheet_url


@pytest.fixture
def get(client, db):
    return lambda url: client.get(url)


def test_accent_is_part_of_the_address_and_of_the_answer(get):
    response = get(stylesheet_url("8a1c3b"))
    assert response.headers["Content-Type"].startswith("text/css")
    assert "immutable" in response.headers["Cache-Control"]
    assert "--accent: #8a1c3b" in response.content.decode()


def test_default_has_no_second_accent(get):
    text = get(stylesheet_url()).content.decode()
    assert text.count("--accent: #1d5c56") == 1
    assert text.count("--accent: #") == 3, "light, dark and paper"
    assert "/*" not in text
    assert text.count("{") == text.count("}")


def test_an_earlier_version_is_answered_but_not_kept(get):
    response = get("/style/0123456789ab-default.css")
    assert response.status_code == 200
    assert "immutable" not in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/style/x-default.css", "/style/0123456789ab-red.css", "/style/0123456789ab-;}.css"]
)
def test_anything_else_is_not_found(get, path):
    assert get(path).status_code == 404
