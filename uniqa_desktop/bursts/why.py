"""Why photos were put into one group, in sentences with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.photo import Meta


def reasons(group: Group, metas: Sequence[Meta], coarse: Sequence[str] = ()) -> list[str]:
    """What speaks for a group, from what its photos' files say.

    Args:
        group: the group.
        metas: of its members, in their order.
        coarse: cameras whose clocks have no sub-seconds.
    """
    found = [_span(metas)]
    if group.kind is Kind.BRACKET:
        found.append(_exposures(metas))
    elif group.kind is Kind.EXACT:
        found = ["the files are equal byte by byte"]
    elif group.kind is Kind.NEAR:
        found.append(_sizes(metas))
    elif group.kind is Kind.PANORAMA:
        found.append("each frame overlaps the one before, in one direction")
    elif group.kind is Kind.FOCUS_STACK:
        found.append("focus moves through the picture from frame to frame")
    marks = {meta.burst for meta in metas}
    if len(marks) == 1 and None not in marks:
        found.append("the camera marked them as one burst")
    cameras = sorted({meta.camera for meta in metas if meta.camera in coarse} - {None}, key=str)
    found += [f"{camera} writes no sub-seconds" for camera in cameras]
    return [sentence for sentence in found if sentence]


def _span(metas: Sequence[Meta]) -> str:
    moments = [meta.taken for meta in metas if meta.taken is not None]
    if len(moments) < len(metas):
        return f"{len(metas)} photos that look alike; not all have a capture time"
    seconds = (max(moments) - min(moments)).total_seconds()
    if not seconds:
        return f"{len(metas)} photos of the same moment"
    if seconds >= 120:
        return f"{len(metas)} photos that look alike"
    return f"{len(metas)} frames within {seconds:.1f} s"


def _exposures(metas: Sequence[Meta]) -> str:
    biases = [meta.bias for meta in metas if meta.bias is not None]
    if len(biases) == len(metas) and len(set(biases)) > 1:
        return "exposures set to " + ", ".join(f"{bias:+.3g}" for bias in biases) + " EV"
    shutters = [meta.shutter for meta in metas if meta.shutter]
    return "exposures of " + ", ".join(_seconds(shutter) for shutter in shutters)


def _seconds(shutter: float) -> str:
    return f"1/{1 / shutter:.0f} s" if shutter < 0.3 else f"{shutter:g} s"


def _sizes(metas: Sequence[Meta]) -> str:
    sizes = [f"{meta.width}×{meta.height}" for meta in metas if meta.width and meta.height]
    return "sizes " + ", ".join(dict.fromkeys(sizes)) if len(set(sizes)) > 1 else ""
