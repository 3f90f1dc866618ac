"""Which photos belong together: bursts, brackets, focus stacks, panoramas, duplicates.

`group` is the vocabulary, `frame` what grouping knows of one photo, `evidence` what it says of two.
"""
