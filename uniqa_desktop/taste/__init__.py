"""Taste: a person's own score, learned from a handful of verdicts on stored features alone.

`evidence` says what verdicts tell, `space` where photos stand, `posterior` learns, `honesty` says
how well, `choosing` takes the better of two methods, `why` explains a score, `suggesting` what to
rate next, `audit` checks verdicts given blind, `adapting` is UniQA's adapter as the other method,
and `files` carries a taste to other machines.
"""
