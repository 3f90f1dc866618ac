"""Scanning: walking folders, and finding out what became of each file in them.

A scan has two halves. `walk` lists the folders and compares names, sizes and time stamps with what
is known. `settle` then reads identities of what is new or changed, and tells moved files from new,
rewritten and missing ones. Between them lies the whole walk, because a file that turns up in one
folder may be the one that is gone from another.

The library is not known here: `settle` asks it through `Library`, and the caller stores each block
before it takes the next one.
"""

from uniqa_desktop.scan.identity import content, content_of, fast
from uniqa_desktop.scan.settling import Library, settle
from uniqa_desktop.scan.walking import Folder, Survey, walk

__all__ = ["Folder", "Library", "Survey", "content", "content_of", "fast", "settle", "walk"]
