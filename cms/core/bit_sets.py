"""Sets of places as integers, a bit for each: ten thousand are narrowed and counted at once."""

from collections.abc import Iterable, Iterator


def set_of(places: Iterable[int], size: int) -> int:
    """The set of these places, all below ``size``."""
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def places(chosen: int) -> Iterator[int]:
    """The places of a set, the lowest first."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def members(chosen: int, size: int, order: Iterable[int]) -> list[int]:
    """The places of a set of at most ``size``, in the order given."""
    flags = f"{chosen:0{size or 1}b}"[::-1]
    return [place for place in order if flags[place] == "1"]
