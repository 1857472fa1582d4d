"""AVIF: notes are overwritten where they lie, since places in the file are counted in bytes."""

import struct
from collections.abc import Iterator

EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"


def stripped_avif(data: bytes) -> bytes:
    """``data`` with its EXIF and XMP emptied. How it is turned is a property of its own."""
    meta = next((span for kind, *span in _boxes(data, 0, len(data)) if kind == b"meta"), None)
    if meta is None:
        return data
    out = bytearray(data)
    inner = {kind: (start, end) for kind, start, end in _boxes(data, meta[0] + 4, meta[1])}
    notes = dict(_notes(data, *inner[b"iinf"])) if b"iinf" in inner else {}
    idat = inner.get(b"idat", (0, 0))[0]
    for item, in_idat, start, length in _places(data, *inner[b"iloc"]) if notes else ():
        if item not in notes:
            continue
        start += idat if in_idat else 0
        length = min(length or len(data) - start, len(data) - start)
        filling = EMPTY_EXIF if notes[item] == b"Exif" and length >= len(EMPTY_EXIF) else b""
        blank = b"\0" if notes[item] == b"Exif" else b" "
        out[start : start + length] = filling + blank * (length - len(filling))
    return bytes(out)


def _boxes(data: bytes, position: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind of each box, and where its content begins and ends."""
    while position + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, position)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, position + 8)[0], 16
        size = size or end - position
        if size < head:
            raise ValueError("no box")
        yield kind, position + head, min(position + size, end)
        position += size


def _notes(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Items that are EXIF, or XMP or another text, by their numbers."""
    first = start + (6 if data[start] == 0 else 8)
    for kind, inner, _end in _boxes(data, first, end):
        version = data[inner]
        if kind == b"infe" and version >= 2:
            wide = version > 2
            item = struct.unpack_from(">I" if wide else ">H", data, inner + 4)[0]
            place = inner + (10 if wide else 8)
            found = data[place : place + 4]
            if found in (b"Exif", b"mime"):
                yield item, found


def _places(data: bytes, start: int, end: int) -> Iterator[tuple[int, bool, int, int]]:
    """Number of an item, whether it lies in ``idat``, and beginning and length of each piece."""
    version = data[start]
    offset_size, length_size = data[start + 4] >> 4, data[start + 4] & 15
    base_size, index_size = data[start + 5] >> 4, data[start + 5] & 15 if version else 0
    position = start + 6

    def number(size: int) -> int:
        nonlocal position
        position += size
        if position > end:
            raise ValueError("a place outside its box")
        return int.from_bytes(data[position - size : position])

    for _item in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        for _extent in range(number(2)):
            number(index_size)
            offset, length = number(offset_size), number(length_size)
            yield item, method == 1, base + offset, length
