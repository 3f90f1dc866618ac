"""The table of file extensions: which files are photos, and what the others are.

The extension only decides whether a scan looks at a file; what is really inside is `decode`'s
business, which goes by content.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is by its extension. Only pictures and RAWs become photos."""

    PICTURE = "picture"
    RAW = "raw"
    VIDEO = "video"
    SIDECAR = "sidecar"


_EXTENSIONS = {
    Kind.PICTURE: "jpg jpeg jpe jfif png tif tiff webp gif bmp heic heif hif avif mpo",
    Kind.RAW: "cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 rwl pef dng srw 3fr erf kdc dcr mrw mef"
    " mos iiq x3f gpr",
    Kind.VIDEO: "mp4 mov m4v avi mkv webm mts m2ts mpg mpeg 3gp 3g2 wmv flv insv lrv crm r3d braw",
    Kind.SIDECAR: "xmp pp3 dop thm aae json cos cop cot nksc arp on1 vrd dr4 gpx lrf ctg spd acr",
}

KIND: dict[str, Kind] = {
    f".{extension}": kind
    for kind, extensions in _EXTENSIONS.items()
    for extension in extensions.split()
}
"""Extension (lower case, with its dot) -> kind."""

PHOTO_EXTENSIONS = frozenset(
    extension for extension, kind in KIND.items() if kind in (Kind.PICTURE, Kind.RAW)
)
"""The extensions of what is shown and scored."""


def kind_of(name: str) -> Kind | None:
    """The kind of the file called `name`; `None` for a file that has nothing to do with photos."""
    return KIND.get(name[name.rfind(".") :].lower())


def stem_of(name: str) -> str:
    """What RAW and JPEG of one exposure share: the name without its extension, in lower case.

    Only A–Z is lowered, as SQLite's NOCASE does: the two must agree on which names are equal.
    """
    return ascii_lower(name[: name.rfind(".")] if "." in name else name)


def ascii_lower(text: str) -> str:
    """`text` with A–Z lowered and everything else as it is."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
