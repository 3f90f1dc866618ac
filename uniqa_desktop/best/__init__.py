"""Which frame of a burst is the best, by how much, and why.

`aligning` lays frames over each other, `tiles` measures each on the same places, `faces` adds eyes
where a detector is installed, `comparing` makes readings of cues and their errors of it, `choosing`
weighs them and says which frame is ahead, or that it cannot tell; `reasons` puts that into words.
`cues` is the table of what counts how much, `evidence` the values that travel between them.
"""
