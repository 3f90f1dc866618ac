"""Which XMP property means what, in the dialects of Lightroom, darktable and digiKam.

| meaning | Lightroom | darktable | digiKam | also |
|---|---|---|---|---|
| stars 1–5 | `xmp:Rating` | `xmp:Rating` | `xmp:Rating` | |
| reject | `xmp:Rating` −1 | `xmp:Rating` −1 | `digiKam:PickLabel` 1 | `xmpDM:pick` −1 |
| maybe, pick | – | – | `digiKam:PickLabel` 2, 3 | `xmpDM:pick` 0, 1 |
| colour | `xmp:Label` (a name) | `darktable:colorlabels` 0–4 | `digiKam:ColorLabel` 1–9 | |

All are written together. The programs do not keep each other's properties up to date, so on reading
the last fields that were in step (`base`) tell which ones somebody has changed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType

from uniqa_desktop.photo import Flag, Label, Verdict
from uniqa_desktop.xmp.packet import Packet, Property

_XMP = "http://ns.adobe.com/xap/1.0/"
_DARKTABLE = "http://darktable.sf.net/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"
_MEDIA = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"

RATING = Property(_XMP, "xmp", "Rating")
LABEL = Property(_XMP, "xmp", "Label")
COLOUR_LABELS = Property(_DARKTABLE, "darktable", "colorlabels")
COLOUR_LABEL = Property(_DIGIKAM, "digiKam", "ColorLabel")
PICK_LABEL = Property(_DIGIKAM, "digiKam", "PickLabel")
MEDIA_PICK = Property(_MEDIA, "xmpDM", "pick")
MEDIA_GOOD = Property(_MEDIA, "xmpDM", "good")
WRITTEN = (RATING, LABEL, COLOUR_LABELS, COLOUR_LABEL, PICK_LABEL, MEDIA_PICK)
"""What this program writes; everything else in a sidecar belongs to others."""

_NAMES = MappingProxyType(
    {
        Label.RED: ("red", "rot", "rouge", "rojo", "rosso", "vermelho", "rood", "select"),
        Label.YELLOW: (
            "yellow", "gelb", "jaune", "amarillo", "giallo", "amarelo", "geel", "second",
        ),
        Label.GREEN: ("green", "grün", "vert", "verde", "groen", "approved"),
        Label.BLUE: ("blue", "blau", "bleu", "azul", "blu", "blauw", "review"),
        Label.PURPLE: (
            "purple", "violet", "magenta", "lila", "violett", "purpur", "pourpre", "púrpura",
            "morado", "viola", "roxo", "paars", "to do",
        ),
    }
)  # fmt: skip
"""Lightroom's colour names in its larger languages, and Bridge's own words for the same five."""
_LABEL_BY_NAME = MappingProxyType(
    {name: label for label, names in _NAMES.items() for name in names}
)
_DARKTABLE_NUMBER = MappingProxyType(
    {Label.RED: 0, Label.YELLOW: 1, Label.GREEN: 2, Label.BLUE: 3, Label.PURPLE: 4}
)
_DIGIKAM_NUMBER = MappingProxyType(
    {Label.NONE: 0, Label.RED: 1, Label.YELLOW: 3, Label.GREEN: 4, Label.BLUE: 5, Label.PURPLE: 6}
)
"""digiKam also has 2 orange, 7 grey, 8 black and 9 white, which we have no word for."""
_PICK_NUMBER = MappingProxyType({Flag.NONE: 0, Flag.REJECT: 1, Flag.MAYBE: 2, Flag.PICK: 3})
_MEDIA_NUMBER = MappingProxyType({Flag.NONE: 0, Flag.MAYBE: 0, Flag.REJECT: -1, Flag.PICK: 1})
_REJECTED = -1


_BY_DARKTABLE = {number: label for label, number in _DARKTABLE_NUMBER.items()}
_BY_DIGIKAM = {number: label for label, number in _DIGIKAM_NUMBER.items()}
_BY_PICK = {number: flag for flag, number in _PICK_NUMBER.items()}


@dataclass(frozen=True, slots=True)
class Fields:
    """What a sidecar says of verdicts, property by property; `None` where it does not say.

    Attributes:
        rating: −1 (rejected), 0–5; other numbers are read as they are and mean nothing here.
        label: the colour's name, in whatever language or any other word.
        colour_labels: darktable's numbers; it may have several.
        colour_label: digiKam's number.
        pick_label: digiKam's number.
        media_pick: −1, 0, 1.
        media_good: "true" or "false"; read, never written.
    """

    rating: int | None = None
    label: str | None = None
    colour_labels: tuple[int, ...] | None = None
    colour_label: int | None = None
    pick_label: int | None = None
    media_pick: int | None = None
    media_good: str | None = None

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Fields:
        """The fields that `to_json` gave."""
        known = {each.name for each in fields(cls)}
        given = {name: item for name, item in value.items() if name in known}
        labels = given.get("colour_labels")
        if isinstance(labels, list):
            given["colour_labels"] = tuple(labels)
        return cls(**given)  # type: ignore[arg-type]

    def to_json(self) -> dict[str, object]:
        """The fields that say something."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict that a sidecar states; `None` where it says nothing, so that ours stays."""

    flag: Flag | None = None
    stars: int | None = None
    label: Label | None = None

    def on(self, verdict: Verdict) -> Verdict:
        """`verdict` with what is said put over it."""
        return Verdict(
            verdict.flag if self.flag is None else self.flag,
            verdict.stars if self.stars is None else self.stars,
            verdict.label if self.label is None else self.label,
        )


