"""Numbers that are written as words: which values a text may mean by its words.

They excuse a figure that is missing, so that a word too many does less harm than one too few.
"""

import re
import unicodedata
from functools import cache

# Each line: value, then beginnings of words that mean it, the longer before the shorter.
_BEGINNINGS = {
    "fi": """
        8 kahdeksa; 9 yhdeksä; 2 kaksi kahde kahta kahti; 3 kolme kolmi kolma; 4 nelj; 5 viisi viide
        viit; 6 kuusi kuude kuut; 7 seitsem; 10 kymmen; 100 sata sada; 2 toinen toise pari;
        1 yksi yhde yhtä yhteen ensimmäi; 1000 tuhat tuhan; 0 nolla; 0.25 neljänne neljäso vart;
        24 keskiyö puoliyö puolenyö;
        12 keskipäiv; 0.5 puol""",
    "sv": """
        11 elva elfte; 12 tolv; 13 tretton; 14 fjorton; 15 femton; 16 sexton; 17 sjutton; 18 arton;
        19 nitton; 20 tjugo; 30 trettio; 40 fyrtio; 50 femtio; 60 sextio; 70 sjuttio; 80 åttio;
        90 nittio; 100 hundra; 1000 tusen; 1 ett en först; 2 två andra båda bägge par; 3 tre tred;
        4 fyra fjärde; 5 fem femte; 6 sex sjätte; 7 sju; 8 åtta åttonde; 9 nio; 10 tio tionde;
        0 noll; 0.25 fjärdedel kvart; 0.5 halv; 12 middag; 24 midnatt""",
    "en": """
        11 eleven; 12 twelve twelfth dozen; 13 thirteen; 14 fourteen; 15 fifteen; 16 sixteen;
        17 seventeen; 18 eighteen; 19 nineteen; 20 twent; 30 thirt; 40 fort; 50 fift; 60 sixt;
        70 sevent; 80 eight; 90 ninet; 100 hundred; 1000 thousand; 1 one first once single;
        2 two second twice both pair couple; 3 three third; 4 four; 5 five fifth; 6 six; 7 seven;
        8 eight; 9 nine ninth; 10 ten; 0 zero no; 0.5 half; 0.25 quarter; 12 noon midday;
        24 midnight""",
    "ru": """
        11 одиннадцат; 12 двенадцат; 13 тринадцат; 14 четырнадцат; 15 пятнадцат; 16 шестнадцат;
        17 семнадцат; 18 восемнадцат; 19 девятнадцат; 20 двадцат; 30 тридцат; 40 сорок; 50 пятьдесят
        пятидесят; 60 шестьдесят шестидесят; 70 семьдесят семидесят; 80 восемьдесят восьмидесят;
        90 девяност; 100 сто ста; 1000 тысяч; 1 один одна одно одни перв; 2 два две двух двум двумя
        двое двоих оба обе втор пара; 3 три трех тремя трем трое трет; 4 четыр
        четвер; 5 пять пяти пят; 6 шест; 7 семь семи семер седьм; 8 восемь восьм; 9 девят;
        10 десят; 0 ноль нол; 0.25 четверть четверти; 12 полдень полудн; 24 полночь полуноч;
        0.5 полов пол;        1.5 полтор полутор""",
    "ar": """
        20 عشرون عشرين; 30 ثلاثون ثلاثين; 40 أربعون أربعين; 50 خمسون خمسين; 60 ستون ستين;
        70 سبعون سبعين; 80 ثمانون ثمانين; 90 تسعون تسعين; 100 مئة مائة; 200 مئت مائت;
        1000 ألف آلاف; 11 أحد_عشر;
        3 ثلاث ثالث; 4 أربع رابع; 5 خمس خامس; 6 ست سادس; 7 سبع سابع; 8 ثمان ثامن; 9 تسع تاسع;
        10 عشر عاشر; 1 واحد أول أولى إحدى أحد مرة; 2 اثن اثنا اثني ثان كلا كلتا; 0 صفر; 0.5 نصف;
        0.25 ربع; 12 ظهر""",
    "so": """
        20 labaatan; 30 soddon; 40 afartan; 50 konton; 60 lixdan; 70 toddobaatan toddobaatam;
        80 siddeetan sideetan; 90 sagaashan; 100 boqol; 1000 kun; 1 kow hal mid koow; 2 laba lab;
        3 saddex sadex; 4 afar; 5 shan; 6 lix; 7 toddoba todoba; 8 siddeed sideed; 9 sagaal;
        10 toban; 0 eber; 0.5 nus bar badh; 0.25 rubuc; 12 duhur""",
}
AFTERNOON = r"بعد الظهر|ظهر[اً]+|مساء\w*|galab\w*|fiid\w*|дня\b|вечера\b"
AFTERNOON += r"|på eftermiddagen|på kvällen|iltapäivällä|illalla"
"""Words after an hour, in Arabic, Somali and Russian, that make *five* seventeen."""
_AFTERNOON = re.compile(rf"\b(?:{AFTERNOON})", re.IGNORECASE)
MIDNIGHT = 10_000_000
"""Times of day are minutes from here, where no other figure is."""
_HUNDREDS = re.compile(r"(?<=\w)(?:مائة|مئة)")
_HUNDRED = {
    "ru": re.compile(r"\w?(?:сот|ст[аи]|стам|стами|стах)"),
    "sv": re.compile(r"hundra\w{0,5}"),
}
_DUAL = re.compile(r"\b\w{2,}(?:ين|ان|تين|تان)\b")


