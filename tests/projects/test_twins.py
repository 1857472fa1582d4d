"""Which known thing is this likely to be: names in the ways that published lists spell them."""

import pytest
from django.contrib.auth.models import Group

from projects import twins
from projects.twins import Reason
from tests.factories import records

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAME = [
    ("Kuusiston Setlementti ry", "KUUSISTON SETLEMENTTI R.Y."),
    ("Kuusiston Setlementti ry", "Kuusiston setlementti"),
    ("Kuusiston Setlementti ry", "Kuusiston Setlementti ry:n"),
    ("Apila-säätiö", "Apila - Säätiö "),
    ("Järvilän e-oppimispiste ry", "Järvilän eOppimispiste ry."),
    ("Järvilän e-oppimispiste ry", "Järvilän eOppimispste ry"),
    ("Kanervan 4H-yhdistys", "Kanervan 4H-yhdistys (4H)"),
    ("Aikuisten Lukuliitto ry", "Aikuisten Lukuliitto  ALL ry"),
    ("Aikuisten Lukuliitto ALL ry", "aikuisten lukuliitto all ry"),
    ("Kotikylän tuki ry", "Kotikylän tuki ry (rekisterinumero: 123.456)"),
    ("Seudun kahleet ja tuki ry", "Seudun `kahleet` & tuki ry."),
    ("Salmen liikunta-, kulttuuri- ja nuorisotyö", "Salmen liikunta| kulttuuri- ja nuorisotyö"),
    ("Hämeen Tanssiyhdistys ry", "Hameen tanssiyhdistys"),
    ("Itäinen tanssiyhdistys ry", "Itäinen tanssiyhdistys ry / Östra dansföreningen rf"),
    ("Östra dansföreningen rf", "Itäinen tanssiyhdistys ry / Östra dansföreningen rf"),
    ("Oy Sampola Ab", "Sampola Oy"),
    ("Oulun kaupunki", "Uleåborgs stad"),
    ("Pohjois-Savon ELY-keskus", "Pohjois-Savon elinkeino-  liikenne- ja ympäristökeskus"),
]
LIKELY = [
    ("Apila-säätiö", "Apila-säätiö  Tuotannon yksikkö"),
    ("Kuusiston Setlementti ry", "Kuusiston Setlementti ry/ Päiväkeskus Satama"),
    ("Kanervan 4H-yhdistys", "Kanervan 4H"),
    ("Vihdin Vakaat ry", "Vihdin Vakat ry"),
    ("Sampola Oy", "Sampola ry"),
]
DIFFERENT = [
    ("Kainuun Kylät ry", "Lapin Kylät ry"),
    ("Helsingin kaupunki", "Espoon kaupunki"),
    ("Kemin Yrittäjät ry", "Keminmaan Yrittäjät ry"),
    ("Savon Yrittäjät ry", "Salon Yrittäjät ry"),
    ("Pohjanmaan liitto", "Keski-Pohjanmaan liitto"),
    ("Hämeen Liikunta ry", "Päijät-Hämeen Liikunta ry"),
    ("Suomen 4H-liitto", "Suomen 5H-liitto"),
    ("Martat (Oulu)", "Martat (Kemi)"),
    ("Hengitystuki ry", "Oulun Hengitystuki ry"),
    ("Taito Itä-Suomi ry", "Taito Länsi-Suomi ry"),
]


@pytest.fixture
def register():
    for name in {known for known, _typed in (*SAME, *LIKELY, *DIFFERENT)}:
        records.OrganisationFactory(name=name)
    return twins.Organisations()


def sureness(register, known: str, typed: str) -> bool | None:
    """Whether it is surely the known one; None if it is another."""
    return {twin.record.name: twin.sure for twin in register.twins(typed)}.get(known)


def test_one_organisation_is_found_however_it_is_spelt(register):
    for known, typed in SAME:
        assert sureness(register, known, typed) is True, (known, typed)
    for known, typed in LIKELY:
        assert sureness(register, known, typed) is False, (known, typed)
    for known, typed in DIFFERENT:
        assert sureness(register, known, typed) is None, (known, typed)


def test_what_tells_more_than_a_name():
    one = records.OrganisationFactory(
        name="Kuusiston Setlementti ry",
        short_name="KuSe",
        business_id="1234567-1",
        email="posti@kuusisto.example.org",
    )
    by_id, *_none = twins.organisations("Aivan muu nimi", business_id="1234567-1")
    assert (by_id.record, by_id.reason, by_id.sure) == (one, Reason.BUSINESS_ID, True)
    (by_name,) = twins.organisations("Kuusiston setlementti", business_id="7654321-4")
    assert not by_name.sure, "two business IDs are two organisations"
    (by_short,) = twins.organisations("KUSE")
    assert (by_short.reason, by_short.sure) == (Reason.SHORT_NAME, True)
    (by_mail,) = twins.organisations("Päiväkeskus Satama", email="Posti@Kuusisto.example.org")
    assert (by_mail.reason, by_mail.sure) == (Reason.EMAIL, False)
    assert not twins.organisations("")


def test_people_are_known_by_address_and_by_name_in_either_order():
    person = records.PersonFactory(name="Maija Malliainen", email="maija@example.org")
    records.PersonFactory(name="Matti Mallila", email="info@example.org")
    for name, email in (("Malliainen, Maija", ""), ("M. Malliainen", "maija@example.org")):
        (twin,) = twins.people(name, email=email)
        assert twin.record == person
        assert twin.sure
    (namesake,) = twins.people("Maija Malliainen", email="maija.malliainen@example.com")
    assert not namesake.sure
    assert not twins.people("Sanna Esimerkki", email="info@example.org"), "a shared mailbox"


def test_words_of_a_vocabulary_are_one_only_by_a_slip():
    theme = records.ThemeFactory(name="Nuorten työllisyys")
    register = twins.Themes()
    assert [twin.record for twin in register.twins("nuorten tyollisyys")] == [theme]
    assert not register.twins("Työllisyys")


def test_nobody_is_shown_what_she_may_not_see(django_user_model):
    stranger = django_user_model.objects.create_user("stranger", password="x")
    editor = django_user_model.objects.create_user("editor", password="x")
    editor.groups.add(Group.objects.get(name="Toimittajat"))
    records.OrganisationFactory(name="Kuusiston Setlementti ry")
    assert not twins.organisations("Kuusiston Setlementti", user=stranger)
    assert twins.organisations("Kuusiston Setlementti", user=editor)
