"""Chromium as Debian ships it, driven by Playwright without downloading another."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def executable() -> str | None:
    """Path of the first browser found on PATH."""
    return next((path for path in map(shutil.which, NAMES) if path), None)