def latin_digits(text: str) -> str:
    """Digits of any script as 0–9, with their separators."""
    signs = {"٫": ".", "٬": "\u00a0", "٪": "%", "\u200f": "", "\u200e": "", "\u061c": ""}
    return "".join(
        signs.get(sign)
        if sign in signs
        else str(unicodedata.decimal(sign))
        if sign.isdecimal() and not sign.isascii()
        else sign
        for sign in text
    )


@cache
def _beginnings(language: str) -> list[tuple[str, float]]:
    found = []
    for line in _BEGINNINGS.get(language, "").split(";"):
        value, *words = line.split() or [""]
        found += [(word.replace("_", " "), float(value)) for word in words]
    return sorted(found, key=lambda pair: -len(pair[0]))


_FINNISH_PARTS = re.compile(
    "|".join(["puol\\w{1,6}toista", "toist", *(beginning for beginning, _v in _beginnings("fi"))])
)


def lone_values(text: str, language: str) -> set[float]:
    """Small numbers that single words say; *one* and *two* mean too much else."""
    language = language.split("-")[0]
    words = re.findall(r"[^\W\d_]+", text.lower().replace("ё", "е"))
    read = _finnish if language == "fi" else lambda word: _of_word(word, language)
    found = (max(read(word), default=0) for word in words)
    return {value for value in found if 3 <= value <= 100}


def word_values(text: str, language: str) -> set[float]:
    """Values that the words of the text may mean, those of neighbours together too."""
    language = language.split("-")[0]
    text = _HUNDREDS.sub(r" \g<0>", text)
    words = re.findall(r"[^\W\d_]+", text.lower().replace("ё", "е"))
    if language == "fi":
        return _with_clock({value for word in words for value in _finnish(word)})
    found = {value for word in words for value in _of_word(word, language)}
    if _AFTERNOON.search(text):
        found |= {hour + 12 for hour in found if 1 <= hour < 12}
    if language == "ar" and _DUAL.search(text):
        found.add(2.0)
    tens = {v for v in found if v in (10, *range(20, 100, 10))}
    sums = {ten + unit for ten in tens for unit in found if 1 <= unit <= 9}
    hundreds = {100 * unit for unit in found if 2 <= unit <= 9} if 100 in found else set()
    hundreds |= found & {100, 200}
    small = {value for value in found | sums if 1 <= value < 100}
    hundreds |= {hundred + value for hundred in hundreds for value in small}
    thousands = {1000 + value for value in hundreds} if 1000 in found else set()
    if 1000 in found:
        thousands |= {1000 * value for value in found | sums | hundreds if 2 <= value < 1000}
    return _with_clock(found | sums | hundreds | thousands)


def _with_clock(values: set[float]) -> set[float]:
    """Halves and quarters with what stands before them; hours: *half past five*, *puoli kuusi*."""
    halves = {0.5, 0.25} & values
    mixed = {value + half for half in halves for value in values if value >= 1}
    if 0.5 in values:
        mixed |= {50.0, 1.5}
    if 1.5 in values:
        mixed |= {18.0}  # months
    if 0.25 in values:
        mixed |= {25.0, 15.0, 4.0}
    hours = {value + shift for value in values if 1 <= value <= 12 for shift in (0, 12)}
    minutes = {0, *(int(60 * half) for half in halves), *([-15] if 0.25 in values else ())}
    clock = {MIDNIGHT + 60 * hour + minute for hour in hours for minute in minutes}
    if 24 in values:
        clock |= {MIDNIGHT, MIDNIGHT + 24 * 60}
    if 0.5 in values:
        clock |= {MIDNIGHT + 60 * hour - 30 for hour in hours}
    return values | mixed | clock


def _of_word(word: str, language: str) -> set[float]:
    found = _beginning_with(word, language)
    bare = re.sub(r"^[وفبلك]?(?:ال)?", "", word) if language == "ar" and not found else word
    return found if bare == word or len(bare) < 2 else _beginning_with(bare, language)


def _beginning_with(word: str, language: str) -> set[float]:
    for beginning, value in _beginnings(language):
        if not word.startswith(beginning):
            continue
        rest = word.removeprefix(beginning)
        unit = _of_word(rest, language) if value in range(20, 100, 10) and len(rest) > 2 else ()
        if unit:
            return {value, *(value + one for one in unit)}
        if value < 10 and (hundred := _HUNDRED.get(language)) and hundred.fullmatch(rest):
            return {100 * value}
        if len(rest) <= (8 if len(beginning) > 3 else 2 if language in ("en", "sv") else 4):
            return {value}
    return set()


def _finnish(word: str) -> set[float]:
    """Compounds too: *kolmetoista*, *kaksikymmentäviisi*, *kolmivuotinen*."""
    values: list[float] = []
    end = 0
    for match in _FINNISH_PARTS.finditer(word):
        if match.start() - end > (5 if values else 0):
            break
        end = match.end()
        if match.group().endswith("toista"):
            values.append(1.5)
        elif match.group() == "toist" and values:
            values[-1] += 10
        elif match.group() == "kymmen" and values and values[-1] < 10:
            values[-1] *= 10
        elif match.group() in ("sata", "sada", "tuhat", "tuhan") and values and values[-1] < 10:
            values[-1] *= 100 if match.group()[0] == "s" else 1000
        else:
            values.append(dict(_beginnings("fi")).get(match.group(), 0))
    return {*values, sum(values)} if values else set()
