"""XMP packets: every form is read, and what belongs to others survives every change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.xmp import fields
from uniqa_desktop.xmp.packet import Packet, SidecarError, canonical

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = (
    f'xmlns:x="adobe:ns:meta/" xmlns:rdf="{RDF}" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:darktable="http://darktable.sf.net/" '
    'xmlns:digiKam="http://www.digikam.org/ns/1.0/" '
    'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" '
    'xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/"'
)


def wrapped(inside: str, around: str = "x:xmpmeta") -> bytes:
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<{around} {SPACES}>'
        f"<rdf:RDF>{inside}</rdf:RDF></{around}>\n<?xpacket end='w'?>"
    ).encode()


LIGHTROOM = wrapped(
    '<rdf:Description rdf:about="" xmp:Rating="2" xmp:Label="Red" crs:Exposure2012="+0.35" '
    'crs:ProcessVersion="11.0"><dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>Zoë</rdf:li>'
    "</rdf:Bag></dc:subject><!-- a remark --></rdf:Description>"
)
DARKTABLE = wrapped(
    '<rdf:Description rdf:about="" darktable:xmp_version="5" xmp:Rating="-1">'
    "<darktable:colorlabels><rdf:Seq><rdf:li>1</rdf:li><rdf:li>3</rdf:li></rdf:Seq>"
    "</darktable:colorlabels><darktable:history><rdf:Seq>"
    '<rdf:li darktable:operation="exposure" darktable:params="gz02eJx"/></rdf:Seq>'
    "</darktable:history></rdf:Description>"
)
DIGIKAM = wrapped(
    '<rdf:Description rdf:about=""><digiKam:PickLabel>3</digiKam:PickLabel>'
    "<digiKam:ColorLabel>4</digiKam:ColorLabel><xmp:Rating>3.0</xmp:Rating></rdf:Description>"
    '<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Beach</rdf:li>'
    "</rdf:Alt></dc:title></rdf:Description>"
)
ALL = (LIGHTROOM, DARKTABLE, DIGIKAM)


def read(data: bytes) -> fields.Fields:
    return fields.read(Packet(data))


def stripped(data: bytes) -> bytes:
    """A packet without our properties, in canonical form."""
    packet = Packet(data)
    for prop in fields.WRITTEN:
        packet.set(prop, None)
    return canonical(packet.to_bytes())


def test_attributes_elements_and_arrays_are_read() -> None:
    assert read(LIGHTROOM) == fields.Fields(rating=2, label="Red")
    assert read(DARKTABLE) == fields.Fields(rating=-1, colour_labels=(1, 3))
    assert read(DIGIKAM) == fields.Fields(rating=3, colour_label=4, pick_label=3)


@pytest.mark.parametrize("data", ALL)
@given(
    edits=st.lists(
        st.builds(
            fields.Fields,
            rating=st.none() | st.integers(-1, 5),
            label=st.none() | st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1),
            colour_labels=st.none() | st.just((2,)) | st.just((0, 4)),
            colour_label=st.none() | st.integers(0, 9),
            pick_label=st.none() | st.integers(0, 3),
            media_pick=st.none() | st.integers(-1, 1),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_what_others_wrote_survives_ten_edits(data: bytes, edits: list[fields.Fields]) -> None:
    foreign = stripped(data)
    for wanted in edits:
        packet = Packet(data)
        fields.write(packet, wanted)
        data = packet.to_bytes()
        found = read(data)
        assert (found.rating, found.pick_label) == (wanted.rating, wanted.pick_label)
        assert (found.label or "").strip() == (wanted.label or "").strip()
        assert (found.colour_labels or ()) == (wanted.colour_labels or ())
    assert stripped(data) == foreign


def test_a_property_that_is_there_twice_becomes_one() -> None:
    packet = Packet(
        wrapped(
            '<rdf:Description rdf:about="" xmp:Rating="1"/>'
            '<rdf:Description rdf:about=""><xmp:Rating>2</xmp:Rating></rdf:Description>'
        )
    )
    packet.set(fields.RATING, "5")
    assert packet.to_bytes().count(b"Rating") == 2 - 1
    assert read(packet.to_bytes()).rating == 5


def test_the_usual_prefixes_are_written() -> None:
    packet = Packet()
    fields.write(packet, fields.Fields(4, "Green", (2,), 4, 3, 1))
    text = packet.to_bytes().decode()
    for words in ('xmp:Rating="4"', 'digiKam:PickLabel="3"', 'xmpDM:pick="1"', "<darktable:color"):
        assert words in text
    assert "ns0" not in text


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + LIGHTROOM,
        LIGHTROOM + b"\0" * 64,
        b"\n\n" + LIGHTROOM,
        LIGHTROOM.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + LIGHTROOM,
        LIGHTROOM.replace(b"\xef\xbb\xbf", b"\x1a", 1),
    ],
    ids=["mark", "zeros", "blank lines", "UTF-16", "declaration", "F-Spot"],
)
def test_harmless_oddities_are_read(data: bytes) -> None:
    assert read(data).rating == 2


def test_a_bare_rdf_root_and_a_packet_without_a_description_are_written() -> None:
    for data in (wrapped(""), f'<rdf:RDF xmlns:rdf="{RDF}"/>'.encode()):
        packet = Packet(data)
        packet.set(fields.RATING, "4")
        assert read(packet.to_bytes()).rating == 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0\0", "empty"),
        (LIGHTROOM[:200], "not well-formed"),
        (b"<html><body/></html>", "not an XMP"),
        (b"\xff\xd8\xff\xe0 JFIF", "not well-formed"),
        (b'<?xml version="1.0" encoding="latin-77"?><a/>', "not well-formed"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + wrapped(""), "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + wrapped("").split(b"?>", 1)[1], "document"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(SidecarError, match=words):
        Packet(data)


def test_entities_are_never_expanded() -> None:
    bomb = b"<!DOCTYPE z [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + wrapped(
        '<rdf:Description rdf:about="" xmp:Rating="&b;"/>'
    )
    with pytest.raises(SidecarError):
        Packet(bomb)


@given(st.binary(max_size=300))
def test_random_bytes_never_crash(data: bytes) -> None:
    try:
        Packet(data)
    except SidecarError:
        return
