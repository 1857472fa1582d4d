import shutil
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation

from cms.translation.as_in_finnish import AS_IN_FINNISH, FALLS_BACK_RIGHTLY
from cms.translation.catalogues import check_all, is_public
from cms.translation.compiling import compile_folders
from tests.services import require


def catalogue(folder: Path, locale: str, *entries: polib.POEntry) -> Path:
    file = folder / locale / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": locale}
    po.extend(entries)
    po.save(str(file))
    return file


@pytest.fixture
def locales(tmp_path, settings):
    """An empty folder of catalogues for a site in Finnish, Somali and English."""
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("fi", "Finnish"), ("so", "Somali"), ("en", "English")]
    return tmp_path


def entry(msgid, msgstr="", *, where="cms/templates/base.html", **options):
    return polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[(where, "")], **options)


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(locales):
    source = catalogue(locales, "so", entry("Search", "Raadi"))
    assert compile_folders([locales]) == [source.with_suffix(".mo")]
    assert polib.mofile(str(source.with_suffix(".mo"))).find("Search").msgstr == "Raadi"
    assert compile_folders([locales]) == []
    source.with_suffix(".mo").unlink()
    assert len(compile_folders([locales])) == 1
    assert [file.name for file in source.parent.iterdir() if file.suffix == ".tmp"] == []


def test_fuzzy_entries_are_not_served(locales):
    source = catalogue(locales, "so", entry("Search", "Guess", flags=["fuzzy"]))
    compile_folders([locales])
    assert polib.mofile(str(source.with_suffix(".mo"))).find("Search") is None


def test_missing_and_fuzzy_strings_are_named_with_their_language(locales):
    catalogue(locales, "fi", entry("Search", "Hae"), entry("Menu"))
    catalogue(locales, "so", entry("Search", "Raadi", flags=["fuzzy"]), entry("Menu"))
    catalogue(locales, "en", entry("Search"), entry("Menu"))
    faults, totals = check_all()
    assert [(fault.language, fault.kind, fault.msgid) for fault in faults] == [
        ("fi", "missing", "Menu"),
        ("so", "fuzzy", "Search"),
        ("so", "missing", "Menu"),
    ]
    assert totals == {"fi": (1, 2), "so": (0, 2), "en": (0, 0)}


def test_strings_for_staff_are_wanted_in_finnish_only(locales):
    for code in ("fi", "so", "en"):
        catalogue(locales, code, entry("Lock account", where="cms/users/wagtail_hooks.py"))
    faults, _totals = check_all()
    assert [fault.language for fault in faults] == ["fi"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "detail"),
    [
        ("%(count)s of %(name)s", "%(count)s", "lost %(name)s"),
        ("Page {number}", "Sivu {numero}", "lost {number}"),
        ("Page %s", "Sivu %s %s", ""),
        ("Read <a href='#'>more</a>", "Lue lisää", "lost </a, <a"),
        ("Search", "Hae %(query)s", "unknown %(query)s"),
    ],
)
def test_placeholders_and_tags_survive_translation(locales, msgid, msgstr, detail):
    catalogue(locales, "fi", entry(msgid, msgstr))
    for code in ("so", "en"):
        catalogue(locales, code)
    details = [fault.detail for fault in check_all()[0] if fault.kind == "placeholder"]
    assert any(text.startswith(detail) for text in details) if detail else details == []


def test_a_plural_form_may_leave_the_number_out_but_nothing_else(locales):
    forms = {0: "Yksi hanke", 1: "%(count)s hanketta alueella"}
    plural = entry("%(count)s project in %(place)s", msgid_plural="%(count)s projects in %(place)s")
    plural.msgstr_plural = forms
    catalogue(locales, "fi", plural)
    for code in ("so", "en"):
        catalogue(locales, code)
    lost = [fault.detail.split(" in ")[0] for fault in check_all()[0]]
    assert lost == ["lost %(place)s", "lost %(place)s"]


def test_the_command_fails_and_lists_each_fault(locales):
    for code in ("fi", "so", "en"):
        catalogue(locales, code, entry("Menu"))
    errors = StringIO()
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_catalogues", stdout=StringIO(), stderr=errors)
    assert "so: missing: “Menu”" in errors.getvalue()
    with pytest.raises(CommandError, match="xx is not a language"):
        call_command("check_catalogues", language=["xx"], stdout=StringIO())


