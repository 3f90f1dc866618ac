"""Getting torch and open_clip imported: late, quietly, and with a torchvision of another build.

open_clip imports torchvision, whose compiled part must come from the same index as torch. With
torch's CPU build and torchvision from the default index it cannot load, and torchvision then fails
on import because two operators, `nms` and `qnms`, are not defined (pytorch/vision #9085). CLIP uses
neither, so their bare schemas are defined here first. They stay unusable; nothing calls them.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

_SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)

_lock = threading.Lock()
_kept: list[Any] = []
"""The library object has to live as long as its definitions."""


@cache
def open_clip() -> ModuleType:
    """The open_clip module, imported without touching the network.

    Takes 2–4 seconds the first time (torch included), so call it from a worker thread. Other
    threads keep running meanwhile.

    Raises:
        ImportError: torch, torchvision or open_clip is not installed.
    """
    with _lock:
        if "open_clip" in sys.modules:
            return sys.modules["open_clip"]
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        with _no_collections():
            _load_library_unlocked()
            _define_missing_operators()
            return importlib.import_module("open_clip")


@cache
def torch() -> ModuleType:
    """The torch module alone, for models of our own: quicker than `open_clip`, and half the memory.

    Raises:
        ImportError: torch is not installed.
    """
    with _lock:
        if "torch" not in sys.modules:
            with _no_collections():
                _load_library_unlocked()
                importlib.import_module("torch")
        return sys.modules["torch"]


@contextlib.contextmanager
def _no_collections() -> Iterator[None]:
    """Puts off garbage collection: hundreds of thousands of objects are made, and all stay.

    A full collection among them stops every thread for 0.1–0.3 s (measured). Afterwards they are
    set aside, so that later collections do not walk through them either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _load_library_unlocked() -> None:
    """Loads torch's largest library before Python does, without holding Python's lock.

    `import torch` loads 400 MB of library inside one import, with the lock held: every other
    thread, the window's among them, stands still for it (measured: 0.3–0.8 s). Called as a foreign
    function, the system's own loader runs without the lock, and the import finds it done. Where
    this does not work nothing is lost but that.
    """
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent / "lib"
    if sys.platform == "win32":
        os.add_dll_directory(str(folder))
        load = ctypes.WinDLL("kernel32").LoadLibraryW
        load.argtypes, load.restype = [ctypes.c_wchar_p], ctypes.c_void_p
        load(str(folder / "torch_cpu.dll"))
        return
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
    suffix = "dylib" if sys.platform == "darwin" else "so"
    load(os.fsencode(folder / f"libtorch_cpu.{suffix}"), os.RTLD_LAZY | os.RTLD_LOCAL)


def _define_missing_operators() -> None:
    """Loads torchvision's compiled operators, or defines their schemas where that fails."""
    import torch

    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        return  # open_clip's own ImportError says what is missing
    for library in Path(spec.origin).parent.glob("_C.*"):
        try:
            torch.ops.load_library(str(library))
        except (OSError, ImportError):
            continue
        return
    definitions = torch.library.Library("torchvision", "DEF")
    for schema in _SCHEMAS:
        definitions.define(schema)
    _kept.append(definitions)
