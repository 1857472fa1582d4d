"""Reading the words and pages of a document, off the request where there is a worker."""

import logging
import shutil
import tempfile

from django.apps import apps
from django_tasks import task

from .inspection import TASKS, inspect_path
from .inspection.common import tidy

logger = logging.getLogger(__name__)

MAX_TEXT_BYTES = 8_000_000


@task()
def read_document(document_id: int) -> None:
    """Fill ``text`` and ``page_count`` of a document from its file.

    A file that cannot be read leaves them empty: the upload has been accepted, and its page says
    nothing about pages rather than something wrong.
    """
    document = apps.get_model("assets", "CustomDocument").objects.filter(pk=document_id).first()
    if document is None:
        return
    try:
        facts = read_file(document.file, document.file_extension.lower())
    except OSError:
        logger.warning("The file of document %s cannot be opened.", document_id)
        return
    document.text = facts.get("text", "")
    document.page_count = facts.get("pages")
    document.save(update_fields=["text", "page_count"])


def read_file(file, extension: str) -> dict:
    """``{"pages": int | None, "text": str}`` of a Django ``File``; ``{}`` if it cannot be read."""
    if extension == "txt":
        with file.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES)
        encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return {"pages": None, "text": tidy(data.decode(encoding, errors="replace"))}
    reading = f"{extension}-text"
    if reading not in TASKS:
        return {}
    with tempfile.NamedTemporaryFile(suffix=f".{extension}") as copy:
        with file.open("rb") as stream:
            shutil.copyfileobj(stream, copy)
        copy.flush()
        facts = inspect_path(copy.name, reading)
    return {} if "fault" in facts else facts
