"""Mutants of the pure rules: do the tests notice small faults in them?

Draws mutants with a seed, runs for each the tests that reach it, names the survivors. At least 85 % must be killed.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field

from mutation.coverage_map import measure_coverage
from mutation.mutants import Mutant, all_mutants
from mutation.trials import KILLED, NOT_REACHED, SURVIVED, TIMED_OUT, preload, run_control, run_trials
from paths import ROOT

SEED = 20261128
COUNT = 600
LEAST_PERCENT = 85.0
MOST_MINUTES = 60.0
PROCESSES = 2


@dataclass
class MutationResult:
    """What became of the mutants of a sample."""

    outcomes: dict[Mutant, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.outcomes.values())

    @property
    def percent(self) -> float:
        """The killed of the mutants that ran, in percent."""
        killed = self.counts[KILLED] + self.counts[TIMED_OUT]
        return 100 * killed / max(len(self.outcomes), 1)

    def survivors(self) -> list[tuple[Mutant, str]]:
        alive = (SURVIVED, NOT_REACHED)
        return sorted((mutant, outcome) for mutant, outcome in self.outcomes.items() if outcome in alive)


def parse_arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/drill mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the sample (default {SEED})")
    parser.add_argument("--count", type=int, default=COUNT, help=f"size of the sample, 0 for all (default {COUNT})")
    parser.add_argument("--only", default="", help="only files whose path contains this")
    parser.add_argument("--tests", nargs="*", default=[], help="only these files or folders of tests")
    parser.add_argument("--least", type=float, default=LEAST_PERCENT, help="percent that must be killed")
    parser.add_argument("--minutes", type=float, default=MOST_MINUTES, help="no mutant starts later than this")
    return parser.parse_args(words)


def sample(seed: int, count: int, only: str) -> tuple[list[Mutant], int]:
    """The drawn mutants and how many there are in all."""
    mutants = list(all_mutants(only))
    chosen = random.Random(seed).sample(mutants, min(count or len(mutants), len(mutants)))
    return chosen, len(mutants)


def run_sample(mutants: list[Mutant], tests: list[str], minutes: float) -> MutationResult:
    """Runs the mutants; those that found no time are missing in the result."""
    until = time.monotonic() + 60 * minutes
    coverage = measure_coverage(tests)
    work = [(mutant, coverage.tests_of(mutant)) for mutant in mutants]
    everything = set().union(*(chosen for _, chosen in work))
    say(f"{len(everything)} tests reach them")
    seconds: dict[str, float] = {}
    if everything:
        control = run_control(everything)
        preload(control.modules)
        seconds = control.seconds
    result = MutationResult()
    for mutant, outcome in run_trials(work, seconds, PROCESSES, until):
        result.outcomes[mutant] = outcome
        if len(result.outcomes) % 50 == 0:
            say(f"{len(result.outcomes)} of {len(mutants)}, {result.percent:.1f} % killed")
    return result


def say(text: str) -> None:
    print(text, flush=True)


def print_result(result: MutationResult, seed: int, wanted: int) -> None:
    for mutant, outcome in result.survivors():
        say(f"\n{mutant.path}:{mutant.line}: {mutant.kind}, {outcome}\n{mutant.diff()}")
    by_file = Counter(mutant.path for mutant in result.outcomes)
    alive = Counter(mutant.path for mutant, _ in result.survivors())
    say("")
    for path, count in sorted(by_file.items()):
        say(f"{count - alive[path]:>4} of {count:<4} {path}")
    kinds = ", ".join(f"{number} {outcome}" for outcome, number in result.counts.most_common())
    say(f"\nseed {seed}: {len(result.outcomes)} of {wanted} mutants run, {result.percent:.1f} % killed ({kinds})")


def main(words: list[str]) -> int:
    options = parse_arguments(words)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    begun = time.monotonic()
    mutants, total = sample(options.seed, options.count, options.only)
    say(f"{len(mutants)} of {total} mutants, seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="sovang-mutation-") as folder:
        os.environ.update(DATA_DIR=folder, DATABASE_URL="", REDIS_URL="")
        result = run_sample(mutants, options.tests, options.minutes)
    print_result(result, options.seed, len(mutants))
    say(f"{(time.monotonic() - begun) / 60:.1f} minutes")
    complete = len(result.outcomes) == len(mutants)
    return 0 if complete and result.percent >= options.least else 1
