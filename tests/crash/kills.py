"""Kill builds at random instants and look at what they leave behind.

    python tests/crash/kills.py [--kills 200] [--seed 1]

The instants are drawn evenly over the length of a run, which is measured first, for each of four scenarios
in turn: the first index, an update with pages added, changed, moved and removed, another model, a damaged
library. Kills at each single operation on a file are ``faults.py``'s part. After each kill: the old or the
new generation answers, the library is whole, nothing is lost, the next build completes and leaves no litter.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import scenario as sc

_MEASURED = 5


def main() -> int:
    """Kill, print a summary; return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    kills: collections.Counter[str] = collections.Counter()
    ends: collections.Counter[str] = collections.Counter()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="qa-kills-", dir=sc.quick_disk()) as place:
        scenarios = sc.prepare(Path(place) / "prepared")
        root = Path(place) / "trial"
        lengths = {s.name: _length(s, root) for s in scenarios}
        trial = 0
        while kills.total() < args.kills:
            scenario = scenarios[trial % len(scenarios)]
            trial += 1
            at = chance.uniform(0, lengths[scenario.name])
            outcome = sc.attempt(scenario, root, lambda: None, at)
            if not sc.killed(outcome):  # it was quicker than the run that was measured
                ends["ended before the kill"] += 1
            else:
                kills[scenario.name] += 1
            served = sc.left_behind(scenario, root)
            ends[served] += sc.killed(outcome)
            problems = sc.examine(scenario, root)
            shutil.rmtree(root)
            if problems:
                bad += 1
                print(f"BAD {scenario.name}, killed after {at * 1000:.1f} ms")
                for problem in problems:
                    print(f"  {problem}")
    for scenario in scenarios:
        length = lengths[scenario.name] * 1000
        print(f"{scenario.name:8} a run takes {length:.0f} ms, killed {kills[scenario.name]} times")
    print("afterwards " + ", ".join(f"{end}: {count}" for end, count in sorted(ends.items())))
    print(f"{kills.total()} kills, {bad} bad outcomes")
    return 1 if bad else 0


def _length(scenario: sc.Scenario, root: Path) -> float:
    """Return how long a build of a scenario takes, in seconds."""
    spent = []
    for _ in range(_MEASURED):
        outcome = sc.attempt(scenario, root, lambda: None, None)
        shutil.rmtree(root)
        if outcome["value"] != "built":
            raise SystemExit(str(outcome["value"]))
        spent.append(outcome["seconds"])
    return statistics.median(spent)


if __name__ == "__main__":
    sys.exit(main())
