#!/usr/bin/python3
"""Every scenario on the oldest supported engine (Docker 26.1, buildx 0.13)."""
import lab
from scenarios import Scenarios


class Trixie(Scenarios):
    suite = "trixie"


del Scenarios  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
