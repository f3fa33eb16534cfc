#!/usr/bin/python3
"""Rebuild, run, cancel, keep going, retry, prune: on the newest and the oldest engine, each by its own buildx."""
import lab
from acts import Acts


class ActForky(Acts):
    suite = "forky"


class ActTrixie(Acts):
    suite = "trixie"
    # 26.1 does not always write the end of a build whose client was interrupted (seen once: no counters
    # within 20 s). Interrupting a client there is in real_trixie, with somebody listening.
    test_cancel = None


del Acts  # or unittest would run it, too

if __name__ == "__main__":
    lab.run_main()
