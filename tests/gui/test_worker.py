from __future__ import annotations

import threading
from pathlib import Path

import pytest
from drawing import draw_folder

from uniqa_desktop import keeping, scorers
from uniqa_desktop.gui.questions import Question
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


def standing(folder: Path, model: str = MODEL) -> Question:
    return Question("standing", model, folders=(folder,))


def test_a_question_is_answered_between_two_steps_of_a_job(qtbot, worker, folder) -> None:
    answered, finished = heard(worker.answered), heard(worker.finished)
    worker.pause(True)
    worker.submit(*orders(folder))
    worker.ask(standing(folder))
    qtbot.waitUntil(lambda: len(answered) == 1, timeout=20_000)
    assert finished == [], "the job is held after its first step, the question is not"
    worker.pause(False)
    qtbot.waitUntil(lambda: len(finished) == 2, timeout=20_000)
    worker.ask(standing(folder))
    qtbot.waitUntil(lambda: len(answered) == 2, timeout=20_000)
    assert len(answered[1][1].quality) == 30


def test_a_newer_question_takes_the_place_of_an_older_one(qtbot, worker, folder) -> None:
    answered, finished = heard(worker.answered), heard(worker.finished)
    for number in range(20):
        worker.ask(Question("standing", str(number), folders=(folder,)))
    worker.submit(Order("scan", (folder,)))
    qtbot.waitUntil(lambda: len(finished) == 1, timeout=20_000)
    asked = [int(question.model) for question, _ in answered]
    assert asked[-1] == 19
    assert len(asked) < 20


def test_a_question_without_an_answer_is_one_sentence(qtbot, worker, folder) -> None:
    refused, broke = heard(worker.refused), heard(worker.broke)
    worker.ask(Question("heat", MODEL, path=folder / "gone.jpg"))
    qtbot.waitUntil(lambda: len(refused) == 1, timeout=20_000)
    assert "is gone" in str(refused[0][1])
    worker.ask(Question("no-such-kind", MODEL))
    qtbot.waitUntil(lambda: len(broke) == 1, timeout=20_000)
    assert "KeyError" in str(broke[0][1])
    answered = heard(worker.answered)
    worker.ask(standing(folder))
    qtbot.waitUntil(lambda: len(answered) == 1, timeout=20_000)


def test_an_idle_worker_lets_go_of_its_model(qtbot, worker, folder, monkeypatch) -> None:
    closed: list[str] = []
    monkeypatch.setattr(scorers.MeasuredScorer, "close", lambda self: closed.append(self.model))
    monkeypatch.setattr(keeping, "RELEASE_AFTER", 0.05)
    monkeypatch.setattr(keeping, "DROP_AFTER", 0.1)
    answered = heard(worker.answered)
    worker.ask(Question("heat", MODEL, path=folder / "IMG_0001.jpg"))
    qtbot.waitUntil(lambda: len(answered) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: closed == [MODEL, MODEL], timeout=20_000)  # the card, then all of it
