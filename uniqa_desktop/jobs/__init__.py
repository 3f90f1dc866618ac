"""Long work as generators: each yields `Progress`, checks a stop flag, and returns a report.

The command line drives them with a progress line, the window from its one worker thread, tests
with a loop. Closing a generator, or killing the process, loses at most the batch in flight.
"""

from uniqa_desktop.jobs.best import BestReport, Proposal, find_best, proposals, undecided_frames
from uniqa_desktop.jobs.bursts import BurstsReport, bursts, gather
from uniqa_desktop.jobs.demo import DemoReport, draw_demo
from uniqa_desktop.jobs.export import ExportReport, export
from uniqa_desktop.jobs.models import expected_hash, fetch_model, forget_fetched, install_model
from uniqa_desktop.jobs.outside import (
    Outside,
    OutsideReport,
    SettledReport,
    find_outside,
    settle_outside,
)
from uniqa_desktop.jobs.scan import ScanReport, scan
from uniqa_desktop.jobs.score import ScoreReport, score
from uniqa_desktop.jobs.sidecars import Choice, SidecarReport, read_sidecars, write_sidecars
from uniqa_desktop.jobs.trash import TrashReport, empty_rejects, plan_trash

__all__ = [
    "BestReport",
    "BurstsReport",
    "Choice",
    "DemoReport",
    "ExportReport",
    "Outside",
    "OutsideReport",
    "Proposal",
    "ScanReport",
    "ScoreReport",
    "SettledReport",
    "SidecarReport",
    "TrashReport",
    "bursts",
    "draw_demo",
    "empty_rejects",
    "expected_hash",
    "export",
    "fetch_model",
    "find_best",
    "find_outside",
    "forget_fetched",
    "gather",
    "install_model",
    "plan_trash",
    "proposals",
    "read_sidecars",
    "scan",
    "score",
    "settle_outside",
    "undecided_frames",
    "write_sidecars",
]