def test_easy_finnish_falls_back_where_the_list_says_so_and_nowhere_else(locales, settings):
    settings.LANGUAGES = [("fi", "Finnish"), ("fi-simple", "Easy Finnish")]
    rightly = sorted(FALLS_BACK_RIGHTLY)
    kept, translated, gone = rightly[2:], rightly[0], rightly[1]
    easy = [*(entry(text) for text in kept), entry(translated, "Oma"), entry("Organisation")]
    catalogue(locales, "fi", *(entry(text, "Suomeksi") for text in kept))
    catalogue(locales, "fi_Simple", *easy)
    found = [fault for fault in check_all()[0] if fault.language == "fi-simple"]
    assert [(fault.kind, fault.msgid) for fault in found if fault.kind != "placeholder"] == [
        ("missing", "Organisation"),
        ("needless", translated),
        ("needless", gone),
    ]


def test_what_falls_back_has_one_reason_and_finnish_words():
    texts = [text for texts in AS_IN_FINNISH.values() for text in texts]
    assert len(texts) == len(FALLS_BACK_RIGHTLY)
    finnish = polib.pofile(str(settings.BASE_DIR / "locale" / "fi" / "LC_MESSAGES" / "django.po"))
    assert {one.msgid for one in finnish if one.translated()} >= FALLS_BACK_RIGHTLY


def test_every_public_string_has_words_in_every_language():
    faults, totals = check_all()
    assert [str(fault) for fault in faults] == []
    assert {code for code, (done, wanted) in totals.items() if wanted and done == wanted} == {
        code for code, _name in settings.LANGUAGES if code != "en"
    }


@pytest.mark.parametrize(
    ("text", "where", "public"),
    [
        ("Skip to content", "cms/templates/base.html", True),
        ("Owner", "projects/templates/projects/admin/listing.html", False),
        ("Import finished", "projects/management/commands/import_projects.py", False),
        ("lead", "cms/core/models.py", False),
        ("Finnish", "cms/settings/base.py", False),
    ],
)
def test_who_reads_a_string(text, where, public):
    assert is_public(entry(text, where=where)) is public


def test_in_models_names_are_for_staff_and_choices_for_all(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    models = tmp_path / "projects" / "models" / "things.py"
    models.parent.mkdir(parents=True)
    models.write_text(
        "class Status(TextChoices):\n    RUNNING = 'running', _('Running')\n"
        "class Thing(Model):\n    name = CharField(_('name of it'), help_text=_('Short.'))\n"
        "    class Meta:\n        verbose_name = _('thing')\n"
        "    def clean(self):\n        raise ValidationError({'name': _('Too long.')})\n"
        "    def check(self, errors):\n        errors['end'] = _('Too late.')\n"
        "    colour = CharField(validators=[RegexValidator(COLOUR, _('No colour.'))])\n"
    )
    for text, public in [
        ("Running", True),
        ("name of it", False),
        ("Short.", False),
        ("thing", False),
        ("Too long.", False),
        ("Too late.", False),
        ("No colour.", False),
    ]:
        assert is_public(entry(text, where="projects/models/things.py")) is public, text


@pytest.mark.parametrize(("code", "_name"), settings.LANGUAGES)
def test_every_language_of_the_site_is_one_that_django_serves(code, _name):
    assert translation.check_for_language(code)
    assert translation.get_supported_language_variant(code, strict=True) == code


def test_the_catalogues_hold_every_string_of_the_code(tmp_path, monkeypatch):
    require(shutil.which("xgettext"), "gettext is not installed (apt install gettext).")
    rooms = ("cms", "home", "projects", "asking", "publications", "subjects", "search", "following")
    for room in rooms:
        (tmp_path / room).symlink_to(settings.BASE_DIR / room)
    fresh = tmp_path / "locale"
    for code, _name in settings.LANGUAGES:
        catalogue(fresh, translation.to_locale(code))
    # makemessages writes to the folder "locale" of where it stands, whatever the settings say.
    monkeypatch.chdir(tmp_path)
    with override_settings(LOCALE_PATHS=[fresh]):
        call_command("collect_messages", symlinks=True, verbosity=0)
    ours = polib.pofile(str(settings.BASE_DIR / "locale" / "fi" / "LC_MESSAGES" / "django.po"))
    collected = polib.pofile(str(fresh / "fi" / "LC_MESSAGES" / "django.po"))
    assert len(collected) > 300
    known = {(one.msgctxt, one.msgid) for one in ours if not one.obsolete}
    missing = [one.msgid for one in collected if (one.msgctxt, one.msgid) not in known]
    assert missing == [], "Run `make messages` and translate."