def read(packet: Packet) -> Fields:
    """The fields of a packet."""
    labels = packet.get(COLOUR_LABELS)
    numbers = None
    if labels is not None:
        numbers = tuple(n for n in map(_number, labels) if n is not None)
    return Fields(
        rating=_number(_one(packet, RATING)),
        label=_one(packet, LABEL),
        colour_labels=numbers,
        colour_label=_number(_one(packet, COLOUR_LABEL)),
        pick_label=_number(_one(packet, PICK_LABEL)),
        media_pick=_number(_one(packet, MEDIA_PICK)),
        media_good=_one(packet, MEDIA_GOOD),
    )


def write(packet: Packet, wanted: Fields) -> None:
    """Makes the packet say `wanted`; a property that says it already is not touched."""
    now = read(packet)
    for prop, old, new in (
        (RATING, now.rating, wanted.rating),
        (LABEL, now.label, wanted.label),
        (COLOUR_LABEL, now.colour_label, wanted.colour_label),
        (PICK_LABEL, now.pick_label, wanted.pick_label),
        (MEDIA_PICK, now.media_pick, wanted.media_pick),
    ):
        if old != new:
            packet.set(prop, None if new is None else str(new))
    if (now.colour_labels or ()) != (wanted.colour_labels or ()):
        packet.set_array(COLOUR_LABELS, [str(n) for n in wanted.colour_labels or ()])


def stated(verdict: Verdict, there: Fields) -> Fields:
    """What a sidecar with the fields `there` has to say so that it states `verdict`.

    Nothing is added only to say "none". Colours that we have no word for, and names of the user's
    own, stay as long as the verdict has no colour.
    """
    return Fields(
        rating=_rating(verdict, there.rating),
        label=_label_name(verdict.label, there.label),
        colour_labels=_darktable(verdict.label, there.colour_labels),
        colour_label=_digikam(verdict.label, there.colour_label),
        pick_label=_flag_number(_PICK_NUMBER, verdict.flag, there.pick_label),
        media_pick=_flag_number(_MEDIA_NUMBER, verdict.flag, there.media_pick),
        media_good=there.media_good,
    )


def said(there: Fields, base: Fields | None = None) -> Said:
    """The verdict that the fields `there` state.

    Args:
        there: what the sidecar says now.
        base: what it said when it was last in step with our verdict. Where some fields differ from
            it, only these count: the others were left behind by a program that does not know them.
    """
    return Said(_said_flag(there, base), _said_stars(there, base), _said_label(there, base))


