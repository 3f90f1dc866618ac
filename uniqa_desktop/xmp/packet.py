"""One XMP packet: reading single properties and changing them, all else kept as it is.

A property may be written as an attribute of an `rdf:Description`, as an element with a text, or as
an array, and a packet may hold several descriptions (XMP specification, part 1, §7). All of these
are read; a property that is there keeps its form and place, a new one becomes an attribute of the
first description, as Adobe writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs

from uniqa_desktop.errors import KnownError

MOST_BYTES = 64 << 20
"""Sidecars with many masks reach a few megabytes; beyond this it is something else."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_DESCRIPTION, _ABOUT, _ITEM, _VALUE = (
    f"{{{_RDF}}}{name}" for name in ("Description", "about", "li", "value")
)
_ARRAYS = frozenset(f"{{{_RDF}}}{name}" for name in ("Seq", "Bag", "Alt"))
_BOM = b"\xef\xbb\xbf"
_CONTROLS = re.compile(rb"(<\?xpacket begin=[\"'])[\x00-\x08\x0b\x0c\x0e-\x1f]+")
"""F-Spot's idea of a byte order mark in the packet's wrapper; XML forbids such characters."""
_EMPTY = (
    f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    f'<x:xmpmeta xmlns:x="{_META}">\n <rdf:RDF xmlns:rdf="{_RDF}">\n'
    f'  <rdf:Description rdf:about=""/>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
).encode()


class SidecarError(KnownError):
    """A sidecar cannot be read, or may not be written; it is left as it is."""


class Property(NamedTuple):
    """A property's name: its namespace, the prefix it usually has, and its own name."""

    namespace: str
    prefix: str
    name: str

    @property
    def tag(self) -> str:
        """The name as XML libraries write it."""
        return f"{{{self.namespace}}}{self.name}"

    def __str__(self) -> str:
        return f"{self.prefix}:{self.name}"


class Packet:
    """An XMP packet in memory."""

    def __init__(self, data: bytes | None = None) -> None:
        """Reads a packet, or begins an empty one.

        Raises:
            SidecarError: it is not well-formed XML, not XMP, too large, or carries a document type
                (which could name files and entities; XMP has none).
        """
        self._root = _parse(_EMPTY if data is None else data)
        self._rdf = self._find_rdf()

    def _find_rdf(self) -> etree._Element:
        wanted = f"{{{_RDF}}}RDF"
        found = self._root if self._root.tag == wanted else self._root.find(f".//{wanted}")
        if found is None:
            raise SidecarError("The file is XML, but not an XMP sidecar.")
        return found

    def get(self, prop: Property) -> tuple[str, ...] | None:
        """The property's values: one for a plain property, any number for an array; `None` if
        the packet does not have it."""
        for description in self._descriptions():
            value = description.get(prop.tag)
            if value is not None:
                return (value.strip(),)
            element = description.find(prop.tag)
            if element is not None:
                return _values(element)
        return None

    def set(self, prop: Property, value: str | None) -> None:
        """Makes `value` the property's only value; `None` removes the property."""
        places = list(self._places(prop))
        kept = None if value is None else next(iter(places), None)
        for place in places:
            if place is not kept:
                self._remove(prop, place)
        if value is None:
            return
        if kept is None:
            etree.register_namespace(prop.prefix, prop.namespace)
            self._first().set(prop.tag, value)
        elif kept.tag == prop.tag:
            _set_text(kept, value)
        else:
            kept.set(prop.tag, value)

    def set_array(self, prop: Property, values: Sequence[str]) -> None:
        """Makes the property an ordered array of `values`; an empty one removes it."""
        if self.get(prop) == tuple(values):
            return
        self.set(prop, None)
        if not values:
            return
        first = self._first()
        element = etree.SubElement(first, prop.tag, nsmap={prop.prefix: prop.namespace})
        items = etree.SubElement(element, f"{{{_RDF}}}Seq")
        for value in values:
            etree.SubElement(items, _ITEM).text = value

    def to_bytes(self) -> bytes:
        """The packet as UTF-8, with what stood around it."""
        return etree.tostring(self._root.getroottree(), encoding="UTF-8", xml_declaration=False)

    def _descriptions(self) -> Iterator[etree._Element]:
        yield from self._rdf.iterchildren(_DESCRIPTION)

    def _first(self) -> etree._Element:
        found = next(self._descriptions(), None)
        if found is None:
            found = etree.SubElement(self._rdf, _DESCRIPTION)
            found.set(_ABOUT, "")
        return found

    def _places(self, prop: Property) -> Iterator[etree._Element]:
        """Where the property stands: descriptions that have the attribute, and elements."""
        for description in self._descriptions():
            if prop.tag in description.attrib:
                yield description
            yield from description.findall(prop.tag)

    def _remove(self, prop: Property, place: etree._Element) -> None:
        if place.tag != prop.tag:
            del place.attrib[prop.tag]
            return
        parent = place.getparent()
        if parent is None:
            return
        # What stands behind the element in the file is not part of it.
        before = place.getprevious()
        if place.tail and place.tail.strip():
            if before is None:
                parent.text = (parent.text or "") + place.tail
            else:
                before.tail = (before.tail or "") + place.tail
        parent.remove(place)


def canonical(data: bytes) -> bytes:
    """The packet in canonical form (C14N 2.0): equal for files that say the same.

    Raises:
        SidecarError: as `Packet`.
    """
    return etree.tostring(Packet(data)._root, method="c14n2", strip_text=True)


def _parse(data: bytes) -> etree._Element:
    if len(data) > MOST_BYTES:
        raise SidecarError(f"The sidecar is larger than {MOST_BYTES >> 20} MB.")
    # Photoshop writes a byte order mark, some programs padding of zero bytes.
    text = (
        data
        if data[:2] in (b"\xff\xfe", b"\xfe\xff")
        else data.removeprefix(_BOM).strip(b"\0 \t\r\n")
    )
    if not text:
        raise SidecarError("The sidecar is empty.")
    text = _CONTROLS.sub(rb"\1" + _BOM, text, count=1)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_pis=False
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise SidecarError(f"The sidecar is not well-formed XML ({error}).") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SidecarError("The sidecar carries a document type, which XMP never has.")
    return root


def _values(element: etree._Element) -> tuple[str, ...]:
    for child in element.iter(etree.Element):
        if child.tag in _ARRAYS:
            return tuple((item.text or "").strip() for item in child.iterchildren(_ITEM))
        if child.tag == _VALUE:
            return ((child.text or "").strip(),)
        nested = child.get(_VALUE)
        if nested is not None:
            return (nested.strip(),)
    return ((element.text or "").strip(),)


def _set_text(element: etree._Element, value: str) -> None:
    """Gives an element a plain text; qualifiers and arrays of an earlier value go."""
    tail = element.tail
    element.clear()
    element.text, element.tail = value, tail
