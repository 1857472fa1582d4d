"""Project files: the documented format, its validation, the idempotent loader, the exporter.

See ``docs/project-files.md`` for the format. Other rooms add their pages to project files through
:mod:`projects.importing.extensions`.
"""
