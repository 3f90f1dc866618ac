"""The demo shoot: 66 pictures drawn by our own code, so that nobody needs photos to try us.

`PICTURES` is the table of what there is; `draw` makes the files; `truth` tells what is true of
them (burst, bracket, panorama, copy, damage). 64 files are readable pictures, two are broken on
purpose.
"""

from __future__ import annotations

from uniqa_desktop.demo.drawing import draw, truth
from uniqa_desktop.demo.picture import Camera, Damage, DemoPicture, Kind
from uniqa_desktop.demo.shoot import COUNT, PICTURES

__all__ = ["COUNT", "PICTURES", "Camera", "Damage", "DemoPicture", "Kind", "draw", "truth"]
