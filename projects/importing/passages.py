"""Texts passage by passage, cut as wagtail-localize cuts them, so that its strings fit ours."""

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

MARK = "\ue000"
BREAKS = ("ul", "ol")


def cut(html: str) -> tuple[str, list]:
    """``(template, [(StringValue, attributes), …])`` of a rich text."""
    return extract_strings(html)


def translated(source: str, translation: str) -> tuple[list[str | None], str]:
    """The translation's passages in the order of the source's, None where not translated yet.

    The second value says why they do not fit, or is empty. Both texts are canonical.
    """
    soup = BeautifulSoup(translation, "html.parser")
    for element in soup.find_all(attrs={"lang": "fi"}):
        del element["lang"]
        for child in list(element.children):
            if getattr(child, "name", None) in BREAKS:
                break
            child.extract()
        element.insert(0, MARK)
    source_template, source_strings = cut(source)
    template, strings = cut(str(soup))
    if template != source_template:
        return [], _(
            "The text must have the same paragraphs and list items as the Finnish one, which has"
            " %(source)s passages; this has %(here)s."
        ) % {"source": len(source_strings), "here": len(strings)}
    passages = []
    for (_string, source_attributes), (string, attributes) in zip(
        source_strings, strings, strict=True
    ):
        if string.data == MARK:
            passages.append(None)
            continue
        data, wrong = _with_source_links(string.data, attributes, source_attributes)
        if wrong:
            return [], wrong
        passages.append(data)
    return passages, ""


def _with_source_links(data: str, attributes: dict, source: dict) -> tuple[str, str]:
    """Number the links as the source does, matched by address."""
    free = {name: values.get("href") for name, values in source.items()}
    soup = BeautifulSoup(data, "html.parser")
    for element in soup.find_all("a"):
        href = attributes.get(element.get("id"), {}).get("href")
        name = next((name for name, address in free.items() if address == href), None)
        if name is None:
            return "", _("The link to %(href)s is not in the same passage of the Finnish text.") % {
                "href": href
            }
        del free[name]
        element["id"] = name
    return str(soup), ""


def joined(source: str, passages: list[str | None]) -> str:
    """A text of the source's shape; passages that are None stay Finnish and say so."""
    template, strings = cut(source)
    soup = BeautifulSoup(template, "html.parser")
    for element in soup.find_all("text"):
        if passages[int(element["position"])] is None:
            holder = element.find_parent(["p", "li", "h3", "h4"])
            if holder is not None:
                holder["lang"] = "fi"
    values = [
        (string if passage is None else StringValue(passage), attributes)
        for passage, (string, attributes) in zip(passages, strings, strict=True)
    ]
    return restore_strings(str(soup), values)
