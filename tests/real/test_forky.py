#!/usr/bin/python3
"""Every scenario on the newest engine Debian has."""
import lab
from scenarios import Scenarios


class Forky(Scenarios):
    suite = "forky"


del Scenarios  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
