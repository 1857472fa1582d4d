"""What the pages of this room give to their templates, to search engines and to other languages."""

from dataclasses import dataclass

from django.utils import translation

from cms.core import presenters
from cms.core.page_cache import know_parameters
from cms.core.passages import passages_of, same_words

from ..models import ProjectIndexPage, ProjectPage
from ..models.blocks import SectionValue
from .catalogue import catalogue
from .facts import Card, ProjectFacts, cards, facts_of
from .filters import ProjectFilters
from .listing import ProjectListing
from .period import Period
from .publicity import publicity_of

CONTENTS_FROM = 4
RELATED = 3


@presenters.register(ProjectIndexPage)
class ProjectIndexPresenter(presenters.Presenter):
    def get_context(self, page, request) -> dict:
        filters = ProjectFilters.parse(request.GET)
        listing = ProjectListing(filters, page.locale.language_code)
        know_parameters(request, listing.parameters)
        return {"listing": listing}

    def structured_data(self, page, request) -> dict:
        return {**super().structured_data(page, request), "@type": "CollectionPage"}


@presenters.register(ProjectPage)
class ProjectPresenter(presenters.Presenter):
    def facts(self, page) -> ProjectFacts:
        return ProjectFacts(facts_of(page))

    def public_urls(self, page) -> dict[str, str]:
        pages = catalogue().pages.get(page.translation_key, {})
        return {code: words.url for code, words in pages.items()}

    def get_context(self, page, request) -> dict:
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

    def structured_data(self, page, request) -> dict:
        """A project in schema.org's words. People are left out: their details come and go."""
        facts, web_page = page.facts, super().structured_data(page, request)
        return {
            "@type": "ResearchProject",
            "@id": f"{web_page['url']}#project",
            "name": page.title,
            "alternateName": facts.acronym,
            "description": web_page["description"],
            "identifier": facts.code,
            "url": web_page["url"],
            "sameAs": [url for url in (facts.website, facts.record_url) if url],
            "foundingDate": facts.start_date,
            "dissolutionDate": facts.last_day,
            "areaServed": [
                {"@type": "AdministrativeArea", "name": place.label}
                for place in (*facts.regions, *facts.municipalities)
            ],
            "keywords": [theme.label for theme in facts.themes],
            "parentOrganization": [_organisation(organisation) for organisation in facts.leads],
            "member": [
                _organisation(organisation)
                for group in facts.roles
                if group.role != "lead"
                for organisation in group.organisations
            ],
            "funder": [_organisation(line.organisation) for line in facts.funding],
            "subjectOf": {
                "@type": "WebPage",
                "@id": web_page["url"],
                "inLanguage": web_page["inLanguage"],
                "dateModified": web_page["dateModified"],
            },
        }


def _organisation(organisation) -> dict:
    return {
        "@type": "Organization",
        "name": organisation.name,
        "url": organisation.website,
        "identifier": organisation.business_id,
    }


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents; ``language`` where the heading is not in the reader's."""

    anchor: str
    title: str
    language: str


def related_projects(facts: ProjectFacts) -> list[Card]:
    """What a reader may want next: at most three, those that share the most first."""
    return cards(catalogue().related(facts.values, RELATED), facts.language)


def is_shown(block) -> bool:
    return not isinstance(block.value, SectionValue) or block.value.has_text


def contents_of(page) -> list[ContentsLine]:
    """The sections that have a heading, to jump to."""
    sources, lines = passages_of(page).blocks("body"), []
    for block in page.body:
        section = block.value
        if not (isinstance(section, SectionValue) and block.id and section.title):
            continue
        if section.has_text:
            source = sources.get(block.id)
            untranslated = isinstance(source, SectionValue) and same_words(
                section.get("heading") or "", source.get("heading")
            )
            language = passages_of(page).language if untranslated else ""
            lines.append(ContentsLine(f"s-{block.id}", section.title, language))
    return lines
