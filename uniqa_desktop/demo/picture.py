"""What is true of one picture of the demo shoot: how it belongs to others, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from uniqa_desktop.photo import Place


class Kind(StrEnum):
    """How a picture belongs to its neighbours."""

    SINGLE = "single"
    BURST = "burst"
    BRACKET = "bracket"
    PANORAMA = "panorama"
    NEAR = "near-duplicate"
    """A photo, or a copy of it that was edited or made smaller."""


class Damage(StrEnum):
    """What went wrong with a frame. The unit of its `strength` is in brackets."""

    NONE = "none"
    BLURRED = "blurred"
    """Missed focus (radius of the blur disc, pixels of a picture 1800 wide)."""
    SHAKEN = "shaken"
    """The camera moved (length of the smear, pixels of a picture 1800 wide)."""
    NOISY = "noisy"
    """High sensitivity (ISO)."""
    DARK = "dark"
    """Underexposed (EV)."""
    BLOWN_OUT = "blown out"
    """Overexposed (EV)."""
    DULL = "dull"
    """Flat contrast and faint colours (share lost, 0–1)."""
    EYES_CLOSED = "eyes closed"
    """A blink; sharp otherwise."""
    TRUNCATED = "truncated"
    """The file ends too early (share of it that is left)."""
    RANDOM_BYTES = "random bytes"
    """No picture at all."""


BROKEN = frozenset({Damage.TRUNCATED, Damage.RANDOM_BYTES})


@dataclass(frozen=True, slots=True)
class Camera:
    """An invented camera: what it writes into its files and the shape of its sensor."""

    make: str
    model: str
    lens: str
    aspect: float
    """Width over height, held level."""
    equivalent: float
    """Crop factor against 36 mm film."""


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """One file of the shoot.

    Attributes:
        name: File name.
        scene: What is drawn (a name in `scenes.SCENES`); empty for random bytes.
        seed: Which variant of the scene.
        taken: The camera's clock, to the millisecond.
        camera: Which camera.
        shutter: Seconds.
        aperture: F-number.
        iso: Sensitivity.
        focal_length: Millimetres on film of 36 mm.
        orientation: EXIF's: 1 level, 6 and 8 turned upright, 3 upside down.
        place: Where, if the camera knew.
        kind: Single, or what it is with others.
        group: Name of the burst, bracket, panorama, or of the photo and its copies.
        moment: Seconds since the first frame of the burst.
        damage: What went wrong.
        strength: How badly (unit: see `Damage`).
        bias: Exposure compensation the camera noted (EV).
        best: Whether this is the frame of its burst that a photographer keeps.
        framing: Zoom (1 or more) and shift of the frame (fractions of its width and height).
        sweep: How many frames wide the scene is, and where this one begins in it.
        copy_of: Name of the photo that this file is an edited copy of.
        size: Of a copy, as a share of the original's.
        lift: Of an edited copy: how much brighter it was made (EV).
    """

    name: str
    scene: str
    seed: int
    taken: datetime
    camera: Camera
    shutter: float
    aperture: float
    iso: int
    focal_length: float
    orientation: int = 1
    place: Place | None = None
    kind: Kind = Kind.SINGLE
    group: str | None = None
    moment: float = 0.0
    damage: Damage = Damage.NONE
    strength: float = 0.0
    bias: float = 0.0
    best: bool = False
    framing: tuple[float, float, float] = (1.0, 0.0, 0.0)
    sweep: tuple[float, float] = (1.0, 0.0)
    copy_of: str | None = None
    size: float = 1.0
    lift: float = 0.0

    @property
    def readable(self) -> bool:
        """Whether a decoder can open the file."""
        return self.damage not in BROKEN

    @property
    def upright(self) -> bool:
        """Whether the picture is higher than wide when seen the right way up."""
        return self.orientation in (6, 8)
