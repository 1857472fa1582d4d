"""Lighthouse's performance mark of the home page and a project page: the best of three visits."""

import tempfile
from pathlib import Path

from tests.services import lighthouse, site
from tests.services.process import ServiceUnavailable

VISITS = 3
COMMANDS = (
    ["migrate", "--verbosity=0"],
    ["load_sample"],
    ["worker", "--once"],
)
PATHS = {"home page": "/fi/", "project page": "/fi/hankkeet/aito/"}


def run() -> list[str]:
    try:
        lighthouse.command()
    except ServiceUnavailable as error:
        return [f"not measured: {error}"]
    lines = []
    with tempfile.TemporaryDirectory(prefix="katto-lighthouse-") as folder:
        environment = site.embedded_environment(Path(folder))
        for command in COMMANDS:
            site.manage(environment, *command)
        with site.serve(environment, Path(folder) / "server.log") as url:
            for name, path in PATHS.items():
                try:
                    reports = [lighthouse.audit(f"{url}{path}") for _visit in range(VISITS)]
                except lighthouse.NotAudited as error:
                    lines.append(f"{name}: not measured: {error}")
                    continue
                best = max(reports, key=lambda report: lighthouse.scores(report)["performance"])
                marks = lighthouse.scores(best)
                lines.append(f"{name}: {marks['performance']} of 100")
                lines += [f"  {each}" for each in lighthouse.complaints(best)]
    return lines
