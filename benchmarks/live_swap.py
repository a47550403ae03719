"""Ask without pause while generations come and go: what fails, what mixes, what it costs.

    python -m benchmarks.live_swap [--data data] [--clients 16] [--generations 20] [--quiet 20]

Starts ``qa serve`` over a private copy of ``seeds`` with the default model, lets clients ask it over HTTP,
and asks for a rebuild again and again, each with a page that says another number. Prints failed requests,
answers whose citations are of two generations, latencies without and with a build under way, and the memory
of the server after each generation. Quiet periods and builds take turns, so that whatever else the machine
does meanwhile slows both alike; the swap that follows a build counts as part of it.
"""

from __future__ import annotations

import argparse
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.serving import Server, serving

Ask = Callable[[str], dict[str, Any]]
QUESTIONS = (
    "防汛转移群众多少人?",
    "防汛安置点安置群众多少人?",
    "防汛转移群众多少人?防汛安置点安置群众多少人?",
    "有哪几篇关于防汛的报道?",
    "二七经开区有多少家高新技术企业?",
)
PAGE = "live.txt"
_VERSION = re.compile(r"第(\d+)版")
_SECONDS = 120


@dataclass(slots=True)
class Observed:
    """What clients saw."""

    asked: int = 0
    failed: list[str] = field(default_factory=list)
    versions: dict[int, set[int]] = field(default_factory=dict)
    """The versions that answers of each generation quoted."""
    mixed: list[str] = field(default_factory=list)
    quiet_s: list[float] = field(default_factory=list)
    busy_s: list[float] = field(default_factory=list)


def version_text(version: int) -> str:
    """Return a page of two articles that both say which version they are of."""
    opening = f"本报讯 12月1日,防汛第{version}版通报:"
    return (
        f"## 二七区防汛转移通报\n\n{opening}全区防汛转移群众{1000 + version}人。\n\n"
        f"## 二七区防汛安置通报\n\n{opening}防汛安置点安置群众{3000 + version}人。\n"
    )


def write_version(page: Path, version: int) -> None:
    """Put a version in the place of the one before, at once."""
    unfinished = page.with_name(f".{page.name}")
    unfinished.write_text(version_text(version), encoding="utf-8")
    unfinished.replace(page)


def observe(
    ask: Ask, publish: Callable[[int], int], *, clients: int, generations: int, quiet_s: float
) -> Observed:
    """Let clients ask while one version after the other is published.

    Args:
        ask: returns an answer as the API's JSON; raises where the request fails.
        publish: makes a version the one that serves and waits until it does; returns its generation.
        clients: threads that ask without pause.
        generations: how many versions.
        quiet_s: seconds to ask before each build; requests that a build begins or ends in count for neither,
            so this must be long beside a request, or only quick ones count.
    """
    seen, lock = Observed(), threading.Lock()
    stop, building = threading.Event(), threading.Event()

    def client(number: int) -> None:
        turn = number
        while not stop.is_set():
            question = QUESTIONS[turn % len(QUESTIONS)]
            turn += 1
            busy, began = building.is_set(), time.perf_counter()
            try:
                answer = ask(question)
            except Exception as error:  # whatever it is, a reader would have seen it
                with lock:
                    seen.asked += 1
                    seen.failed.append(f"{type(error).__name__}: {error}")
                continue
            spent = time.perf_counter() - began
            quoted = {int(v) for c in answer["citations"] for v in _VERSION.findall(c["quote"])}
            with lock:
                seen.asked += 1
                seen.versions.setdefault(answer["generation"], set()).update(quoted)
                if len(quoted) > 1:
                    seen.mixed.append(f"generation {answer['generation']} quotes versions {sorted(quoted)}")
                if busy == building.is_set():
                    (seen.busy_s if busy else seen.quiet_s).append(spent)

    threads = [threading.Thread(target=client, args=(n,), daemon=True) for n in range(clients)]
    for thread in threads:
        thread.start()
    made = {}
    try:
        for version in range(1, generations + 1):
            time.sleep(quiet_s)
            building.set()
            made[publish(version)] = version
            building.clear()
        time.sleep(quiet_s)
    finally:
        stop.set()
        for thread in threads:
            thread.join(_SECONDS)
    for generation, versions in seen.versions.items():
        if generation in made and not versions <= {made[generation]}:
            seen.mixed.append(f"generation {generation} quotes {versions}, holds {made[generation]}")
    return seen


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all stay below; NaN for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def memory_mib(pid: int) -> float:
    """Return the resident memory of a process; NaN where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def main() -> None:
    """Run against a real server and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder whose model is used")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--generations", type=int, default=20)
    parser.add_argument("--quiet", type=float, default=20.0, metavar="SECONDS")
    args = parser.parse_args()
    with serving(args.seeds, args.data, {PAGE: version_text(0)}) as server:
        _figures(server, args)


def _figures(server: Server, args: argparse.Namespace) -> None:
    page = server.place / "seeds" / PAGE

    def publish(version: int) -> int:
        write_version(page, version)
        job = server.request("/api/index/rebuild", {})
        while (state := server.request(job["url"]))["state"] == "running":
            time.sleep(0.1)
        if state["state"] != "done":
            raise RuntimeError(state["error"])
        generation = int(state["report"]["generation"])
        while server.request("/api/index")["generation"] != generation:
            time.sleep(0.1)
        memory.append(memory_mib(server.pid))
        return generation

    memory: list[float] = []
    for question in QUESTIONS:
        server.ask(question)
    before = memory_mib(server.pid)
    began = time.perf_counter()
    seen = observe(
        server.ask, publish, clients=args.clients, generations=args.generations, quiet_s=args.quiet
    )
    time.sleep(2)
    after = memory_mib(server.pid)
    print(f"{args.clients} clients, {args.generations} generations, {time.perf_counter() - began:.0f} s")
    print(f"  requests {seen.asked}, failed {len(seen.failed)}, mixed generations {len(seen.mixed)}")
    for problem in [*seen.failed[:3], *seen.mixed[:3]]:
        print(f"    {problem}")
    for name, spent in (("quiet", seen.quiet_s), ("during builds", seen.busy_s)):
        middle, late = percentile(spent, 0.5) * 1000, percentile(spent, 0.95) * 1000
        print(f"  {name:14} {len(spent):6} answers, p50 {middle:6.0f} ms, p95 {late:6.0f} ms")
    ratio = percentile(seen.busy_s, 0.95) / percentile(seen.quiet_s, 0.95)
    print(f"  p95 during builds : quiet {ratio:.2f}; load of the machine {os.getloadavg()[1]:.1f} (5 min)")
    print(f"  memory of the server {before:.0f} → {after:.0f} MiB; after each generation:")
    print("    " + " ".join(f"{each:.0f}" for each in memory))


if __name__ == "__main__":
    main()
