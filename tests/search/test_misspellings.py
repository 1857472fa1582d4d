"""Fifty slips of the finger in words of the sample: the page meant is found or suggested."""

import pytest

from search.question import SearchParameters
from search.service import ask
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

# Each project by words of its own, each word misspelt one way: a letter left out, doubled,
# swapped, wrong, or without its dots.
PROJECTS = {
    "Verkostoista voimaa perheille": {
        "verkosto": ["verksoto", "vekosto", "verkosoto", "verkkosto"],
        "hyvinvointi": ["hyvinvoitni", "hyvinvonti", "hyvinvointii"],
        "perheet": ["perheett", "prheet", "perhete"],
        "mielenterveys": ["mielenterveyss", "mielentervys", "mielentereys"],
    },
    "Nuorten itsenäistyminen ja tukihenkilöt": {
        "itsenäistyminen": ["itsenaistyminen", "itsenäistyminnen", "itsenästyminen"],
        "tukihenkilö": ["tukihenkilo", "tukihenklö", "tukihenkillö"],
        "vapaaehtoinen": ["vapaehtoinen", "vapaaehtonen", "vappaaehtoinen"],
    },
    "Harrastusten tarjotin Kainuuseen": {
        "harrastus": ["harastus", "harrstus", "harratsus", "harrastuss"],
        "turvapaikanhakija": ["turvapaikanhakia", "turvapaikan hakija", "turvapakanhakija"],
        "osallisuus": ["osalisuus", "osallisus", "osallisuuus"],
    },
    "Neuvontaa monella kielellä asuinalueilla": {
        "neuvonta": ["neuvota", "nevonta", "neuvontta"],
        "asuinalue": ["asuinaleu", "asunalue", "asuinallue"],
        "digitaalinen": ["digitalinen", "digitaalinnen", "digtaalinen"],
        "mentorointi": ["mentoronti", "mentorointti", "mentrointi"],
    },
    "Yhdistykset ja viranomaiset kotouttamassa": {
        "viranomainen": ["viranomanen", "virannomainen", "viranomaien"],
        "yhdistys": ["yhdisyts", "yhditys", "yhdystys"],
    },
}


def test_most_slips_find_the_page_meant(commit):
    for title, words in PROJECTS.items():
        commit(ProjectFactory, title=title, lead=f"Hankkeen sanoja: {', '.join(words)}.")
    met, missed = 0, []
    for title, words in PROJECTS.items():
        for word, slips in words.items():
            for slip in slips:
                outcome = ask(SearchParameters(query=slip), "fi")
                titles = [hit.title for hit in outcome.result.hits[:10]]
                suggested = ask(SearchParameters(query=outcome.did_you_mean), "fi")
                titles += [h.title for h in suggested.result.hits if outcome.did_you_mean]
                if title in titles:
                    met += 1
                else:
                    missed.append((word, slip))
    total = met + len(missed)
    assert total >= 50
    assert met / total >= 0.85, missed
