"""The search behind `rules.siting`: SCIP by way of OR-tools, begun from an answer that is known.

OR-tools is imported when something is searched for: a process that shows pages does without its
memory. Whole numbers and bounds are SCIP's, which counts in floating point: a constraint may be off
by a millionth.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence

from niangjia.places.rules.siting import Answer, Covering, in_order

#: Called with the seconds since it began and what is chosen so far; False: stop.
Watch = Callable[[float, Sequence[int]], bool]
LOOKS_EVERY_SECONDS = 0.5
#: Bounds come as floating point numbers.
ROUNDING, RELATIVE_ROUNDING = 1e-3, 1e-9


def solve(
    covering: Covering,
    count: int,
    *,
    seconds: float,
    watch: Watch = lambda elapsed, chosen: True,
    start: Sequence[int] = (),
) -> Answer:
    """The best `count` candidates that are found in `seconds`, with the bound that is proved.

    Begun from `start` where that is better than the greedy choice. `watch` is called now and then,
    in the caller's thread. Raises `RuntimeError` where OR-tools is built without SCIP.
    """
    everything = covering.worth_of(range(len(covering.reached)))
    first = max(
        in_order(covering, range(len(covering.reached)), count),
        in_order(covering, start, count),
        key=lambda answer: answer.worth,
    )
    if first.worth == everything:
        return Answer(first.chosen, first.gains, everything)
    return Search(covering, count, first, everything).run(seconds, watch)


class Search:
    """One covering as a model: a site is opened or not, a group of cells that the same sites reach
    is covered as far as one of them is; what is covered is worth as much as can be."""

    def __init__(self, covering: Covering, count: int, first: Answer, everything: int) -> None:
        from ortools.linear_solver import pywraplp

        self.covering, self.count, self.first, self.everything = covering, count, first, everything
        self.solver = pywraplp.Solver.CreateSolver("SCIP")
        if self.solver is None:
            raise RuntimeError("OR-tools was built without SCIP")
        self.sites = [self.solver.BoolVar("") for _ in covering.reached]
        self.solver.Add(self.solver.Sum(self.sites) <= count)
        hint = [0.0] * len(self.sites)
        for site in first.chosen:
            hint[site] = 1.0
        self.solver.SetHint(self.sites, hint)
        self.value()

    def value(self) -> None:
        """What is covered, and what that is worth."""
        objective = self.solver.Objective()
        for sites, cells in self.covering.groups().items():
            covered = self.solver.NumVar(0, 1, "")
            reached = self.solver.Constraint(0, self.solver.infinity())
            reached.SetCoefficient(covered, -1)
            for site in sites:
                reached.SetCoefficient(self.sites[site], 1)
            objective.SetCoefficient(covered, sum(self.covering.worth[cell] for cell in cells))
        objective.SetMaximization()

    def run(self, seconds: float, watch: Watch) -> Answer:
        """Search in a thread of its own, and look at how far it has come from here."""
        self.solver.SetTimeLimit(max(1, int(seconds * 1_000)))
        began, is_stopped = time.monotonic(), False
        thread = threading.Thread(target=self.search)
        thread.start()
        while thread.is_alive():
            thread.join(LOOKS_EVERY_SECONDS)
            if thread.is_alive() and not watch(time.monotonic() - began, self.first.chosen):
                is_stopped = True
                self.solver.InterruptSolve()
                thread.join()
        best = max(self.first, self.found(), key=lambda answer: answer.worth)
        return Answer(best.chosen, best.gains, self.proved(best.worth), is_stopped)

    def search(self) -> None:
        """Until it is proved to be the best, not only nearly."""
        from ortools.linear_solver import pywraplp

        exactly = pywraplp.MPSolverParameters()
        exactly.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)
        self.status = self.solver.Solve(exactly)

    def found(self) -> Answer:
        """What SCIP has chosen, if anything."""
        if self.status not in (self.solver.OPTIMAL, self.solver.FEASIBLE):
            return Answer()
        opened = [n for n, site in enumerate(self.sites) if site.solution_value() > 0.5]
        return in_order(self.covering, opened, self.count)

    def proved(self, worth: int) -> int:
        """What no choice exceeds: worth is a whole number, so a bound is rounded down."""
        said: float = self.solver.Objective().BestBound()
        if not math.isfinite(said):
            return self.everything
        exact: int = math.floor(said * (1 + RELATIVE_ROUNDING) + ROUNDING)
        return max(worth, min(self.everything, exact))
