"""A project in schema.org's words. People are left out: their details come and go."""


def project_node(page, web_page: dict) -> dict:
    facts = page.facts
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
