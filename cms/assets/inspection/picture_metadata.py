"""Taking what is no picture out of a picture, without touching a pixel.

What stays is listed; everything else goes: EXIF but for the orientation, XMP, IPTC, comments,
previews, and whatever is appended. Profiles of colour stay.
"""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

ORIENTATION = 0x0112
PNG_CHUNKS = frozenset(
    [
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT"),
        *(b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"hIST"),
        *(b"acTL", b"fcTL", b"fdAT"),
    ]
)
WEBP_CHUNKS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
GIF_APPLICATIONS = frozenset((b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"))


def stripped(data: bytes) -> bytes:
    """``data`` of a JPEG, PNG, GIF, WebP or AVIF without what it tells beside its pixels."""
    if data.startswith(b"\xff\xd8\xff"):
        return stripped_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return stripped_png(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return stripped_gif(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return stripped_webp(data)
    if data[4:8] == b"ftyp":
        return stripped_avif(data)
    return data


def orientation_only(data: bytes) -> bytes:
    """EXIF that says how to turn the picture and no more; empty for an upright one."""
    with Image.open(io.BytesIO(data)) as image:
        value = image.getexif().get(ORIENTATION, 1)
    if value not in range(2, 9):
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, value, 0, 0)


def stripped_jpeg(data: bytes) -> bytes:
    out, position = [b"\xff\xd8"], 2
    turn = orientation_only(data)
    header = b""
    while position < len(data):
        if data[position] != 0xFF:
            position = data.index(b"\xff", position)  # Decoders pass over such bytes too.
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0xD9:
            out.append(b"\xff\xd9")
            break
        length = struct.unpack_from(">H", data, position + 2)[0]
        segment = data[position : position + 2 + length]
        if marker == 0xE0 and segment[4:9] == b"JFIF\0" and not header:
            # With no preview in it.
            header = b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
            out.insert(1, header)
        elif not _is_told(marker, segment):
            out.append(segment)
        position += 2 + length
        if marker == 0xDA:
            end = _end_of_scan(data, position)
            out.append(data[position:end])
            position = end
    if turn:
        exif = b"Exif\0\0" + turn
        place = 2 if header else 1
        out.insert(place, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join(out)


def _is_told(marker: int, segment: bytes) -> bool:
    """Whether a segment is about the picture, not of it; profiles and Adobe's colours are."""
    if marker == 0xE2:
        return not segment[4:].startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return not segment[4:].startswith(b"Adobe")
    return 0xE0 <= marker <= 0xEF or marker == 0xFE


def _end_of_scan(data: bytes, position: int) -> int:
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        if data[position + 1] == 0 or 0xD0 <= data[position + 1] <= 0xD7:
            position += 2
        else:
            return position


def stripped_png(data: bytes) -> bytes:
    out, position = [data[:8]], 8
    turn = orientation_only(data)
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if kind in PNG_CHUNKS:
            out.append(data[position : position + 12 + length])
        if kind == b"IHDR" and turn:
            checksum = zlib.crc32(b"eXIf" + turn)
            out.append(struct.pack(">I", len(turn)) + b"eXIf" + turn + struct.pack(">I", checksum))
        position += 12 + length
        if kind == b"IEND":
            break
    return b"".join(out)


def stripped_webp(data: bytes) -> bytes:
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    out, position = [], 12
    turn = orientation_only(data)
    while position + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, position)
        chunk = data[position : position + 8 + length + length % 2]
        if kind == b"VP8X":
            # Bits 2 and 3 say that XMP and EXIF follow.
            flags = chunk[8] & ~0x0C | (0x08 if turn else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if kind in WEBP_CHUNKS:
            out.append(chunk)
        position += 8 + length + length % 2
    if turn:
        out.append(b"EXIF" + struct.pack("<I", len(turn)) + turn)
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def stripped_gif(data: bytes) -> bytes:
    position = 13 + _colours(data[10])
    out = [data[:position]]
    while position < len(data):
        start, kind = position, data[position]
        if kind == 0x3B:
            out.append(b"\x3b")
            break
        if kind == 0x2C:
            position = _after_blocks(data, position + 11 + _colours(data[position + 9]))
            out.append(data[start:position])
        elif kind == 0x21:
            position = _after_blocks(data, position + 2)
            label, name = data[start + 1], data[start + 3 : start + 14]
            if label == 0xF9 or (label == 0xFF and name in GIF_APPLICATIONS):
                out.append(data[start:position])
        else:
            raise ValueError("no block")
    return b"".join(out)


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += 1 + data[position]
    return position + 1


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
