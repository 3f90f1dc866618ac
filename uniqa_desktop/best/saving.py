"""Evidence as JSON, as the library keeps it.

Frames are named by the identity of their photo, so that what was measured stays true when a photo
moves, and is found again whatever order the burst is in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from uniqa_desktop.best.evidence import Box, Evidence, Frame, Reading

METHOD = 1
"""Counts changes of what is measured: what an earlier method measured is measured anew."""


def key(identities: Sequence[bytes], detector: bool) -> str:
    """What the evidence of a burst is kept under: 32 hex digits, whatever the order of frames."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{METHOD} {detector:d}".encode())
    for identity in sorted(identities):
        digest.update(identity)
    return digest.hexdigest()


def to_json(evidence: Evidence, identities: Sequence[bytes]) -> str:
    """The evidence with the identity of each of its frames."""
    frames = [
        {
            "identity": identity.hex(),
            "readings": {
                cue: [round(reading.value, 5), round(reading.error, 5)]
                for cue, reading in frame.readings.items()
            },
            "region": [region.x, region.y, region.width, region.height]
            if (region := frame.region)
            else None,
            "trouble": frame.trouble,
            "elsewhere": frame.elsewhere,
        }
        for identity, frame in zip(identities, evidence.frames, strict=True)
    ]
    return json.dumps({"frames": frames, "absent": dict(evidence.absent)}, ensure_ascii=False)


def from_json(text: str, identities: Sequence[bytes]) -> Evidence:
    """The evidence with its frames in the order of `identities`, which are those it was made of."""
    document = json.loads(text)
    waiting: dict[str, list[Frame]] = {}
    for row in document["frames"]:
        frame = Frame(
            readings={cue: Reading(*numbers) for cue, numbers in row["readings"].items()},
            region=Box(*row["region"]) if row["region"] else None,
            trouble=row["trouble"],
            elsewhere=row["elsewhere"],
        )
        waiting.setdefault(row["identity"], []).append(frame)
    frames = tuple(waiting[identity.hex()].pop(0) for identity in identities)
    return Evidence(frames, document["absent"])
