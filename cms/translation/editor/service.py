"""The service that translates by machine: which one the settings name, what is wrong with them,
and asking it, whatever it answers.
"""

import logging
from collections.abc import Iterator

import requests
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

from ..strings.checks import MOST_CHARACTERS, is_blank

logger = logging.getLogger("katto.translation")

KEY_REFUSED, QUOTA_USED = {401, 403}, {402, 429, 456}


class Unanswered(Exception):
    """The service gave no translations; says why, for who asked."""


class DeepL(DeepLTranslator):
    """Upstream reads an answer before it asks whether it is one, so that a refused key looks like
    broken JSON. Delete once ``DeepLTranslator.translate`` asks ``raise_for_status``.
    """

    def get_api_endpoint(self) -> str:
        return self.options.get("URL") or super().get_api_endpoint()

    def translate(self, source_locale, target_locale, strings) -> dict[StringValue, StringValue]:
        response = requests.post(
            self.get_api_endpoint(),
            self.get_parameters(source_locale, target_locale, strings),
            timeout=self.options.get("TIMEOUT", 15),
            headers=self.get_headers(),
        )
        response.raise_for_status()
        made = response.json()["translations"]
        return {
            string: StringValue(each["text"]) for string, each in zip(strings, made, strict=True)
        }


def chosen() -> BaseMachineTranslator | None:
    """The one that the settings name; ``None`` too where they are wrong, of which :func:`check`
    tells whoever starts the site.
    """
    if not getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None) or list(faults()):
        return None
    config = settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR
    return import_string(config["CLASS"])(config.get("OPTIONS", {}))


def faults() -> Iterator[str]:
    """What is wrong with the settings, a sentence each."""
    config = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None)
    if not config:
        return
    name, options = config.get("CLASS", ""), config.get("OPTIONS", {})
    try:
        made = import_string(name)
    except ImportError:
        yield f"There is no machine translator {name!r}."
        return
    if not (isinstance(made, type) and issubclass(made, BaseMachineTranslator)):
        yield f"{name} is no machine translator."
    elif issubclass(made, DeepLTranslator) and not options.get("AUTH_KEY"):
        yield "DeepL needs a key (MACHINE_TRANSLATOR_KEY)."
    elif issubclass(made, LibreTranslator):
        url = str(options.get("LIBRETRANSLATE_URL") or "")
        if not url.startswith(("http://", "https://")):
            yield "LibreTranslate needs its address, with https:// (MACHINE_TRANSLATOR_URL)."
        if "API_KEY" not in options:
            yield "LibreTranslate needs API_KEY among its options; empty where it asks for none."


def check(app_configs, **kwargs) -> list[CheckMessage]:
    hint = "See “Machine translation” in the README; without MACHINE_TRANSLATOR there is none."
    return [Error(fault, hint=hint, id="katto.E030") for fault in faults()]


def ask(
    machine: BaseMachineTranslator, source: Locale, target: Locale, texts: list[StringValue]
) -> dict[StringValue, str]:
    """Translations of those texts that the service gave one for, or :class:`Unanswered`."""
    try:
        answer = machine.translate(source, target, texts)
        return {text: answer[text].data for text in texts if _is_text(answer.get(text))}
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        logger.warning("%s refused to translate: %s", machine.display_name, status)
        raise Unanswered(_refusal(status)) from error
    except requests.JSONDecodeError as error:
        raise Unanswered(_nonsense(machine)) from error
    except requests.Timeout as error:
        raise Unanswered(_("The service took too long to answer. Try again later.")) from error
    except requests.RequestException as error:
        logger.warning("%s can't be reached: %s", machine.display_name, type(error).__name__)
        raise Unanswered(_("The service can't be reached now. Try again later.")) from error
    except Exception as error:
        # Whatever a class makes of an answer that it does not understand.
        raise Unanswered(_nonsense(machine)) from error


def _is_text(value) -> bool:
    text = getattr(value, "data", None)
    return isinstance(text, str) and len(text) <= MOST_CHARACTERS and not is_blank(text)


def _nonsense(machine) -> str:
    logger.warning("%s answered with something else than translations.", machine.display_name)
    return _(
        "The service answered with something else than translations. Its address or key may be "
        "wrong, or its quota used up: tell whoever looks after the site."
    )


def _refusal(status: int) -> str:
    if status in KEY_REFUSED:
        return _("The service refuses our key: tell whoever looks after the site.")
    if status in QUOTA_USED:
        return _("The quota of the service is used up for now.")
    if status >= 500:
        return _("The service has a fault of its own. Try again later.")
    return _("The service refused these texts: it may not know one of the languages.")
