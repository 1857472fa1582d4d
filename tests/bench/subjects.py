"""Pages of what projects share, beside the list of the same site: an organisation, the numbers.

Figures are ratios of CPU time, the project list's first page being 1.
"""

from collections.abc import Iterator

from .sites import KATTO, Site, site
from .visitor import Course, in_turn, ratio, uncached

ORGANISATION_OF, NUMBERS_OF = 5_000, 10_000
"""Projects of the site: of 5,000, each organisation that carries projects out has about 500."""
OWN = 500
AIM = 1.5
REQUESTS = 15
NEAREST = """
from collections import Counter
from projects.models import ProjectOrganisation
from projects.public.addresses import url_of
own = Counter(ProjectOrganisation.objects.values_list("organisation__translation_key", flat=True))
key = min(own, key=lambda key: abs(own[key] - {own}))
print(own[key], url_of("organisation", str(key), "fi"))
"""


def run(of: int = ORGANISATION_OF, numbers_of: int = NUMBERS_OF, own: int = OWN) -> Iterator[str]:
    with site(KATTO, of) as made:
        held, address = made.shell(NEAREST.format(own=own)).split()
        yield from beside_the_list(made, f"an organisation with {held} of {of}", address)
    with site(KATTO, numbers_of) as made:
        yield from beside_the_list(made, f"the numbers of {numbers_of}", "/fi/luvut/")


def beside_the_list(made: Site, name: str, address: str) -> Iterator[str]:
    with made.serve() as visitor:
        page, listed = (
            Course(visitor, uncached([path]), REQUESTS) for path in (address, "/fi/hankkeet/")
        )
        in_turn([page, listed])
    times = ratio(page, listed)
    yield f"{name:40} {times:.2f} × the list ({page} ms)"
    assert times <= AIM, f"{name}: {times:.2f}"
