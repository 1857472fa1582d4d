"""A project in schema.org's words, for machines that read its page."""

from collections.abc import Iterable

from .listing import ProjectFacts


def described(facts: ProjectFacts, title: str, web_page: dict) -> dict:
    """People are left out: their details come and go."""
    return {
        "@type": "ResearchProject",
        "@id": f"{web_page['url']}#project",
        "name": title,
        "alternateName": facts.acronym,
        "description": web_page["description"],
        "identifier": _identifiers(facts),
        "url": web_page["url"],
        "sameAs": [url for url in (facts.website, facts.record_url) if url],
        "foundingDate": facts.start_date,
        "dissolutionDate": facts.last_day,
        "areaServed": _areas(facts),
        "keywords": [theme.label for theme in facts.themes],
        "parentOrganization": [_organisation(organisation) for organisation in facts.leads],
        "member": [
            _organisation(organisation)
            for group in facts.roles
            if group.role != "lead"
            for organisation in group.organisations
        ],
        "funder": [
            _organisation(each) for each in _once(line.organisation for line in facts.funding)
        ],
        "funding": [_grant(line, facts) for line in facts.funding if line.amount is not None],
        "subjectOf": {
            "@type": "WebPage",
            "@id": web_page["url"],
            "inLanguage": web_page["inLanguage"],
            "dateModified": web_page["dateModified"],
        },
    }


def _identifiers(facts: ProjectFacts) -> str | list:
    """The code; with those of other registers, each by the name of its register."""
    further = [
        {"@type": "PropertyValue", "propertyID": scheme, "value": code}
        for scheme, code in facts.codes
    ]
    return [*filter(None, [facts.code]), *further] if further else facts.code


def _areas(facts: ProjectFacts) -> list[dict]:
    places = [
        {"@type": "AdministrativeArea", "name": place.label}
        for place in (*facts.regions, *facts.municipalities)
    ]
    countries = [
        {"@type": "Country", "name": country, "identifier": code} for code, country in facts.areas
    ]
    return places + countries


def _once(organisations: Iterable) -> list:
    """A funder of several grants is one funder."""
    return list({organisation.pk: organisation for organisation in organisations}.values())


def _grant(line, facts) -> dict:
    return {
        "@type": "MonetaryGrant",
        "identifier": facts.code,
        "funder": _organisation(line.organisation),
        "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": str(line.amount)},
    }


def _organisation(organisation) -> dict:
    return {
        "@type": "Organization",
        "name": organisation.name,
        "url": organisation.website,
        "identifier": " ".join(filter(None, (organisation.business_id, organisation.other_ids))),
    }
