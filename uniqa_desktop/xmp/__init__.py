"""Sidecars: verdicts as XMP, as Lightroom, darktable and digiKam write and read them.

`packet` reads and changes the XML, `fields` says which property means what, `naming` where the
file lies, `sidecar` reads and replaces one file. What other programs put into a sidecar survives.
"""
