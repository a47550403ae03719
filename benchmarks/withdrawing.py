"""From the command that withdraws an article to its effect on a running service.

    python -m benchmarks.withdrawing [--data data] [--times 10]

Starts ``qa serve`` over a copy of ``seeds`` with the default model. Each time the article that answers is
withdrawn, by ``qa withdraw`` in another process or over HTTP, and asked about again and again until it is no
longer quoted; then search, catalogue, the article's page and the answer's suggestions are looked at, and it
is restored. Prints the middle and the longest time from the command's end to the first answer without it, of
which that answer's own time is part.
"""

from __future__ import annotations

import argparse
import time
import urllib.error
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.serving import Server, serving

QUESTION = "二七经开区有多少家高新技术企业?"
_PATIENCE_S = 30.0


def seconds_to_effect(server: Server, identifier: str, withdraw: Callable[[], object]) -> float:
    """Return the seconds from the end of the command to an answer that does not quote the article.

    Raises:
        TimeoutError: it is quoted still after half a minute.
    """
    withdraw()
    began = time.perf_counter()
    while time.perf_counter() - began < _PATIENCE_S:
        answer = server.ask(QUESTION)
        if not any(c["article_id"] == identifier for c in answer["citations"]):
            return time.perf_counter() - began
    raise TimeoutError(identifier)


def traces(server: Server, identifier: str) -> list[str]:
    """Return where a withdrawn article can still be seen."""
    found = []
    answer = server.ask(QUESTION)
    if any(s["article_id"] == identifier for s in answer["suggestions"]):
        found.append("suggestions")
    search = server.request(f"/api/search?top_k=50&q={urllib.parse.quote(QUESTION)}")
    if any(p["article_id"] == identifier for p in search["passages"]):
        found.append("search")
    catalogue = server.request("/api/articles")
    if any(a["id"] == identifier for a in catalogue["articles"]):
        found.append("catalogue")
    try:
        server.request(f"/api/articles/{identifier}")
        found.append("article")
    except urllib.error.HTTPError as error:
        error.close()
    return found


def main() -> None:
    """Withdraw and restore over and over; print the times and what was still seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder whose model is used")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--times", type=int, default=10)
    args = parser.parse_args()
    with serving(args.seeds, args.data) as server:
        began = time.perf_counter()
        identifier = server.ask(QUESTION)["citations"][0]["article_id"]
        print(f"an answer takes {time.perf_counter() - began:.2f} s")
        ways: dict[str, Callable[[], object]] = {
            "qa withdraw": lambda: server.command("withdraw", identifier, "--why", "试验"),
            "over HTTP": lambda: server.request(f"/api/articles/{identifier}/withdraw", {"why": "试验"}),
        }
        for name, withdraw in ways.items():
            spent, seen = [], list[str]()
            for _ in range(args.times):
                spent.append(seconds_to_effect(server, identifier, withdraw))
                seen += traces(server, identifier)
                server.command("restore", identifier)
                if not server.ask(QUESTION)["answered"]:
                    raise RuntimeError("restored, and yet not answered")
            times = f"{median(spent):.2f} s in the middle, {max(spent):.2f} s at most"
            print(f"{name:12} {args.times} times: {times}; seen after: {sorted(set(seen)) or 'nothing'}")


if __name__ == "__main__":
    main()
