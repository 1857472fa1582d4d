import socket

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from cms.core.companion import AccompaniedArbiter


class Command(BaseCommand):
    help = (
        "Serve the site on this machine: pages, uploads and static files from one process, and a "
        "worker beside it."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on.")
        parser.add_argument("--threads", type=int, default=32, help="Requests at a time.")

    def handle(self, *, host, port, threads, **options):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} of {host} is not free ({error.strerror}). Stop what uses it, or "
                    f"choose another: make run PORT={port + 1}"
                ) from None
        connections.close_all()
        Server(host, port, threads, self.announce).run()

    def announce(self, host: str, port: int) -> None:
        name = "localhost" if host in ("127.0.0.1", "::1") else host
        self.stdout.write(
            f"\n  {settings.SITE_NAME}   http://{name}:{port}/\n"
            f"  Admin   http://{name}:{port}/admin/\n"
            "  Make a user and a password in another window: make password\n"
            "  Stop with Ctrl+C\n"
        )
        self.stdout.flush()


class Server(BaseApplication):
    """Gunicorn with one worker: the embedded default keeps its caches in this one process."""

    def __init__(self, host, port, threads, announce):
        self.options = {
            "bind": f"{host}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": 120,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda server: announce(host, port),
        }
        self.django = get_wsgi_application()
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        return self.django

    def run(self):
        AccompaniedArbiter(self).run()
