"""Runs as scripts: what happens when, so that the state at any moment is a pure function of the clock.

Times are seconds since 1970, durations seconds.
"""
import itertools
from dataclasses import dataclass, field

ids = itertools.count(30433642, 7)


@dataclass
class Step:
    name: str
    seconds: float = 2.0
    conclusion: str = "success"


@dataclass
class Job:
    """One job of an attempt. `queued` is the time it waits for a runner once its needs are met; None: for ever."""
    name: str
    steps: list = field(default_factory=lambda: [Step("Set up job", 1), Step("Build", 4), Step("Complete job", 1)])
    labels: tuple = ("ubuntu-24.04",)
    queued: float = 2.0
    needs: tuple = ()
    log: bytes = None     # what the log endpoint gives once the job has ended; None: one line a step
    group: str = "GitHub Actions"
    id: int = field(default_factory=lambda: next(ids))
    attempt: int = 1


@dataclass
class StepState:
    number: int
    name: str
    status: str
    conclusion: str
    started: float
    completed: float


@dataclass
class JobState:
    job: Job
    status: str           # queued, in_progress, completed
    conclusion: str       # None while not completed
    created: float
    started: float        # None while it waits
    completed: float      # None while not completed
    steps: list
    changed: float        # when any of this last changed


def _plan(job, ready):
    """Start, [(step, begin, end, conclusion)] and end of a job whose needs are met at `ready`; None where it never starts."""
    if job.queued is None:
        return None, [], None
    begin = started = ready + job.queued
    steps, failed = [], False
    for step in job.steps:
        if failed and step.name != "Complete job":
            steps.append((step, begin, begin, "skipped"))
            continue
        steps.append((step, begin, begin + step.seconds, step.conclusion))
        begin += step.seconds
        failed = failed or step.conclusion == "failure"
    return started, steps, begin


def _step_states(planned, now, cancelled):
    states, changed = [], 0.0
    for number, (step, begin, end, conclusion) in enumerate(planned, 1):
        if cancelled is not None and end > cancelled:
            begun = begin < cancelled
            states.append(StepState(number, step.name, "completed", "cancelled" if begun else "skipped",
                                    min(begin, cancelled), cancelled))
        elif now >= end and now >= begin:
            states.append(StepState(number, step.name, "completed", conclusion, begin, end))
            changed = max(changed, end)
        elif now >= begin:
            states.append(StepState(number, step.name, "in_progress", None, begin, None))
            changed = max(changed, begin)
        else:
            states.append(StepState(number, step.name, "queued", None, None, None))
    return states, changed


def job_state(job, ready, now, cancelled=None, skipped=False):
    """The job at `now`. `cancelled`: when its attempt was; `skipped`: a job it needs did not succeed."""
    if skipped:
        return JobState(job, "completed", "skipped", ready, ready, ready, [], ready)
    started, planned, end = _plan(job, ready)
    if cancelled is not None and cancelled <= now and (end is None or end > cancelled):
        took = started is not None and started < cancelled
        steps, _ = _step_states(planned, now, cancelled) if took else ([], 0)
        return JobState(job, "completed", "cancelled", ready, started if took else cancelled, cancelled, steps, cancelled)
    if started is None or now < started:
        return JobState(job, "queued", None, ready, None, None, [], ready)
    steps, changed = _step_states(planned, now, None)
    if now < end:
        return JobState(job, "in_progress", None, ready, started, None, steps, max(started, changed))
    conclusion = "failure" if any(step.conclusion == "failure" for step, *_ in planned) else "success"
    return JobState(job, "completed", conclusion, ready, started, end, steps, end)


@dataclass
class Attempt:
    number: int
    created: float
    jobs: list
    cancelled: float = None

    def states(self, now):
        """The states of the jobs that are there at `now`, in their order: a job is created when its needs are met."""
        known = {}
        for job in self.jobs:
            needed = [known[name] for name in job.needs if name in known]
            if len(needed) < len([name for name in job.needs if any(other.name == name for other in self.jobs)]):
                continue
            if any(state.completed is None for state in needed):
                continue
            ready = max([self.created] + [state.completed for state in needed])
            bad = any(state.conclusion != "success" for state in needed)
            known[job.name] = job_state(job, ready, now, self.cancelled, bad)
        return list(known.values())


@dataclass
class Run:
    repository: str
    workflow: str                     # path, ".github/workflows/docker.yml"
    created: float
    jobs: list                        # those of the first attempt
    name: str = "images"
    event: str = "push"
    branch: str = "main"
    sha: str = "0" * 40
    title: str = "Build the images"
    actor: str = "octocat"
    number: int = 1
    inputs: dict = field(default_factory=dict)
    id: int = field(default_factory=lambda: next(ids))
    artifacts: list = field(default_factory=list)

    def __post_init__(self):
        self.attempts = [Attempt(1, self.created, list(self.jobs))]

    def latest(self):
        return self.attempts[-1]

    def job_states(self, now, attempt=None):
        """Of one attempt, or with None the newest execution of each job."""
        if attempt is not None:
            return self.attempts[attempt - 1].states(now)
        newest = {}
        for one in self.attempts:
            for state in one.states(now):
                newest[state.job.name] = state
        return list(newest.values())

    def state(self, now, attempt=None):
        """(status, conclusion, started, updated) of an attempt, of the newest one with None."""
        one = self.attempts[attempt - 1] if attempt else self.latest()
        jobs = one.states(now)
        changed = max([one.created] + [state.changed for state in jobs])
        complete = jobs and all(state.status == "completed" for state in jobs) and len(jobs) == len(one.jobs)
        if not complete:
            begun = any(state.status != "queued" for state in jobs)
            return ("in_progress" if begun else "queued"), None, one.created, changed
        conclusions = {state.conclusion for state in jobs}
        for conclusion in ("failure", "cancelled"):
            if conclusion in conclusions:
                return "completed", conclusion, one.created, changed
        return "completed", "success", one.created, changed

    def rerun(self, now, names=None):
        """A further attempt, of the named jobs only or of all."""
        number = len(self.attempts) + 1
        jobs = [Job(job.name, job.steps, job.labels, job.queued, job.needs, job.log, job.group, attempt=number)
                for job in self.jobs if names is None or job.name in names]
        self.attempts.append(Attempt(number, now, jobs))
