"""The training toolkit: how models like the bundled one are made, tuned and judged.

Every step is a generator of `photo.Progress` that returns its figures, leaves a run folder (see
`run`) and goes on where it stopped. Nothing here is imported while photos are scored.
"""
