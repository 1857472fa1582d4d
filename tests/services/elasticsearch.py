"""A stock Elasticsearch from Maven Central, for tests and for developers.

    python -m tests.services.elasticsearch [--port 9200]

The archive (100 MB) is fetched once into the cache folder by Maven; Java 17 or newer runs it.
It is the plain server: no language analysers and no scripts, which the search does not need.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Self

from .process import (
    Server,
    ServiceUnavailable,
    as_other_user,
    cache_folder,
    end_when_told,
    free_port,
    needs,
    start,
    wait,
)

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
CONFIGURATION = """\
cluster.name: katto-local
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {home}/data
path.logs: {home}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def archive() -> Path:
    """The server's zip in the cache folder; fetched if it is not there yet."""
    path = cache_folder() / f"elasticsearch-{VERSION}.zip"
    if path.exists() and zipfile.is_zipfile(path):
        return path
    needs("mvn")
    command = ["mvn", "-q", "-B", FETCH, f"-Dartifact={ARTIFACT}"]
    command.append(f"-DoutputDirectory={path.parent}")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode or not path.exists():
        raise ServiceUnavailable(f"Maven could not fetch {ARTIFACT}:\n{done.stdout[-1500:]}")
    return path


def java_home() -> str:
    needs("java")
    return str(Path(os.path.realpath(shutil.which("java"))).parents[1])


class ElasticsearchServer(Server):
    """One node with an empty data folder of its own; ``url`` once started."""

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 120) -> Self:
        """Start, or start again on the same port with the data as it was."""
        environment = {
            "ES_JAVA_HOME": java_home(),
            "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", "-Xms512m -Xmx512m"),
        }
        if not self.folder:
            self.folder = self._unpack()
        home = next(self.folder.glob("elasticsearch-*"))
        environment["ES_TMPDIR"] = str(home / "tmp")
        log = self.folder / "server.log"
        command = as_other_user([str(home / "bin" / "elasticsearch")], self.folder)
        self.process = start(command, log, environment)
        wait(self.process, self._answers, log, seconds)
        return self

    def _unpack(self) -> Path:
        source = archive()
        folder = Path(tempfile.mkdtemp(prefix="katto-elasticsearch-"))
        folder.chmod(0o755)
        with zipfile.ZipFile(source) as packed:
            packed.extractall(folder)
        home = next(folder.glob("elasticsearch-*"))
        for program in (home / "bin").iterdir():
            program.chmod(0o755)
        for name in ("data", "logs", "tmp"):
            (home / name).mkdir(exist_ok=True)
        settings = CONFIGURATION.format(port=self.port, transport=free_port(), home=home)
        (home / "config" / "elasticsearch.yml").write_text(settings)
        return folder

    def _answers(self) -> bool:
        address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def main() -> int:
    parser = argparse.ArgumentParser(description="Run Elasticsearch until interrupted.")
    parser.add_argument("--port", type=int, default=9200)
    server = ElasticsearchServer(parser.parse_args().port)
    end_when_told()
    try:
        server.start()
        print(f"Elasticsearch {VERSION} answers. In another terminal:")  # noqa: T201
        print(f"  export ELASTICSEARCH_URL={server.url}")  # noqa: T201
        server.process.wait()
    except KeyboardInterrupt:
        pass
    except ServiceUnavailable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
