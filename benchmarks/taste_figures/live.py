"""A rating key while the taste learns behind it: how soon it is stored, and how soon seen.

Real keys go to a real window on a library with features of the bundled model, as in `keys`. Here
learning rests for a moment only after each rating, so that it runs all the time: the verdicts are
learned from, every photo gets a new score, and the list by taste looks what would move. Keys come
at moments of their own; one that comes while the window is busy waits, and that counts.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import keys
import kit
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from uniqa_desktop import mini_heads, paths, scorers, settings
from uniqa_desktop.gui import taste_work, theme
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Scores
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store

_STARS = tuple(Qt.Key(Qt.Key.Key_0 + stars) for stars in range(1, 6))
_REST_MS = 20
_AT_ONCE = 2000


def figures(photos: int, presses: int) -> Iterator[kit.Figure]:
    """Fills a library of so many photos, and presses so many keys in each order of the list."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = str(Path(place) / "home")
        root = Path(place) / "photos"
        keys.fill(root, photos)
        _encode(photos)
        yield kit.Figure("photos", photos)
        yield from _measure(root, presses)


def _encode(photos: int) -> None:
    """Scores and drawn features of the bundled model for every photo of the library."""
    settings.save(settings.Settings(model=scorers.BUNDLED, sidecars="lightroom"))
    key = scorers.load(scorers.BUNDLED, "cpu").features_key
    assert key is not None
    chance = np.random.default_rng(0)
    with Store.open(paths.library_file()) as store:
        ids = store.photos.ids(Query(model=keys.MODEL))
        for start in range(0, photos, _AT_ONCE):
            block = ids[start : start + _AT_ONCE]
            rows = chance.normal(0, 1, (len(block), mini_heads.WIDTH))
            numbers = chance.normal(50, 15, (len(block), 2)).clip(0, 100).tolist()
            store.scores.write_again(
                [
                    (id, Scores(scorers.BUNDLED, quality, quality / 100, appeal, appeal / 100))
                    for id, (quality, appeal) in zip(block, numbers, strict=True)
                ]
            )
            store.features.write(
                (id, key.weights, key.policy, row)
                for id, row in zip(block, rows.astype(np.float16), strict=True)
            )


def _measure(root: Path, presses: int) -> Iterator[kit.Figure]:
    taste_work.REST_MS, taste_work._SHARE = _REST_MS, 0
    app = QApplication([])
    theme.apply(app, "dark")
    with Store.open(paths.library_file()) as store:
        window = Window(store)
        window.resize(1366, 768)
        window.show()
        bench = keys.Bench(app, store, window)
        while window.desk is None:
            bench.rest(0.05)
        window.activateWindow()
        window.shoot.open(root, scorers.BUNDLED)
        window.browser.show_grid()
        bench.rest(2.0)
        try:
            yield from _orders(bench, presses)
        finally:
            bench.desk.work.worker.cancel()
            bench.desk.sidecars.writer.finish(60)
            window.close()


def _orders(bench: keys.Bench, presses: int) -> Iterator[kit.Figure]:
    desk = bench.desk
    ended: list[float] = []
    desk.taste.learning.learned.connect(lambda _report: ended.append(perf_counter()))
    painted = keys.Painted(bench.window.browser.grid.viewport())
    bench.type(Qt.Key.Key_Home)
    for stars in (_STARS[0], _STARS[4], _STARS[2], _STARS[3]):
        bench.judge(stars, painted)
        bench.type(Qt.Key.Key_Right)
    began = perf_counter()
    while not ended or desk.work.worker.busy:
        bench.rest(0.05)
        assert perf_counter() - began < 120, "nothing is learned"
    sort = desk.filter_bar.sort
    for name, order in (("by name", Sort.NAME), ("by taste", Sort.TASTE)):
        sort.setCurrentIndex(sort.findData(order.value))
        bench.window.browser.take_focus()
        bench.rest(1.0)
        before = len(ended)
        took = _series(bench, presses, painted)
        spans = np.diff(ended[before:]) if len(ended) - before > 1 else [float("nan")]
        yield kit.Figure(f"{name}: times learned meanwhile", len(ended) - before, least=2)
        yield kit.Figure(f"{name}: from one learning to the next", float(np.median(spans)), "s")
        yield from keys.figures(f"{name}, while the taste learns", took)


def _series(bench: keys.Bench, presses: int, painted: keys.Painted) -> list[keys.Took]:
    """Rates photo after photo at the pace of a fast user, learning under way."""
    chance = random.Random(0)
    learning = bench.desk.taste.learning
    took = []
    while len(took) < presses:
        if not bench.desk.work.worker.busy:
            learning.changed()
            while not bench.desk.work.worker.busy:
                bench.rest(0.01)
        bench.type(Qt.Key.Key_Right)
        due = perf_counter() + chance.uniform(0.1, 0.4)
        bench.rest(due - perf_counter())
        late = (perf_counter() - due) * 1000
        photo = bench.window.browser.current
        stars = 0 if photo is None else photo.verdict.stars
        key = chance.choice([each for number, each in enumerate(_STARS, 1) if number != stars])
        one = bench.judge(key, painted)
        took.append(one._replace(stored=one.stored + late, seen=one.seen + late))
    return took
