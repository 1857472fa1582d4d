"""A subject in schema.org's words, for machines that read its page."""

from cms.core.numbers import telephone_numbers
from cms.core.presenters import absolute

from .subject import Subject

TYPES = {
    "organisation": "Organization",
    "programme": "FundingScheme",
    "municipality": "AdministrativeArea",
    "region": "AdministrativeArea",
    "theme": "DefinedTerm",
    "target_group": "DefinedTerm",
}
LISTED = 50
"""Projects that the node names; the list and the feeds have all."""


def described(subject: Subject, request) -> list[dict]:
    url = absolute(request, subject.url)
    node = {
        "@type": TYPES[subject.kind],
        "@id": f"{url}#subject",
        "name": subject.title,
        "alternateName": getattr(subject.record, "short_name", ""),
        "description": subject.description,
        "url": url,
        **_own(subject, request),
    }
    page = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": subject.title,
        "inLanguage": subject.language,
        "about": {"@id": node["@id"]},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": subject.total,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": absolute(request, subject.catalogue.page(key, subject.language).url),
                }
                for position, key in enumerate(subject.keys[:LISTED], start=1)
            ],
        },
    }
    return [node, page]


def _own(subject: Subject, request) -> dict:
    record = subject.record
    if subject.kind == "organisation":
        return {
            "sameAs": [record.website] if record.website else [],
            "identifier": " ".join(filter(None, (record.business_id, record.other_ids))),
            "email": record.email,
            "telephone": telephone_numbers(record.phone) or record.phone,
            "address": record.postal_address,
            "logo": absolute(request, record.logo.file.url) if record.logo else "",
        }
    if subject.kind == "programme":
        return {"sameAs": [record.website] if record.website else []}
    if subject.kind == "municipality":
        return {
            "identifier": record.code,
            "containedInPlace": {"@type": "AdministrativeArea", "name": subject.region.label},
        }
    if subject.kind == "region":
        return {
            "identifier": record.code,
            "containedInPlace": {"@type": "Country", "name": "Finland", "identifier": "FI"},
        }
    return {"termCode": subject.value}
