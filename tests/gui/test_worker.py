from __future__ import annotations

import threading
from pathlib import Path

import pytest
from drawing import draw_folder

from uniqa_desktop.gui.worker import Order, Worker
from uniqa_desktop.store import Store

MODEL = "attributes-1"


@pytest.fixture
def worker(qtbot, tmp_path: Path):
    made = Worker(tmp_path / "library.db")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 30)
    return folder


def orders(folder: Path) -> tuple[Order, Order]:
    return Order("scan", (folder,)), Order("score", (folder,), model=MODEL)


def test_orders_run_in_turn_and_report_in_the_gui_thread(qtbot, worker, folder) -> None:
    seen: list[tuple[str, threading.Thread]] = []
    worker.progressed.connect(lambda step: seen.append((step.job, threading.current_thread())))
    ended: list[str] = []
    worker.finished.connect(lambda order, report: ended.append(order.job))
    worker.submit(*orders(folder))
    qtbot.waitUntil(lambda: ended == ["scan", "score"], timeout=20_000)
    assert not worker.busy
    assert {thread for _, thread in seen} == {threading.main_thread()}
    jobs = [job for job, _ in seen]
    assert jobs == sorted(jobs), "scan comes before score"


def test_cancel_ends_the_running_job_and_drops_the_waiting_ones(qtbot, worker, folder) -> None:
    worker.pause(True)
    started: list[str] = []
    worker.started.connect(lambda order: started.append(order.job))
    worker.submit(*orders(folder))
    qtbot.waitUntil(lambda: started == ["scan"], timeout=20_000)
    worker.cancel()
    qtbot.waitUntil(lambda: not worker.busy, timeout=20_000)
    assert started == ["scan"]
    assert not worker.paused


def test_pause_holds_between_two_steps(qtbot, worker, folder) -> None:
    ended: list[str] = []
    worker.finished.connect(lambda order, report: ended.append(order.job))
    worker.pause(True)
    worker.submit(*orders(folder))
    qtbot.wait(300)
    assert ended == []
    worker.pause(False)
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=20_000)


def heard(signal) -> list[tuple[object, ...]]:
    """What a signal says from now on. Not `waitSignal`: it lets go of its slot while the thread may
    still be sending, which PySide 6.11 does not survive."""
    said: list[tuple[object, ...]] = []
    signal.connect(lambda *arguments: said.append(arguments))
    return said


def test_a_known_error_is_one_sentence(qtbot, worker, folder) -> None:
    failed, finished = heard(worker.failed), heard(worker.finished)
    worker.submit(Order("score", (folder,), model="no-such-model"), Order("scan", (folder,)))
    qtbot.waitUntil(lambda: len(finished) == 1, timeout=20_000)
    ((order, sentence),) = failed
    assert isinstance(order, Order)
    assert order.job == "score"
    assert "no-such-model" in str(sentence)


def test_a_bug_arrives_as_a_traceback_and_the_thread_lives_on(qtbot, worker, folder) -> None:
    broke, finished = heard(worker.broke), heard(worker.finished)
    worker.submit(Order("no-such-job"), Order("scan", (folder,)))
    qtbot.waitUntil(lambda: len(finished) == 1, timeout=20_000)
    assert "KeyError" in str(broke[0][1])


def test_stop_keeps_what_was_scored(qtbot, tmp_path: Path, folder: Path) -> None:
    worker = Worker(tmp_path / "library.db")
    worker.start()
    finished = heard(worker.finished)
    worker.submit(*orders(folder))
    qtbot.waitUntil(lambda: len(finished) >= 1, timeout=20_000)
    worker.stop()
    with Store.open(tmp_path / "library.db") as store:
        assert store.photos.total((folder,)) == 30
        assert store.health()["integrity"] == "ok"
