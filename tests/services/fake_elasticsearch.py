"""A server of the test's own making in Elasticsearch's place."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Fake(BaseHTTPRequestHandler):
    """Answers anything after a while with what ``body`` says."""

    delay, body = 0.0, b"{}"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(self.delay)
        with suppress(OSError):
            self.send_response(200)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(self.body)))
            self.end_headers()
            self.wfile.write(self.body)

    do_GET = do_HEAD = do_PUT = do_POST

    def log_message(self, *args):
        pass


@contextmanager
def serving() -> Iterator[tuple[str, type[Fake]]]:
    """The address of a server, and the class whose attributes say how it answers."""
    handler = type("Handler", (Fake,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()
