"""Forms of the admin as a browser sends them: read from the page, changed, sent."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self._select = self._textarea = None

    @property
    def fields(self) -> dict:
        return self.forms[-1]["fields"] if self.forms else {}

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        name = a.get("name")
        if tag == "form":
            self.forms.append({"action": a.get("action"), "fields": {}})
        elif tag == "input" and name:
            kind = a.get("type", "text")
            if kind in {"submit", "button", "file"}:
                return
            if kind in {"checkbox", "radio"} and "checked" not in a:
                return
            blank = "on" if kind in {"checkbox", "radio"} else ""
            self.fields.setdefault(name, []).append(a.get("value", blank))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in a:
            self.fields.setdefault(self._select, []).append(a.get("value", ""))
        elif tag == "textarea" and name:
            self._textarea = name
            self.fields.setdefault(name, []).append("")

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._textarea:
            text = self.fields[self._textarea][-1]
            self.fields[self._textarea][-1] = text.removeprefix("\n")
            self._textarea = None
        elif tag == "select":
            self._select = None


def read_form(response, with_field: str = "csrfmiddlewaretoken") -> dict:
    """The fields of the page's form that has this one, as it would be sent untouched.

    A body is put in by the browser's script: here it is empty.
    """
    parser = Forms()
    parser.feed(response.content.decode())
    fields = next(dict(f["fields"]) for f in parser.forms if with_field in f["fields"])
    return {"body-count": "0", **fields}
