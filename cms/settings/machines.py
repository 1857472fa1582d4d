"""Machine translation: drafts for the translators, where the association has a service for it."""

from cms import settings as env

_MACHINES = {
    "deepl": "cms.translation.editor.service.DeepL",
    "libretranslate": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
}
if _machine := env.text("MACHINE_TRANSLATOR").lower():
    _options = {"TIMEOUT": env.number("MACHINE_TRANSLATOR_TIMEOUT", 15)}
    if _machine == "deepl":
        _options["AUTH_KEY"] = env.text("MACHINE_TRANSLATOR_KEY")
        _options["URL"] = env.text("MACHINE_TRANSLATOR_URL")
    else:
        _options["API_KEY"] = env.text("MACHINE_TRANSLATOR_KEY")
        _options["LIBRETRANSLATE_URL"] = env.text("MACHINE_TRANSLATOR_URL").rstrip("/")
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": _MACHINES.get(_machine, _machine),
        "OPTIONS": _options,
    }
