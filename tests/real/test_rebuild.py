#!/usr/bin/python3
"""Builds of every kind, again from their records: on the newest and the oldest engine, each by its own buildx."""
import lab
from kinds import Rebuilds


class RebuildForky(Rebuilds):
    suite = "forky"


class RebuildTrixie(Rebuilds):
    suite = "trixie"


del Rebuilds  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
