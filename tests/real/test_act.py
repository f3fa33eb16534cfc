#!/usr/bin/python3
"""Run, cancel, keep going, retry, prune: on the newest and the oldest engine, each by its own buildx."""
import lab
from acts import Acts


class ActForky(Acts):
    suite = "forky"


class ActTrixie(Acts):
    suite = "trixie"


del Acts  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
