"""Several views that look at the same place: one shared framing, and how far a view is off it.

Pure geometry, as `zoom`. Places are fractions of each picture, so that pictures of another size
are looked at in the same place.
"""

from __future__ import annotations

from dataclasses import dataclass

from uniqa_desktop.gui.zoom import Framing


@dataclass(frozen=True, slots=True)
class Aside:
    """How a view's framing differs from the one that all share.

    `x` and `y` are added to the shared place, `factor` multiplies the shared scale. `scale` is
    the view's own scale (device pixels per picture pixel) while the shared framing fits.
    """

    x: float = 0.0
    y: float = 0.0
    factor: float = 1.0
    scale: float | None = None

    @classmethod
    def between(cls, shared: Framing, framing: Framing) -> Aside:
        """What takes `shared` to a view's own `framing`; fitting a view alone puts it back."""
        if framing.scale is None:
            return cls()
        across, down = framing.x - shared.x, framing.y - shared.y
        if shared.scale is None:
            return cls(across, down, scale=framing.scale)
        return cls(across, down, framing.scale / shared.scale)

    def framing(self, shared: Framing) -> Framing:
        """The framing of the view."""
        scale = self.scale if shared.scale is None else shared.scale * self.factor
        if scale is None:
            return Framing()
        return Framing(scale, shared.x + self.x, shared.y + self.y)

    def shared(self, framing: Framing) -> Framing:
        """The shared framing that makes `framing` the view's."""
        if framing.scale is None:
            return Framing()
        return Framing(framing.scale / self.factor, framing.x - self.x, framing.y - self.y)
