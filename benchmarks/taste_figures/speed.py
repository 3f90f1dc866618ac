"""How long learning, scoring and suggesting take, on drawn features of the usual size."""

from __future__ import annotations

import kit
import numpy as np

from uniqa_desktop import likeness
from uniqa_desktop.taste import adapting, posterior, suggesting
from uniqa_desktop.taste.observations import Evidence, to_percent
from uniqa_desktop.taste.space import SAMPLE, Space
from uniqa_desktop.uniqa import Readout

_RATED, _CROPS, _WIDTH, _LIBRARY = 50, 5, 512, 100_000


def figures() -> list[kit.Figure]:
    """Seconds, with the bounds that were asked for on 2 cores."""
    random = np.random.default_rng(0)
    crops = random.normal(0, 1, (_RATED, _CROPS, _WIDTH)).astype(np.float16)
    sample = likeness.photo_vectors(random.normal(0, 1, (SAMPLE, 1, _WIDTH)).astype(np.float32))
    cues, generic = random.normal(50, 15, (SAMPLE, 8)), random.normal(50, 15, SAMPLE)
    values = random.integers(0, 5, _RATED) / 4

    def learn() -> tuple[Space, posterior.Posterior]:
        space = Space.of(sample, cues, generic)
        directions = likeness.photo_vectors(crops)
        seen = space.place(directions, cues[:_RATED], generic[:_RATED])
        return space, posterior.fit(seen, Evidence.of(values)).posterior

    space, learned = learn()
    some = [random.normal(0, 1, (_LIBRARY // 10, _WIDTH)).astype(np.float32) for _ in range(10)]
    many = np.concatenate([likeness.photo_vectors(part[:, None]) for part in some])
    library = space.place(
        many, random.normal(50, 15, (_LIBRARY, 8)), random.normal(50, 15, _LIBRARY)
    )
    texts = random.normal(0, 1, (5, _WIDTH)).astype(np.float32)
    readout = Readout(texts, texts, np.zeros((10, _WIDTH), np.float32), 100.0)
    return [
        kit.Figure("fit, 50 ratings × 5 crops × 512", kit.seconds(learn, 3), "s", most=0.5),
        kit.Figure(
            "UniQA's adapter, the same",
            kit.seconds(lambda: adapting.train(crops, Evidence.of(values), readout), 3),
            "s",
            most=3.0,
        ),
        kit.Figure(
            "100,000 photos in a new order",
            kit.seconds(lambda: np.argsort(-to_percent(learned.ratings(library))), 5),
            "s",
            most=0.3,
        ),
        kit.Figure(
            "the next 20 out of 100,000",
            kit.seconds(lambda: suggesting.photos(learned, library, 20), 3),
            "s",
            most=1.0,
        ),
    ]
