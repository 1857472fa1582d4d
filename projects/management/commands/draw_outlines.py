"""Make the outlines of the maps from boundaries in TopoJSON, when those change."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path

from django.core.management.base import BaseCommand

from projects.pictures.outlines import FILE

NORTH, MIDDLE = 70.15, 26.0
UNITS = {"regions": 97, "municipalities": 194}
"""Units of the drawing in a degree of latitude: a thousand for the country, or two."""
Point = tuple[int, int]


class Command(BaseCommand):
    help = (
        "Write projects/data/outlines.json from finland-regions.topojson and "
        "finland-municipalities.topojson (National Land Survey of Finland, CC BY 4.0) in a folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options) -> None:
        drawn = {name: dict(sorted(outlines(folder, name))) for name in UNITS}
        FILE.write_text(json.dumps(drawn, separators=(",", ":")).replace("},", "},\n") + "\n")


def outlines(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Code and path of each area; its coordinates are whole numbers, each told from the last."""
    topology = json.loads((folder / f"finland-{name}.topojson").read_text())
    arcs = [list(points(arc, topology["transform"], UNITS[name])) for arc in topology["arcs"]]
    (collection,) = topology["objects"].values()
    for geometry in collection["geometries"]:
        shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = (ring_of(ring, arcs) for shape in shapes for ring in shape)
        yield geometry["properties"]["code"], "".join(path_of(ring) for ring in rings)


def points(arc: list, transform: dict, units: int) -> Iterator[Point]:
    """Sinusoidal, with the meridian of 26°: areas keep their size and the country its shape."""
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        east = x * transform["scale"][0] + transform["translate"][0]
        north = y * transform["scale"][1] + transform["translate"][1]
        yield (
            round((east - MIDDLE) * cos(radians(north)) * units) + 3 * units,
            round((NORTH - north) * units),
        )


def ring_of(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += [point for point in arc if not ring or point != ring[-1]]
    return ring


def path_of(ring: list[Point]) -> str:
    """Nothing of a skerry that is smaller than a unit."""
    if len(set(ring)) < 3:
        return ""
    (x, y), *rest = ring
    steps = []
    last = (x, y)
    for point in rest[:-1]:
        steps += [point[0] - last[0], point[1] - last[1]]
        last = point
    return f"M{x} {y}l{' '.join(map(str, steps)).replace(' -', '-')}z"
