"""What the pages of this room give to their templates, to search engines and to other pages."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.conf import settings
from django.utils import timezone, translation

from cms.core import presenters
from cms.core.content_epoch import held
from cms.core.page_cache import know_parameters
from cms.core.presenters import absolute, organisation_id
from projects.public.addresses import url_of
from projects.public.listing import cards

from ..models import NewsIndexPage, NewsPage
from . import Item, items, items_of_project, organisations_of, when
from .listing import NewsList, add_pictures

ON_HOME = 4
EVENTS_ON_HOME = 2


def index_page(language: str) -> NewsIndexPage | None:
    return NewsIndexPage.objects.best_for(language).select_related("locale").first()


@held
def on_home(language: str, today: date) -> dict | None:
    """The next events and the latest news; nothing where there is neither: what is over sinks."""
    index, known = index_page(language), items()
    coming = known.coming(today)
    chosen = [*coming[:EVENTS_ON_HOME], *known.news]
    chosen = list(islice(_once([*chosen, *coming]), ON_HOME))
    if index is None or not chosen:
        return None
    found = [known.card(item, language) for item in chosen]
    add_pictures(found)
    return {"news_index": index, "news": found}


def _once(found: Iterable[Item]) -> Iterable[Item]:
    return {item.key: item for item in found}.values()


def home_section(page, request) -> dict | None:
    return on_home(translation.get_language(), timezone.localdate())


def project_section(page, request) -> dict | None:
    """What names the project, in whichever language the link was made."""
    found = items_of_project(page.translation_key)
    return {"news": found} if found else None


@presenters.register(NewsIndexPage)
class NewsIndexPresenter(presenters.Presenter):
    schema_type = "CollectionPage"

    def get_context(self, page, request) -> dict:
        listing = NewsList(request.GET)
        know_parameters(request, listing.parameters)
        return {"listing": listing}


@presenters.register(NewsPage)
class NewsPresenter(presenters.Presenter):
    def item(self, page) -> Item:
        """Of a page in preview: what is in the form."""
        if page.carries_facts and (not page.pk or getattr(page, "_cluster_related_objects", None)):
            return Item.of_page(page)
        return items().facts.get(page.translation_key) or Item.of_page(page.carrier)

    def public_urls(self, page) -> dict[str, str]:
        pages = items().pages.get(page.translation_key, {})
        return {code: words.url for code, words in pages.items()}

    def get_context(self, page, request) -> dict:
        language = translation.get_language() or page.locale.language_code
        item = page.item
        return {
            "item": item,
            "when": when.told(item, language),
            "is_over": item.is_over(timezone.localdate()),
            "image": page.carrier.image,
            "projects": cards(item.projects, language),
            "organisations": organisations_of(item, language),
        }

    def structured_data(self, page, request) -> dict:
        known = {
            "description": page.meta_description,
            "url": absolute(request, page.get_url(request)),
            "inLanguage": page.locale.language_code,
            "image": _picture(page, request),
            "about": list(_about(page.item, request)),
        }
        return {**known, **(_event if page.item.is_event else _article)(page, request)}


def _picture(page, request) -> str:
    image = page.carrier.image
    return absolute(request, image.file.url) if image else ""


def _about(item: Item, request) -> Iterable[dict]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    for project in cards(item.projects, language):
        url = absolute(request, project.url)
        yield {"@type": "ResearchProject", "name": project.title, "url": url}
    for organisation in organisations_of(item, language):
        url = absolute(request, url_of("organisation", str(organisation.translation_key), language))
        yield {"@type": "Organization", "name": organisation.name, "url": url}


def _article(page, request) -> dict:
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.item.day,
        "dateModified": page.last_published_at,
        "publisher": {"@id": organisation_id(request)},
        "author": {"@id": organisation_id(request)},
    }


def _event(page, request) -> dict:
    """Online where a link is all that is known of the place; both where both are given."""
    item, places = page.item, []
    if page.place:
        places.append({"@type": "Place", "name": page.place, "address": page.place})
    if item.link:
        places.append({"@type": "VirtualLocation", "url": item.link})
    offline, online = bool(page.place), bool(item.link)
    modes = {(True, False): "Offline", (False, True): "Online", (True, True): "Mixed"}
    mode = modes.get((offline, online))
    state = "EventCancelled" if item.is_cancelled else "EventScheduled"
    return {
        "@type": "Event",
        "name": page.title,
        "startDate": _iso(when.begins(item)),
        "endDate": _iso(when.ends(item)),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else "",
        "location": places,
        "organizer": {"@id": organisation_id(request)},
    }


def _iso(moment) -> str:
    return moment.isoformat() if moment else ""
