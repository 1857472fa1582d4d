from django.test import Client


def test_every_client_gets_the_style_sheet():
    """Tests look for the files once: whoever comes later is served too."""
    for client in (Client(), Client()):
        response = client.get("/static/css/base.css")
        assert response.status_code == 200
        assert b"{" in b"".join(response.streaming_content)