def _rating(verdict: Verdict, there: int | None) -> int | None:
    if verdict.flag is Flag.REJECT:
        return _REJECTED
    if verdict.stars:
        return verdict.stars
    return None if there is None else 0


def _label_name(label: Label, there: str | None) -> str | None:
    if label is Label.NONE:
        return None if there is None or _label_of(there) else there
    return there if there and _label_of(there) is label else label.capitalize()


def _darktable(label: Label, there: tuple[int, ...] | None) -> tuple[int, ...] | None:
    if label is Label.NONE:
        return None
    number = _DARKTABLE_NUMBER[label]
    return there if there and there[0] == number else (number,)


def _digikam(label: Label, there: int | None) -> int | None:
    if label is not Label.NONE:
        return _DIGIKAM_NUMBER[label]
    if there is None or there not in _BY_DIGIKAM:
        return there
    return 0


def _flag_number(table: Mapping[Flag, int], flag: Flag, there: int | None) -> int | None:
    return None if flag is Flag.NONE and there is None else table[flag]


def _said_stars(there: Fields, base: Fields | None) -> int | None:
    if there.rating is None:
        return 0 if base is not None and base.rating is not None else None
    return there.rating if 0 <= there.rating <= 5 else None


def _said_flag(there: Fields, base: Fields | None) -> Flag | None:
    names = ("pick_label", "media_pick", "media_good")
    rating: int | None = there.rating
    if base is not None:
        changed = [name for name in names if getattr(there, name) != getattr(base, name)]
        freed = base.rating == _REJECTED and there.rating != _REJECTED
        rejected = base.rating != _REJECTED and there.rating == _REJECTED
        if changed or freed or rejected:
            rating = there.rating if rejected else None
            names = tuple(changed)
            if not names and freed:
                return Flag.NONE
    if rating == _REJECTED:
        return Flag.REJECT
    found = [_flag_by(name, getattr(there, name)) for name in names]
    clear = [flag for flag in found if flag is not None]
    return next((flag for flag in clear if flag is not Flag.NONE), clear[0] if clear else None)


def _flag_by(name: str, value: int | str | None) -> Flag | None:
    if value is None:
        return None
    if name == "pick_label":
        return _BY_PICK.get(value)  # type: ignore[arg-type]
    if name == "media_pick":
        return {-1: Flag.REJECT, 0: Flag.NONE, 1: Flag.PICK}.get(value)  # type: ignore[arg-type]
    return {"true": Flag.PICK, "false": Flag.REJECT}.get(str(value).lower())


def _said_label(there: Fields, base: Fields | None) -> Label | None:
    names = ("label", "colour_labels", "colour_label")
    if base is not None:
        changed = tuple(name for name in names if getattr(there, name) != getattr(base, name))
        names = changed or names
        if changed and all(getattr(there, name) is None for name in changed):
            return Label.NONE
    found = [_label_by(name, getattr(there, name)) for name in names]
    clear = [label for label in found if label is not None]
    return next((label for label in clear if label is not Label.NONE), clear[0] if clear else None)


def _label_by(name: str, value: object) -> Label | None:
    if isinstance(value, str):
        return _label_of(value)
    if isinstance(value, tuple):
        return next((_BY_DARKTABLE[n] for n in value if n in _BY_DARKTABLE), Label.NONE)
    return _BY_DIGIKAM.get(value) if isinstance(value, int) else None


def _label_of(name: str) -> Label | None:
    """The colour that a name stands for; an empty name is none, an unknown one says nothing."""
    folded = name.strip().casefold()
    return _LABEL_BY_NAME.get(folded) if folded else Label.NONE


def _one(packet: Packet, prop: Property) -> str | None:
    values = packet.get(prop)
    return values[0] if values else None


def _number(text: str | None) -> int | None:
    """A whole number, also written as `3.0`; `None` for anything else."""
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() and abs(value) < 1000 else None
