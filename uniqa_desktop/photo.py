"""The vocabulary: small frozen values that every other module speaks (see docs/CONTEXT.md).

No behaviour beyond what a value can answer about itself, and no import from the rest of the
package, so that the store, the jobs, the command line and the window mean the same by a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path


class Flag(StrEnum):
    """The four verdict flags. `NONE` is undecided; only a user's action sets another."""

    NONE = "none"
    PICK = "pick"
    MAYBE = "maybe"
    REJECT = "reject"


class Label(StrEnum):
    """Colour labels, by the English names that travel in sidecars."""

    NONE = "none"
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


class Provenance(StrEnum):
    """What the user could see when giving a verdict; only blind ones are ground truth.

    What was read from a sidecar was given in another program, where our scores are not shown.
    """

    BLIND = "blind"
    SCORE_VISIBLE = "score visible"
    SUGGESTION = "suggestion accepted"
    SIDECAR = "read from a sidecar"


class State(StrEnum):
    """Whether a photo's file was there at the last scan. Missing photos keep everything."""

    PRESENT = "present"
    MISSING = "missing"


class Stage(StrEnum):
    """Where a failure happened: walking the folder, or reading one photo's pixels."""

    SCAN = "scan"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be read, and why, in one sentence."""

    path: Path
    error: str
    stage: Stage = Stage.SCORE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo was taken: degrees north and east (negative: south, west), WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Meta:
    """What the camera wrote. Every field may be `None`: unknown is never a made-up zero.

    `taken` is the camera's local clock (naive); `offset_minutes` is its distance from UTC where
    the file says so. `has_subseconds` tells a true `.000` from a camera without sub-seconds.
    `width` and `height` are pixels of the upright picture; `orientation` is EXIF's 1–8.
    `shutter` is seconds, `focal_length` millimetres, `bias` EV. `drive` is the camera's own word
    for its drive or bracket mode ("Continuous", "Auto bracket"), where one was found; `burst` its
    mark that only the frames of one burst share, `sequence` the number within it.
    """

    taken: datetime | None = None
    has_subseconds: bool = False
    offset_minutes: int | None = None
    camera: str | None = None
    lens: str | None = None
    focal_length: float | None = None
    aperture: float | None = None
    shutter: float | None = None
    iso: int | None = None
    bias: float | None = None
    drive: str | None = None
    place: Place | None = None
    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    burst: str | None = None
    sequence: int | None = None
    problem: str | None = None
    """Why the metadata block could not be read, if it could not: the photo itself may be fine."""

    @property
    def taken_text(self) -> str | None:
        """ISO 8601, with sub-seconds only where the camera had them and the offset if known."""
        if self.taken is None:
            return None
        moment = self.taken
        if self.offset_minutes is not None:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=self.offset_minutes)))
        return moment.isoformat(timespec="milliseconds" if self.has_subseconds else "seconds")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured attribute: `value` on 0–100 for people, `raw` in the measure's own unit."""

    value: float
    raw: float


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle as fractions of the upright picture (0–1), so it fits every size of it."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Attributes:
    """ATTIQA's five attributes as measured from pixels, and how much is clipped (percent).

    `sharpest` is the region that gave `sharpness`.
    """

    sharpness: Measure
    brightness: Measure
    contrast: Measure
    colorfulness: Measure
    noisiness: Measure
    clipped_shadows: float
    clipped_highlights: float
    sharpest: Region


ATTRIBUTE_NAMES = ("sharpness", "brightness", "contrast", "colorfulness", "noisiness")


@dataclass(frozen=True, slots=True)
class Scores:
    """What one model says of one photo: 0–100, beside its raw value. `None`: not scored by it."""

    model: str
    quality: float | None = None
    quality_raw: float | None = None
    aesthetics: float | None = None
    aesthetics_raw: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The user's decision on a photo: flag, stars 0–5, colour."""

    flag: Flag = Flag.NONE
    stars: int = 0
    label: Label = Label.NONE


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One file of a photo as the last scan saw it; the three hashes have 16 bytes.

    `fast` is the hash of its size, head, middle and tail; `content` of all its bytes, where that
    is known. `identity` names the content in caches: it is `fast`, unless another file has the
    same `fast` and other bytes; then it is `content`.
    """

    path: Path
    size: int
    mtime_ns: int
    fast: bytes
    identity: bytes
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the library knows it: by its own id, there or missing at the last scan."""

    id: int
    file: PhotoFile
    present: bool


@dataclass(frozen=True, slots=True)
class FileChanges:
    """A block of what a scan found, to be stored in one transaction.

    Ids are those of known files. `moved` files are at a new path (or back at the old one) with
    the same bytes, `touched` ones differ only in their time stamp, `rewritten` ones have new
    bytes. `hashed` are content hashes learned on the way. `failures` are for the reader: storing
    them is another step, since only a whole scan knows which old failures are over.
    """

    added: tuple[PhotoFile, ...] = ()
    moved: tuple[tuple[int, PhotoFile], ...] = ()
    touched: tuple[tuple[int, PhotoFile], ...] = ()
    rewritten: tuple[tuple[int, PhotoFile], ...] = ()
    missing: tuple[int, ...] = ()
    hashed: tuple[tuple[int, bytes], ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def files(self) -> int:
        """How many files were read for this block."""
        return (
            len(self.added)
            + len(self.moved)
            + len(self.touched)
            + len(self.rewritten)
            + len(self.failures)
        )


@dataclass(frozen=True, slots=True)
class PhotoChanges:
    """What became of the photos when a block of `FileChanges` was stored, by photo id.

    Each id is in one of them. `moved` photos are at another path, or back; `changed` ones have new
    bytes, or won or lost a RAW or JPEG partner; `removed` ones are now part of their partner's
    photo.
    """

    added: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as lists and the grid need it. `path` is the file that is shown and scored.

    `companions` are the other files of the same exposure (the RAW beside a JPEG). `failure` is
    the reason why the photo could not be read, if it could not.
    """

    id: int
    path: Path
    identity: bytes
    state: State = State.PRESENT
    companions: tuple[Path, ...] = ()
    meta: Meta = field(default_factory=Meta)
    attributes: Attributes | None = None
    scores: Scores | None = None
    taste: float | None = None
    burst: int | None = None
    verdict: Verdict = field(default_factory=Verdict)
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything one scoring pass learned of one photo; stored in one transaction.

    `content` is a hash of the whole file, `phash` a 64-bit perceptual hash (unsigned), `warmth`
    the mean b* of its colours: from blue (negative) to yellow light.
    """

    photo: int
    meta: Meta
    attributes: Attributes
    scores: Scores
    phash: int
    content: bytes
    warmth: float | None = None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One line of a photo's history: what the act numbered `act` did to it. `undone` lines can be
    redone until a new verdict is given."""

    act: int
    photo: int
    at: datetime
    before: Verdict
    after: Verdict
    provenance: Provenance
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the user: a verdict on `count` photos, `first` among them; both are 0 where one
    photo was preferred to another (`store.preferences` has which).

    `state` is `done`, `undone` (it can be redone), or `dropped` (undone before another act).
    """

    id: int
    at: datetime
    provenance: Provenance
    state: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a job, as its generator yields it.

    `total` is `None` while it is not known. `changed` are the ids whose rows differ since the
    last step; `failures` those that came up since then. `rate` is items per second and
    `remaining` seconds, both `None` until there is something to go by.
    """

    job: str
    done: int
    total: int | None = None
    changed: tuple[int, ...] = ()
    failures: tuple[Failure, ...] = ()
    rate: float | None = None
    remaining: float | None = None
