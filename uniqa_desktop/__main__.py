"""`python -m uniqa_desktop`: the command line."""

from uniqa_desktop.cli import main

main()
