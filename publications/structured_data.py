from cms.core.structured_data import absolute, organisation_id

TYPES = {"report": "Report", "video": "CreativeWork", "guide": "CreativeWork"}


def publication_node(page, request) -> dict:
    """The publication with each of its files as an encoding in that file's language."""
    files = page.reader_files
    return {
        "@type": TYPES.get(page.kind, "CreativeWork"),
        "name": page.title,
        "description": page.meta_description,
        "url": absolute(request, page.get_url(request)),
        "genre": str(page.get_kind_display()),
        "datePublished": page.publication_date,
        "inLanguage": sorted({file.language for file in files}),
        "publisher": {"@id": organisation_id(request)},
        "encoding": [
            _encoding(page, file, request) for file in files if file.href and not file.is_restricted
        ],
        "about": [
            {
                "@type": "ResearchProject",
                "name": project.title,
                "url": absolute(request, project.url),
            }
            for project in page.reader_projects
        ],
    }


def _encoding(page, file, request) -> dict:
    document = file.document
    return {
        "@type": "MediaObject",
        "name": file.title or page.title,
        "contentUrl": absolute(request, file.href),
        "inLanguage": file.language,
        "encodingFormat": document.content_type if document else "",
        "contentSize": str(document.file_size) if document and document.file_size else "",
    }
