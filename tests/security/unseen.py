"""Characters that nobody sees, where they lie, and a translator's file to put them in."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from cms.core.hygiene import UNFIT

# Word's line break, a page break, NUL, escape, C1, the separators, noncharacters.
UNSEEN = "\x0b\x0c\0\x1b\x7f\x90\x85\u2028\u2029\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
DIRTY = "".join(f"a{character}" for character in UNSEEN) + "ä"
ESCAPES = [json.dumps(character)[1:-1] for character in UNSEEN if character != "\x7f"]


def traces() -> list[str]:
    """Columns of the whole database in which a character of ``UNSEEN`` lies, plain or escaped."""
    found = []
    # SQLite's full-text tables keep no text that could be read.
    unread = {"search_index_grams", "search_index_terms"}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - unread:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = str(value)
                    if UNFIT.search(text) or any(escape in text for escape in ESCAPES):
                        found.append(f"{table}.{column}")
    return found


def upload(client, translation, po: str | bytes):
    content = po.encode() if isinstance(po, str) else po
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("a.po", content, "text/x-gettext-translation")
    answer = client.post(url, {"file": file, "next": "/admin/"}, follow=True)
    return take(client, answer)


def take(client, shown):
    """What the preview of a file offers; where nothing is to be taken, the preview itself."""
    if not shown.context or "seen" not in shown.context:
        return shown
    action = "take" if shown.context["plan"].may_be_taken else "drop"
    form = {"action": action, "seen": shown.context["seen"]}
    taken = client.post(shown.request["PATH_INFO"], form, follow=True)
    taken.preview = shown
    return taken if action == "take" else shown
