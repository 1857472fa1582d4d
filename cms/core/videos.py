"""Addresses of videos elsewhere: which of them can be played here, without tracking the visitor.

Nothing is asked of the service before a visitor plays the video; then by the address that sets the
fewest cookies. Whatever is no video of these services is a link and nothing more.
"""

import re
from urllib.parse import parse_qs, urlsplit

PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
"""What pages may hold in a frame (Content-Security-Policy)."""
YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO = re.compile(r"/(?:video/|channels/[\w-]+/)?(\d{6,12})(?:/(\w{6,20}))?/?")
KEY = re.compile(r"[\w-]{11}", re.ASCII)


def player_of(address: str) -> str:
    """The address to put into a frame; "" for a video that can only be linked to."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    if host in YOUTUBE or host == "youtu.be":
        return _youtube(host, parts.path, parse_qs(parts.query))
    if host in ("vimeo.com", "www.vimeo.com", "player.vimeo.com"):
        return _vimeo(parts.path, parse_qs(parts.query))
    return ""


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> str:
    first, _slash, rest = path.lstrip("/").partition("/")
    key = (query.get("v") or [""])[0] if first == "watch" else ""
    if host == "youtu.be":
        key = first
    elif first in ("shorts", "embed", "live", "v"):
        key = rest.partition("/")[0]
    if not KEY.fullmatch(key):
        return ""
    return f"{PLAYERS[0]}/embed/{key}?autoplay=1&rel=0"


def _vimeo(path: str, query: dict[str, list[str]]) -> str:
    found = VIMEO.fullmatch(path)
    if not found:
        return ""
    secret = found[2] or (query.get("h") or [""])[0]
    hidden = f"&h={secret}" if re.fullmatch(r"\w{6,20}", secret, re.ASCII) else ""
    return f"{PLAYERS[1]}/video/{found[1]}?autoplay=1&dnt=1{hidden}"
