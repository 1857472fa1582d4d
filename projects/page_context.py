"""What the template of a project page is given."""

from dataclasses import dataclass

from django.utils import translation

from cms.core.languages import passages_of, same_words

from .cards import cards
from .catalogue import catalogue
from .models.blocks import SectionValue
from .period import Period
from .publicity import publicity_of

CONTENTS_FROM = 4
RELATED = 3


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents; ``language`` where the heading is not in the reader's."""

    anchor: str
    title: str
    language: str


def project_context(page, request) -> dict:
    facts = page.facts
    language = translation.get_language() or page.locale.language_code
    contents = contents_of(page)
    return {
        "facts": facts,
        "index_url": f"{(page.get_url(request) or '').rstrip('/').rpartition('/')[0]}/",
        "period": Period.of(facts),
        "publicity": publicity_of(facts.programme, language),
        "described": any(is_shown(block) for block in page.body),
        "contents": contents if len(contents) >= CONTENTS_FROM else [],
        "related": related_projects(facts),
    }


def related_projects(facts) -> list:
    """What a reader may want next: at most three, those that share the most first."""
    return cards(catalogue().related(facts.values, RELATED), facts.language)


def is_shown(block) -> bool:
    return not isinstance(block.value, SectionValue) or block.value.has_text


def contents_of(page) -> list[ContentsLine]:
    sources = passages_of(page).blocks("body")
    lines = []
    for block in page.body:
        if not (isinstance(block.value, SectionValue) and block.id and block.value.title):
            continue
        if not is_shown(block):
            continue
        source = sources.get(block.id)
        heading = block.value.get("heading") or ""
        untranslated = isinstance(source, SectionValue) and same_words(
            heading, source.get("heading")
        )
        lines.append(
            ContentsLine(
                f"s-{block.id}",
                block.value.title,
                passages_of(page).language if untranslated else "",
            )
        )
    return lines
