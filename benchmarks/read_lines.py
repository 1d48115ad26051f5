"""`incidentmap read` over many reports: milliseconds a page, and whether memory stays flat.

Run: python -m benchmarks.read_lines [--reports N] [--letters N]

The command runs as a process of its own; each report is sent when the one before is answered, so that times are of single
reports. A page is 3,000 characters or more of French or English, put together from the sentences of the shipped reports with
other places and figures in them: no two are the same. Memory is what Linux tells of the process (VmRSS).
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from incidentmap.gazetteer.sources import read_entries
from incidentmap.paths import shipped

_PAGE = 3000
_AIM_MS = 50
_OWN = ("Niafunké", "Goundam", "Gao", "Mopti", "Ménaka", "Kidal", "Bamako", "Ansongo")
COMMAND = (sys.executable, "-m", "incidentmap", "read", "--jsonl", "-", "--output", "-", "--region", "mali")


def pages(letters: int = _PAGE, seed: int = 7) -> Iterator[bytes]:
    """Made-up reports of some letters as lines, without end; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, nothing secret
    places = [entry.place.name for entry in read_entries(shipped("geo", "gazetteer")) if entry.place.country == "ML"]
    texts = {path.stem: path.read_text("utf-8") for path in sorted(shipped("data", "reports").glob("*.txt"))}
    sentences = [re.split(r"(?<=[.!?»])\s+", text.split("\n\n", 1)[1]) for text in texts.values()]
    number = 0
    while True:
        number += 1
        text = _page(chance.choice(sentences), places, letters, chance)
        day = f"{chance.randint(2013, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield json.dumps({"id": number, "text": text, "published": day}, ensure_ascii=False).encode() + b"\n"


def _page(sentences: list[str], places: list[str], letters: int, chance: random.Random) -> str:
    told: list[str] = []
    while sum(map(len, told)) < letters:
        sentence = chance.choice(sentences)
        for name in _OWN:
            sentence = sentence.replace(name, chance.choice(places))
        told.append(re.sub(r"\b\d{1,2}\b", lambda _: str(chance.randint(2, 28)), sentence))
    return " ".join(told)


def report(number: int, letters: int) -> None:
    """Print time and memory as the reports go through."""
    print(f"{'reports':>8} {'ms/page, median':>16} {'95 %':>8} {'longest':>8} {'incidents':>10} {'resident, MB':>13}")
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        made = pages(letters)
        step = max(1, number // 10)
        for done in range(0, number, step):
            times, incidents = _sent(process, islice(made, step))
            resident = _resident_mb(process.pid)
            tail = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(f"{done + len(times):>8,} {statistics.median(times):>16.1f} {tail:>8.1f} {max(times):>8.1f} {incidents:>10,} "
                  f"{resident:>13.1f}", flush=True)
        process.communicate()
    print(f"aim: {_AIM_MS} ms a page, memory flat after the first row")


def _sent(process: subprocess.Popen[bytes], lines: Iterator[bytes]) -> tuple[list[float], int]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The process has no pipes.")
    times, incidents = [], 0
    for line in lines:
        begun = time.perf_counter()
        process.stdin.write(line)
        process.stdin.flush()
        answer = process.stdout.readline()
        times.append((time.perf_counter() - begun) * 1000)
        incidents += len(json.loads(answer)["incidents"])
    return times, incidents


def _resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:")), float("nan"))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.read_lines", description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--letters", type=int, default=_PAGE, help="of a report; default: a page")
    asked = parser.parse_args()
    report(asked.reports, asked.letters)


if __name__ == "__main__":
    main()
