"""Taking photos out: copies and moves that survive any interruption, the trash, lists, a report.

`plan` decides what goes where, `journal` remembers it on the drive, `transfer` does it file by
file; `trash`, `lists` and `report` are for rejects, tables and web pages.
"""
