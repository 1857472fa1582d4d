"""Nginx with the very configuration that docs/proxy.md gives, in front of a site on some port."""

import re
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from .process import Server, as_other_user, free_port, needs, start, wait

PAGE = Path(__file__).resolve().parents[2] / "docs" / "proxy.md"
MAIN = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/katto.conf;
}}
"""


class NginxServer(Server):
    """Changed are ports, and where the certificate and the cache lie; nothing else."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site
        self.plain_port, self.port = free_port(), free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.certificate = ""

    def start(self, seconds: float = 20) -> Self:
        needs("nginx", "openssl")
        self.folder = self.folder or Path(tempfile.mkdtemp(prefix="katto-nginx-"))
        self._certify()
        (self.folder / "katto.conf").write_text(self._configuration())
        main = self.folder / "nginx.conf"
        main.write_text(MAIN.format(folder=self.folder))
        log = self.folder / "server.log"
        command = ["nginx", "-p", str(self.folder), "-e", "stderr", "-c", str(main)]
        self.process = start(as_other_user(command, self.folder), log)
        wait(self.process, self._answers, log, seconds)
        return self

    def _certify(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        command += ["-subj", "/CN=katto", "-addext", "subjectAltName=IP:127.0.0.1"]
        command += ["-keyout", "katto.key", "-out", "katto.pem"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        self.certificate = str(self.folder / "katto.pem")

    def _configuration(self) -> str:
        text = re.search(r"```nginx\n(.*?)```", PAGE.read_text(), re.DOTALL)[1]
        for there, here in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            ("/etc/ssl/certs/katto.pem", f"{self.folder}/katto.pem"),
            ("/etc/ssl/private/katto.key", f"{self.folder}/katto.key"),
            ("/var/cache/nginx/katto", f"{self.folder}/cache"),
            ("http://127.0.0.1:8000", self.site),
        ):
            assert there in text, f"docs/proxy.md lacks {there}"
            text = text.replace(there, here)
        return text

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False
