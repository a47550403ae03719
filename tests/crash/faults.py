"""Let each operation on files of a build fail or be its last, one after another.

    python tests/crash/faults.py [--scenario update] [--every 1] [--reads] [--show]

Needs a C compiler: ``faultfs.c`` stands between the build and libc, so what SQLite and FAISS write is counted
too. Tried for every operation: ENOSPC and EIO once, ENOSPC and EROFS from there on, SIGKILL before and
after it. After each: the old or the new generation answers, the library is whole, nothing is lost, the next
build completes and leaves no litter, and the error is ours and in Chinese. The scenario ``import`` is
``qa import`` over another library (``imports.py``).
"""

from __future__ import annotations

import argparse
import collections
import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHIM = "QA_FAULTFS"
OFF, FAIL_ONCE, FAIL_FROM, KILL_BEFORE, KILL_AFTER = range(5)
KINDS = {
    "ENOSPC once": (FAIL_ONCE, errno.ENOSPC),
    "EIO once": (FAIL_ONCE, errno.EIO),
    "ENOSPC from there on": (FAIL_FROM, errno.ENOSPC),
    "EROFS from there on": (FAIL_FROM, errno.EROFS),
    "SIGKILL before": (KILL_BEFORE, 0),
    "SIGKILL after": (KILL_AFTER, 0),
}


def compile_shim(folder: Path) -> Path | None:
    """Compile ``faultfs.c``; return the library, ``None`` where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "faultfs.so"
    source = Path(__file__).with_name("faultfs.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def preloaded(arguments: list[str], library: Path) -> dict[str, str]:
    """Return the environment in which a program sees the failing file system."""
    return {**os.environ, SHIM: str(library), "LD_PRELOAD": str(library), "OMP_NUM_THREADS": "1"}


def main() -> int:
    """Try all, print a summary; return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--scenario", choices=("first", "update", "model", "damaged", "import"), action="append"
    )
    parser.add_argument("--kind", choices=tuple(KINDS), action="append")
    parser.add_argument("--every", type=int, default=1, help="try every n-th operation only")
    parser.add_argument("--start", type=int, default=1, help="the first operation to try")
    parser.add_argument("--reads", action="store_true", help="let reads fail as well")
    parser.add_argument("--show", action="store_true", help="print each trial")
    args = parser.parse_args()
    if SHIM not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            library = compile_shim(Path(folder))
            if library is None:
                print("没有 C 编译器，或不是 Linux，无法注入故障", file=sys.stderr)
                return 2
            command = [sys.executable, __file__, *sys.argv[1:]]
            return subprocess.run(command, env=preloaded(command, library), check=False).returncode
    return _main(args)


def _main(args: argparse.Namespace) -> int:
    import imports  # only now: the shim is in place
    import scenario as sc

    shim = ctypes.CDLL(os.environ[SHIM])
    shim.faultfs_calls.restype = ctypes.c_long
    bad = trials = 0
    with tempfile.TemporaryDirectory(prefix="qa-faults-", dir=sc.quick_disk()) as place:
        report = os.open(Path(place) / "operation", os.O_RDWR | os.O_CREAT)

        def arming(root: Path, how: int, at: int, number: int) -> Callable[[], None]:
            def arm() -> None:
                shim.faultfs_arm(
                    os.fsencode(acts.watched(root)), how, ctypes.c_long(at), number, int(args.reads), report
                )

            return arm

        prepared = Path(place) / "prepared"
        for scenario in (*sc.prepare(prepared), *imports.prepare(prepared)):
            if args.scenario and scenario.name not in args.scenario:
                continue
            acts = imports if scenario.name == "import" else sc
            root = Path(place) / "trial"
            total = _count(acts, scenario, root, shim, args.reads)
            shutil.rmtree(root)
            print(f"{scenario.name}: {total} operations on files", flush=True)
            for kind, (how, number) in KINDS.items():
                if args.kind and kind not in args.kind:
                    continue
                ends: collections.Counter[str] = collections.Counter()
                for at in range(args.start, total + 1, args.every):
                    os.ftruncate(report, 0)
                    outcome = acts.attempt(scenario, root, arming(root, how, at, number), None)
                    operation = os.pread(report, 5000, 0).decode().strip()
                    os.lseek(report, 0, os.SEEK_SET)
                    problems = [] if sc.killed(outcome) or sc.told_in_chinese(outcome) else [str(outcome)]
                    problems += acts.examine(scenario, root)
                    shutil.rmtree(root)
                    trials += 1
                    end = "killed" if sc.killed(outcome) else str(outcome["value"]).split(":")[0]
                    ends[end] += 1
                    if problems:
                        bad += 1
                        print(f"  BAD {kind} at {at} ({operation}): {outcome['value']}")
                        for problem in problems:
                            print(f"    {problem}")
                    elif args.show:
                        print(f"  {kind} at {at} ({operation}): {outcome['value']}")
                print(
                    f"  {kind:22} " + ", ".join(f"{end} {n}" for end, n in sorted(ends.items())), flush=True
                )
        os.close(report)
    print(f"{trials} faults, {bad} bad outcomes")
    return 1 if bad or not trials else 0


def _count(acts: Any, scenario: Any, root: Path, shim: ctypes.CDLL, reads: bool) -> int:
    def build() -> int:
        shim.faultfs_arm(os.fsencode(acts.watched(root)), FAIL_ONCE, ctypes.c_long(0), 0, int(reads), -1)
        acts.act(scenario, root)
        return int(shim.faultfs_calls())

    import scenario as sc

    shutil.copytree(scenario.folder, root)
    outcome = sc._in_child(build)
    if not isinstance(outcome["value"], int):
        raise SystemExit(str(outcome["value"]))
    return outcome["value"]


if __name__ == "__main__":
    sys.exit(main())
