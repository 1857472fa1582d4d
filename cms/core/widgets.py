from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join


class LongSelect(forms.Select):
    """A list of hundreds of options (municipalities), of which a form has several.

    Django renders two templates for each option: two thirds of the time of a project's form.
    """

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        options = (
            (flatatt({"value": str(option["value"]), **option["attrs"]}), option["label"])
            for _group, found, _index in widget["optgroups"]
            for option in found
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt({"name": widget["name"], **widget["attrs"]}),
            format_html_join("", "<option{}>{}</option>", options),
        )
