"""The stand-in's idea of now, which a test may move."""
import datetime
import threading
import time


class Clock:
    """Seconds since 1970. Runs like the machine's clock until it is frozen; `advance` moves it either way."""

    def __init__(self):
        self._lock = threading.Lock()
        self._offset = 0.0
        self._frozen = None

    def now(self):
        with self._lock:
            return self._frozen if self._frozen is not None else time.time() + self._offset

    def freeze(self, at=None):
        """Stops it, at this moment or at the given one."""
        moment = self.now() if at is None else float(at)
        with self._lock:
            self._frozen = moment

    def run(self):
        """Lets it run on from where it stands."""
        with self._lock:
            if self._frozen is not None:
                self._offset = self._frozen - time.time()
                self._frozen = None

    def advance(self, seconds):
        with self._lock:
            if self._frozen is not None:
                self._frozen += seconds
            else:
                self._offset += seconds


def stamp(moment):
    """GitHub's usual form, whole seconds: 2026-01-22T19:33:08Z; None stays None."""
    if moment is None:
        return None
    return datetime.datetime.fromtimestamp(int(moment), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
