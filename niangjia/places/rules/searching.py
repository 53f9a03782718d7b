"""The search behind `rules.siting`, by OR-tools' CP-SAT, begun from an answer that is known.

OR-tools is imported when something is searched for: that takes most of a second, and a hundred
megabytes that a process that shows pages does without.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from niangjia.places.rules.siting import Answer, Covering, in_order

#: Called with the seconds since it began and what is chosen so far; False: stop.
Watch = Callable[[float, Sequence[int]], bool]
LOOKS_EVERY_SECONDS = 0.5
WORKERS = 2


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
    in the caller's thread.
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
    is covered or not; the covered ones are worth as much as can be."""

    def __init__(self, covering: Covering, count: int, first: Answer, everything: int) -> None:
        from ortools.sat.python import cp_model

        self.covering, self.count, self.best, self.bound = covering, count, first, everything
        self.model = cp_model.CpModel()
        self.sites = [self.model.new_bool_var("") for _ in covering.reached]
        self.model.add(sum(self.sites) <= count)
        total: Any = 0
        opened, seen = set(first.chosen), covering.cells_of(first.chosen)
        for sites, cells in covering.groups().items():
            covered = self.model.new_bool_var("")
            self.model.add(sum(self.sites[site] for site in sites) >= covered)
            total += covered * sum(covering.worth[cell] for cell in cells)
            self.model.add_hint(covered, cells[0] in seen)
        for number, site in enumerate(self.sites):
            self.model.add_hint(site, number in opened)
        self.model.maximize(total)
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = WORKERS

    def run(self, seconds: float, watch: Watch) -> Answer:
        """Search in a thread of its own, and look at how far it has come from here."""
        self.solver.parameters.max_time_in_seconds = seconds
        began, is_stopped = time.monotonic(), False
        thread = threading.Thread(target=self.solver.solve, args=(self.model, noting(self)))
        thread.start()
        while thread.is_alive():
            thread.join(LOOKS_EVERY_SECONDS)
            if thread.is_alive() and not watch(time.monotonic() - began, self.best.chosen):
                is_stopped = True
                self.solver.stop_search()
                thread.join()
        return Answer(self.best.chosen, self.best.gains, self.proved(), is_stopped)

    def note(self, chosen: Sequence[int]) -> None:
        """A better choice was found."""
        found = in_order(self.covering, chosen, self.count)
        if found.worth > self.best.worth:
            self.best = found

    def proved(self) -> int:
        """What no choice exceeds: worth is a whole number, so a bound is rounded down."""
        said = self.solver.best_objective_bound
        return max(self.best.worth, min(self.bound, math.floor(said + 1e-6)))


def noting(search: Search) -> Any:
    """Tells `search` of each better choice, called by the solver's own threads."""
    from ortools.sat.python import cp_model

    class Noting(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            opened = (n for n, site in enumerate(search.sites) if self.boolean_value(site))
            search.note(list(opened))

    return Noting()
