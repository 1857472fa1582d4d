"""Services that translate by machine, spoken to over HTTP."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

LIBRE = "wagtail_localize.machine_translators.libretranslate.LibreTranslator"
DEEPL = "cms.translation.editor.service.DeepL"


class Service:
    """``say`` makes a translation of a text; ``status`` and ``body`` are answered instead of any,
    after ``wait`` seconds.
    """

    def __init__(self, kind: str):
        self.kind, self.asked = kind, []
        self.status, self.body, self.wait = 200, None, 0.0
        self.say = lambda text: f"«{text}»"

    def answer(self, raw: bytes, headers) -> bytes:
        if self.kind == "deepl":
            form = parse_qs(raw.decode())
            question = {"q": form["text"], "to": form["target_lang"][0]}
            question["key"] = headers["Authorization"]
            made = {"translations": [{"text": self.say(text)} for text in form["text"]]}
        else:
            form = json.loads(raw)
            question = {"q": form["q"], "to": form["target"], "key": form["api_key"]}
            made = {"translatedText": [self.say(text) for text in form["q"]]}
        self.asked.append(question)
        return json.dumps(made).encode() if self.body is None else self.body

    @property
    def texts(self) -> list[str]:
        return [text for question in self.asked for text in question["q"]]


@contextmanager
def serving(settings, kind: str = "libretranslate"):
    """The service running, and the settings that name it."""
    service = Service(kind)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            body = service.answer(raw, self.headers)
            time.sleep(service.wait)
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    options = {"API_KEY": "key", "LIBRETRANSLATE_URL": url, "TIMEOUT": 1}
    if kind == "deepl":
        options = {"AUTH_KEY": "key", "URL": f"{url}/v2/translate", "TIMEOUT": 1}
    name = DEEPL if kind == "deepl" else LIBRE
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": name, "OPTIONS": options}
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
