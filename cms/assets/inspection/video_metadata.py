"""What a video says beside its pictures and sound: where and with what it was taken."""

import struct
from collections.abc import Iterator

HOLDERS = {b"moov", b"trak"}
"""Boxes with others inside among which there may be notes."""
NOTES = {b"udta", b"meta", b"uuid"}


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """``(kind, first byte of the content, end)`` of each box of an MP4, as far as it is whole."""
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        inside = start + 8
        if size == 1:
            if start + 16 > end:
                return
            size, inside = struct.unpack(">Q", data[inside : inside + 8])[0], start + 16
        if size == 0:
            size = end - start
        if size < inside - start or start + size > end:
            return
        yield kind, inside, start + size
        start += size


def bare_video(data: bytes) -> bytes:
    """The same bytes, with its notes blank: no box moves, so that every offset stays true."""
    found = bytearray(data)
    _blank(found, data, 0, len(data))
    return bytes(found)


def _blank(found: bytearray, data: bytes, start: int, end: int) -> None:
    for kind, inside, stop in boxes(data, start, end):
        if kind in NOTES:
            head = inside - 4 if found[inside - 4 : inside] == kind else inside - 12
            found[head : head + 4] = b"free"
            found[inside:stop] = bytes(stop - inside)
        elif kind in HOLDERS:
            _blank(found, data, inside, stop)
