"""Groups of translators, one a language, and what goes with a group's right to a language.

The right itself decides (:mod:`.policy`). To change the pages of the language's home page goes with
it, so that Wagtail's lists of pages show its members what they translate.
"""

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.template.loader import render_to_string
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.models import GroupPagePermission, Locale, Page

from cms.core.languages import language_label
from cms.users import roles

from .models import LanguageRights, MailChoice
from .policy import WRITTEN_BY_HAND

CHANGE = "change_page"


class UnknownLanguage(Exception):
    """Nobody translates into this language; says why."""


def set_up(codes: Iterable[str]) -> list[str]:
    """Make the groups of translators into these languages, and give them what they lack.

    Returns their names. All languages are looked at before anything is made.
    """
    codes = list(dict.fromkeys(codes))
    for code in codes:
        if fault := _fault(code):
            raise UnknownLanguage(fault)
    with transaction.atomic():
        return [_set_up(code) for code in codes]


def _fault(code: str) -> str:
    known = [code for code, _name in settings.LANGUAGES if is_target(code)]
    if code in known:
        return ""
    if code == settings.LANGUAGE_CODE:
        reason = "is the language that is translated from"
    elif code in WRITTEN_BY_HAND:
        reason = "is written by hand, not translated"
    else:
        reason = "is no language of this site"
    return f"“{code}” {reason}. Choose from: {', '.join(known)}."


def nobody_translates(locales: Iterable[Locale]) -> str:
    """A sentence that names those of the languages into which nobody may translate, if any."""
    staffed = LanguageRights.objects.filter(group__user__is_active=True)
    known = set(staffed.values_list("locale_id", flat=True))
    names = [language_label(each.language_code) for each in locales if each.pk not in known]
    if not names:
        return ""
    text = gettext(
        "Nobody may translate into: %(languages)s. Add people to the groups of translators."
    )
    return text % {"languages": ", ".join(names)}


def is_target(code: str) -> bool:
    return code != settings.LANGUAGE_CODE and code not in WRITTEN_BY_HAND


def _set_up(code: str) -> str:
    locale, _new = Locale.objects.get_or_create(language_code=code)
    # ``Kääntäjät: arabia``: data that staff see, so in the site's own language.
    with override(settings.LANGUAGE_CODE):
        name = f"Kääntäjät: {str(dict(settings.LANGUAGES)[code]).lower()}"
    group, _new = Group.objects.get_or_create(name=name)
    group.permissions.add(roles.permission("wagtailadmin.access_admin"))
    LanguageRights.objects.get_or_create(group=group, locale=locale)
    open_home_pages(group, locale)
    return group.name


def open_home_pages(group: Group, locale: Locale) -> None:
    for home in Page.objects.filter(depth=roles.HOME_DEPTH, locale=locale):
        roles.grant_pages(group, [CHANGE], home)


def follow_right(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        open_home_pages(instance.group, instance.locale)


def follow_loss(sender, instance, **kwargs) -> None:
    """A group without the language would else change these pages as staff do."""
    pages = GroupPagePermission.objects.filter(group=instance.group_id)
    pages.filter(page__locale=instance.locale_id, permission__codename=CHANGE).delete()


def follow_home_page(sender, home: Page, **kwargs) -> None:
    """A new home page is open to the translators of its language, and to no others."""
    rights = LanguageRights.objects.all()
    given = GroupPagePermission.objects.filter(page=home)
    given.filter(group__in=rights.values("group")).delete()
    for right in rights.filter(locale=home.locale_id).select_related("group"):
        roles.grant_pages(right.group, [CHANGE], home)


def connect() -> None:
    post_save.connect(follow_right, sender=LanguageRights, dispatch_uid="open-home-pages")
    post_delete.connect(follow_loss, sender=LanguageRights, dispatch_uid="close-home-pages")
    roles.home_page_made.connect(follow_home_page, dispatch_uid="open-home-pages")


class LanguageRightsForm(forms.Form):
    """In Wagtail's form of a group: what the group may do in each language."""

    NOTHING, WORDS, PUBLISH = "no", "words", "publish"
    CHOICES = [
        (NOTHING, _("Does not translate into it")),
        (WORDS, _("Translates; somebody else reviews and publishes")),
        (PUBLISH, _("Translates and publishes")),
    ]

    def __init__(self, data=None, files=None, instance=None, prefix="language_rights") -> None:
        super().__init__(data, files, prefix=prefix)
        self.group = instance
        held = {right.locale_id: right for right in self._rights()}
        for locale in Locale.objects.order_by("pk"):
            if not is_target(locale.language_code):
                continue
            right = held.get(locale.pk)
            now = self.NOTHING if right is None else self.WORDS
            self.fields[locale.language_code] = forms.ChoiceField(
                label=language_label(locale.language_code),
                choices=self.CHOICES,
                widget=forms.Select(attrs={"class": "w-w-full"}),
                required=False,
                initial=self.PUBLISH if right and right.may_publish else now,
            )

    def _rights(self) -> QuerySet[LanguageRights]:
        group = self.group.pk if self.group else None
        return LanguageRights.objects.filter(group=group)

    @transaction.atomic
    def save(self) -> None:
        """What was not sent stays as it is."""
        for locale in Locale.objects.filter(language_code__in=self.fields):
            wanted = self.cleaned_data[locale.language_code]
            if wanted == self.NOTHING:
                for right in self._rights().filter(locale=locale):
                    right.delete()
            elif wanted:
                LanguageRights.objects.update_or_create(
                    group=self.group,
                    locale=locale,
                    defaults={"may_publish": wanted == self.PUBLISH},
                )

    def as_admin_panel(self) -> str:
        return render_to_string("translation/admin/language_rights.html", {"form": self})


class MailChoiceForm(forms.ModelForm):
    class Meta:
        model = MailChoice
        fields = ["wanted"]


class MailChoicePanel(BaseSettingsPanel):
    name = "translation_mail"
    title = _("Translations")
    tab = notifications_tab
    order = 200
    form_class = MailChoiceForm

    def get_form(self) -> MailChoiceForm:
        choice = MailChoice.objects.filter(user=self.user).first() or MailChoice(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=choice, prefix=self.name)


@hooks.register("register_account_settings_panel")
def mail_choice(request, user, profile) -> MailChoicePanel:
    return MailChoicePanel(request, user, profile)
