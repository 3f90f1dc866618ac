"""Long work as generators: each yields `Progress`, checks a stop flag, and returns a report.

The command line drives them with a progress line, the window from its one worker thread, tests
with a loop. Closing a generator, or killing the process, loses at most the batch in flight.
"""

from uniqa_desktop.jobs.demo import DemoReport, draw_demo
from uniqa_desktop.jobs.scan import ScanReport, scan
from uniqa_desktop.jobs.score import ScoreReport, score

__all__ = ["DemoReport", "ScanReport", "ScoreReport", "draw_demo", "scan", "score"]
