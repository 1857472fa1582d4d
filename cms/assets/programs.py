"""Names under which programs and pages hide in other files. Knows no Django (see inspection)."""

PROGRAM_EXTENSIONS = frozenset(
    [
        *["bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse"],
        *["lnk", "msi", "php", "ps1", "scr", "sh", "vbe", "vbs", "wsf"],
    ]
)
