"""Two editors with the same form open."""

from django.test import Client

from cms.core.admin.lost_updates import OPENED
from tests.admin.forms import read_form
from tests.factories import SuperuserFactory


def editor(name: str) -> Client:
    client = Client()
    client.force_login(SuperuserFactory(username=name.lower(), first_name=name, last_name="Malli"))
    client.cookies.load({"django_language": "en"})
    return client


def saved(model, instance, name):
    return getattr(model.objects.get(pk=instance.pk), name)


def form_of(client, url, **fields) -> dict:
    return {**read_form(client.get(url), OPENED), **fields}


def told(response) -> str:
    assert response.status_code == 200, "an old form is not taken"
    assert response.templates[0].name == "wagtailadmin/generic/old_form.html"
    return response.content.decode()
