"""``python -m tests.bench.server PORT``: a site as ``manage.py serve`` does, without a worker.

Which site, DJANGO_SETTINGS_MODULE says: Katto and the plain one run under the same Gunicorn.
"""

import sys

from gunicorn.arbiter import Arbiter

from cms.core.management.commands.serve import Command, Server


class Alone(Server):
    def run(self) -> None:
        Arbiter(self).run()


if __name__ == "__main__":
    threads = Command().create_parser("manage.py", "serve").get_default("threads")
    Alone("127.0.0.1", int(sys.argv[1]), threads, lambda host, port: None).run()
