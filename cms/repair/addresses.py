"""Asking a server outside whether an address leads anywhere, and no server inside.

Editors write addresses, and whoever owns a name says where it points: so each connection is made
to an address that was looked at, after each redirect anew, and never to one that only this machine
or its network can reach (SSRF). Nothing of a page is read but its status.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from .models import Fault

TIMEOUT = 10
"""Seconds for each step of a connection, and for all of a request twice as many."""
REDIRECTS = 5
PORTS = {80, 443, 8080, 8443}
ROBOTS_BYTES = 100_000
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for one of IPv4, which is their last four bytes."""
SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class NotPublic(OSError):
    """Somebody outside could not reach this either, or must not reach it through us."""


class Answer(NamedTuple):
    """``fault``: empty where the address leads somewhere."""

    status: int | None
    fault: str = ""
    body: bytes = b""


def is_public(address: str) -> bool:
    """Whether an IP address, as ``getaddrinfo`` gives it, is one of the open internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in TRANSLATED:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner and not inner.is_global:
            return False
    return (ip.is_global or (ip.version == 6 and ip in TRANSLATED)) and not ip.is_multicast


def connect(host: str, port: int) -> socket.socket:
    """To the very address that was looked at: a second look-up might give another."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [place[4][0] for place in found]
    if port not in PORTS or not all(map(is_public, addresses)):
        raise NotPublic(host)
    fault: OSError = NotPublic(host)
    for address in addresses[:3]:
        try:
            return socket.create_connection((address, port), timeout=TIMEOUT)
        except OSError as error:
            fault = error
    raise fault


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = connect(self.host, self.port)


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        bare = connect(self.host, self.port)
        self.sock = self._context.wrap_socket(bare, server_hostname=self.host)


def user_agent() -> str:
    return f"Katto-link-check (+{settings.BASE_URL})"


def _ascii(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address as a server understands them."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    path = quote(parts.path or "/", safe=SAFE)
    query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    return parts.scheme, host, parts.port or (443 if parts.scheme == "https" else 80), path + query


def ask_once(method: str, url: str, limit: int = 0) -> tuple[int, str, bytes]:
    """Status, where it leads on to, and at most ``limit`` bytes; raises ``OSError`` and others."""
    scheme, host, port, path = _ascii(url)
    if scheme not in ("http", "https") or "@" in urlsplit(url).netloc:
        raise NotPublic(url)
    connection = (_Secure if scheme == "https" else _Plain)(host, port, timeout=TIMEOUT)
    # A server that sends a byte now and then would keep each step within its time.
    end = threading.Timer(2 * TIMEOUT, _cut, [connection])
    end.start()
    try:
        headers = {"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close"}
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read(limit) if limit else b""
        return response.status, response.headers.get("Location", ""), body
    finally:
        end.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    if connection.sock:
        connection.sock.shutdown(socket.SHUT_RDWR)


def fetch(method: str, url: str, limit: int = 0) -> Answer:
    """The last answer on the way; every fault of a network is an answer too."""
    try:
        for _step in range(REDIRECTS + 1):
            status, onward, body = ask_once(method, url, limit)
            if not (300 <= status < 400 and onward):
                return Answer(status, _fault_of(status), body)
            url = urljoin(url, onward)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer(None, _fault_in(error))
    return Answer(None, Fault.CIRCLE)


def _fault_of(status: int) -> str:
    """Many a server turns machines away and lets people in: that is no broken link."""
    if status < 400 or status in (401, 403, 405, 406, 429, 451, 999):
        return ""
    return Fault.GONE if status in (404, 410) else Fault.REFUSED


def _fault_in(error: Exception) -> str:
    if isinstance(error, NotPublic):
        return Fault.INSIDE
    if isinstance(error, ssl.SSLError):
        return Fault.INSECURE
    if isinstance(error, socket.gaierror | UnicodeError):
        return Fault.UNKNOWN
    return Fault.SILENT
