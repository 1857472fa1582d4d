"""Office documents: they fetch nothing, start nothing and carry nobody's remarks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..inspection import inspect_bytes
from .common import refuse
from .macros import damaged, has_macros


def check_parts(data: bytes) -> None:
    """Refuse a document by what stands in its parts.

    They are read in a process of its own with limits on time and memory, like a PDF.
    """
    answer = inspect_bytes(data, "office-check")
    if fault := answer.get("fault"):
        raise refusal(fault, answer.get("detail", ""))


def refusal(fault: str, detail: str) -> ValidationError:
    if fault == "macros":
        return has_macros()
    if fault == "damaged":
        return damaged()
    detail = f" ({detail})" if detail else ""
    messages = {
        "template": _(
            "The document fetches a template or an object from elsewhere%(detail)s when it is "
            "opened. Detach it, or save the document as PDF."
        ),
        "outside": _(
            "The document fetches something from elsewhere%(detail)s when it is opened. "
            "Put pictures and data into the document itself instead of linking to them, "
            "or save it as PDF."
        ),
        "link": _(
            "The document has a link that does not lead to a page, an e-mail address or a "
            "telephone number%(detail)s. Remove or correct the link."
        ),
        "field": _(
            "The document has a field that fetches or starts something%(detail)s. "
            "Select the field, press Ctrl+Shift+F9 to turn it into text, and save it anew."
        ),
        "formula": _(
            "The workbook has a formula that fetches or starts something%(detail)s. "
            "Replace it with its value."
        ),
        "data": _(
            "The document is tied to a database or to a list of recipients. "
            "Remove the connection, or save the document as PDF."
        ),
        "action": _(
            "The document starts something by itself%(detail)s. "
            "Remove the action, or save the document as PDF."
        ),
        "unknown": _(
            "The document carries a part that is not known to be harmless%(detail)s. "
            "Save the document as PDF."
        ),
        "program": _("The document carries a program or a web page%(detail)s. Remove it."),
        "review": _(
            "The document has comments or tracked changes, which show who wrote what. "
            "Accept or reject the changes, delete the comments and save it anew."
        ),
        "limits": _("The document is too complicated to be checked. Split it, or save it as PDF."),
    }
    return refuse(f"office_{fault}", messages[fault], detail=detail)
