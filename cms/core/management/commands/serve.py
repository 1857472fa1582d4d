import logging
import os
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter


class Command(BaseCommand):
    help = (
        "Serve the site on this machine: pages, uploads and static files from one process, and a "
        "worker beside it."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on.")
        parser.add_argument("--threads", type=int, default=32, help="Requests at a time.")

    def handle(self, *, host, port, threads, **options) -> None:
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

    def __init__(self, host, port, threads, announce) -> None:
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

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return self.django

    def run(self) -> None:
        ArbiterWithWorker(self).run()


logger = logging.getLogger("katto.serve")

END_SECONDS = 8
"""How long the worker may take to end; it allows its running task five seconds."""
WELL_SECONDS = 60
MAX_PAUSE = 30


class WorkerProcess:
    """A ``manage.py worker`` of one's own, begun anew when it dies: soon, then less soon."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.began = self.begin_again = 0.0
        self.pause = 0

    def keep_running(self) -> None:
        """To be called every second or so."""
        if self.process and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process:
            well = now - self.began > WELL_SECONDS
            self.pause = 1 if well else min(2 * self.pause or 1, MAX_PAUSE)
            self.begin_again = now + self.pause
            self.process = None
            logger.error("The worker has ended; it begins again in %s s.", self.pause)
        if now >= self.begin_again:
            self.began = now
            # In a session of its own, so that Ctrl+C is this process's to pass on.
            self.process = subprocess.Popen(  # noqa: S603
                [
                    *(sys.executable, settings.BASE_DIR / "manage.py", "worker"),
                    *("--parent", str(os.getpid()), "--settings", settings.SETTINGS_MODULE),
                ],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def tell_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        self.tell_to_end()
        if self.process:
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class ArbiterWithWorker(Arbiter):
    """Gunicorn's master, which looks after its children every second: after the worker too."""

    def __init__(self, app) -> None:
        self.worker_process = WorkerProcess()
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        self.worker_process.keep_running()

    def stop(self, *args, **kwargs) -> None:
        self.worker_process.tell_to_end()
        super().stop(*args, **kwargs)
        self.worker_process.end()
