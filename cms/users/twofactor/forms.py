from django import forms
from django.utils.translation import gettext_lazy as _
from django_otp import match_token


class CodeForm(forms.Form):
    """A code of the user's devices; ``device`` is the one that it fits.

    Guessing is slowed down by the devices themselves, for longer after each wrong code.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def __init__(self, *args, user, device=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.device = device

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).lower()
        if self.device is not None:
            fits = self.device.verify_token(code)
        else:
            self.device = match_token(self.user, code)
            fits = self.device is not None
        if not fits:
            raise forms.ValidationError(
                _(
                    "The code is not right, or it has been used. Wait for the next one in your "
                    "application and write it here. After several wrong codes wait a little longer."
                )
            )
        return code
