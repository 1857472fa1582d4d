"""Tables of invented projects, in the shapes that people and authorities send."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook

LIST = [
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan tila,Aloituspvm,"
    "Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,"
    "Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,"
    "Toteutunut julkinen rahoitus yhteensä",
    "S90001,ESR,Silta-hanke,Itä-Suomen suuralueosio,2,"
    "Pohjois-Savon elinkeino-  liikenne- ja ympäristökeskus,Toiminta päättynyt,1.1.2012,30.6.2014,"
    "SILTAYHDISTYS RY,133516,98573,180426,133207",
    "S90002,ESR,Polku,Valtakunnallinen osio,1,"
    "Pohjois-Savon elinkeino- liikenne- ja ympäristökeskus,Toiminta päättynyt,15.8.2008,31.12.2011,"
    "Siltayhdistys ry,681657,0,921980,906068.50",
]
OWN = [
    ["Hankkeen nimi", "Hankekoodi", "Alkaa", "Päättyy", "Kunnat", "Rahoittajat", "Kumppanit",
     "Yhteyshenkilö", "Sähköposti", "Tavoitteet"],
    ["Silta", "S90001", "1.5.2016", "5/2018", "Kemi, Tornio ja Simo", "Rahasto: 290 780,50 €",
     "Torin tuki ry; Kylän kaupunki", "Maija Malli", "maija@example.org", "Ihmiset tapaavat."],
    ["Polku", "", "2017", "kevät 2019", "Atlantis; Kajaani", "Rahasto", "", "", "", ""],
]  # fmt: skip

TOWNS = ("Kemi", "Tornio", "Simo", "Kajaani", "Oulu", "Helsinki")
TOWNS += ("Espoo", "Vaasa", "Turku", "Tampere", "Kuopio", "Iisalmi")


def text_of(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook_of(rows: list[list], before: int = 0, sheet: str = "Hankkeet") -> bytes:
    """``before``: lines above the headings, as letterheads have them."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for _line in range(before):
        page.append(["Yhdistyksen hankeluettelo"])
    for row in rows:
        page.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
