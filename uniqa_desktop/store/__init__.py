"""The store: the only SQL in the program. See docs/adr/0004-store.md and docs/schema.md."""

from uniqa_desktop.store.library import Store, warm_up
from uniqa_desktop.store.photos import Facets, Listing
from uniqa_desktop.store.rebuilding import rebuild
from uniqa_desktop.store.thumbs import Thumbs

__all__ = ["Facets", "Listing", "Store", "Thumbs", "rebuild", "warm_up"]
