"""Killed at any moment while 200 sidecars are written: none is half written, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from shelf import take_up

from uniqa_desktop import jobs
from uniqa_desktop.photo import Flag, Provenance, Verdict
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import fields, sidecar
from uniqa_desktop.xmp.naming import Naming
from uniqa_desktop.xmp.packet import Packet, canonical

PHOTOS = 200
THEIRS = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"
)
CHILD = """
import sys
from pathlib import Path
from uniqa_desktop import jobs
from uniqa_desktop.store import Store
from uniqa_desktop.xmp.naming import Naming
with Store.open(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    for _ in jobs.write_sidecars(store, Naming.LIGHTROOM):
        pass
"""


def without_ours(data: bytes) -> bytes:
    packet = Packet(data)
    for prop in fields.WRITTEN:
        packet.set(prop, None)
    return canonical(packet.to_bytes())


def killed_after(library: Path, seconds: float) -> int:
    """How the writing process ended: −9 if it was killed, 0 if it was through before."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(library)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    return child.returncode


def test_killed_writing_leaves_whole_sidecars_and_every_verdict(tmp_path: Path) -> None:
    folder, library = tmp_path / "photos", tmp_path / "library.db"
    folder.mkdir()
    foreign = {}
    for number in range(PHOTOS):
        (folder / f"{number:03}.jpg").write_bytes(b"%d" % number)
        if number % 2:
            path = folder / f"{number:03}.xmp"
            path.write_text(THEIRS.format(number))
            foreign[path] = without_ours(path.read_bytes())
    with Store.open(library) as store:
        take_up(store, folder)
        photos = store.photos.get(store.photos.ids(Query(model="")))
        wanted = {
            photo.id: Verdict(Flag.REJECT if n % 3 == 0 else Flag.PICK, 1 + n % 5)
            for n, photo in enumerate(photos)
        }
        store.verdicts.put(wanted, Provenance.BLIND)
    ends = [killed_after(library, 0.01 + 0.012 * attempt) for attempt in range(8)]
    assert -signal.SIGKILL in ends
    for path in folder.glob(".*.xmp.*"):  # what the killed ones left, some time later
        os.utime(path, (1, 1))
    with Store.open(library) as store:
        assert store.health()["integrity"] == "ok"
        for path in folder.glob("*.xmp"):
            said = sidecar.look(path).fields  # raises if it is half written
            assert said.pick_label in (None, 1, 3)
        for path, theirs in foreign.items():
            assert without_ours(path.read_bytes()) == theirs
        last = photos[-1].id
        wanted[last] = Verdict(Flag.PICK, 5)
        store.verdicts.put({last: wanted[last]}, Provenance.BLIND)
        for _ in jobs.write_sidecars(store, Naming.LIGHTROOM):
            pass
        assert not store.sidecars.behind(str(Naming.LIGHTROOM))
        for photo in store.photos.get(list(wanted)):
            assert photo.verdict == wanted[photo.id]
            verdict = fields.said(sidecar.look(photo.path.with_suffix(".xmp")).fields)
            assert verdict.flag is photo.verdict.flag
    for path, theirs in foreign.items():
        assert without_ours(path.read_bytes()) == theirs
    assert {path.suffix for path in folder.iterdir()} == {".jpg", ".xmp"}
