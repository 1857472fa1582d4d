"""Kinds of files of translations: which one a file is shows what is in it, not its name."""

from types import ModuleType

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.assets.validation.common import COMPOUND_FILE, describe

from . import po, xliff, xlsx
from .entries import MOST_BYTES, Contents, Sheet, fault

KINDS: dict[str, ModuleType] = {"po": po, "xliff": xliff, "xlsx": xlsx}
NAMES = {"po": "PO", "xliff": "XLIFF", "xlsx": "XLSX"}
ACCEPTED = ".po,.xlf,.xliff,.xlsx"
_HEAD = 4096


def kind_of(content: bytes) -> str:
    """Raises ``ValidationError`` with a sentence that says what it is instead, if it shows."""
    head = content[:_HEAD]
    if head.startswith((b"PK\x03\x04", COMPOUND_FILE)):
        return "xlsx"
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    text = text.removeprefix("\xef\xbb\xbf").replace("\0", "").lstrip()
    is_markup = text.startswith("<")
    if is_markup and "<html" not in text.lower():
        return "xliff"
    if b"msgid" in content and not is_markup and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "po"
    found = describe(content)
    if found:
        raise fault(_("This is no PO, XLIFF or XLSX file, but %s.") % found)
    raise fault(_("This is no PO, XLIFF or XLSX file. Choose one that was downloaded here."))


def read(content: bytes) -> Contents:
    """Raises ``ValidationError`` with a sentence for whatever can't be read."""
    if not content.strip():
        raise fault(_("The file is empty: choose a PO, XLIFF or XLSX file."))
    if len(content) > MOST_BYTES:
        raise too_large()
    return KINDS[kind_of(content)].read(content)


def too_large() -> ValidationError:
    return fault(_("The file is too large: at most 5 MB are taken."))


def write(kind: str, translations: list[Translation]) -> tuple[bytes, str]:
    """A file and its name. All of them have to be from one language into one."""
    code = translations[0].target_locale.language_code
    name = slugify(translations[0].source.object_repr)[:60] if len(translations) == 1 else ""
    module = KINDS[kind]
    content = module.write([Sheet(translation) for translation in translations])
    return content, f"{name or 'translations'}-{code}.{module.ENDING}"
