"""What a group of photos is: a kind, members in order of capture, a cover, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why photos belong together; the value is what the command line and the library say."""

    BURST = "burst"
    BRACKET = "bracket"
    FOCUS_STACK = "focus stack"
    PANORAMA = "panorama"
    NEAR = "near-duplicate"
    EXACT = "exact duplicate"

    @property
    def is_whole(self) -> bool:
        """Whether its frames are one work that is kept whole, so no frame is ranked away."""
        return self in _WHOLE


_WHOLE = frozenset({Kind.BRACKET, Kind.FOCUS_STACK, Kind.PANORAMA})


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that belong together.

    Attributes:
        kind: what they are to each other.
        members: photo ids, in order of capture; two at least, each in one group only.
        cover: the id that stands for the group when it is folded.
        confidence: 0–1, how sure the grouping is; 1 when the user made it.
    """

    kind: Kind
    members: tuple[int, ...]
    cover: int
    confidence: float
