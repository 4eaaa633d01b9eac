"""How fast the command line starts and the main job runs: `python -m benchmarks.main_job`.

Three figures, each measured in this one run:

- ``discovery --help`` against a bare ``python -c "import typer, rich"`` (aim: at most 3 times);
- a second ``discovery run`` with nothing changed against the first (aim: under a tenth);
- the peak memory of the first run (aim: under 2 GB).
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUDY = ("study.toml", "employers.csv", "transcripts", "interview_guides")


def seconds(command: list[str]) -> float:
    """Time one command as a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def median_seconds(command: list[str], times: int = 7) -> float:
    """Median of several runs, after one that warms the disk cache."""
    seconds(command)
    return statistics.median(seconds(command) for _ in range(times))


def copy_study(folder: Path) -> None:
    """Copy the sample study without what was derived from it."""
    for name in STUDY:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)


def main() -> None:
    """Measure and print the three figures."""
    command = [sys.executable, "-m", "discovery"]
    bare = median_seconds([sys.executable, "-c", "import typer, rich"])
    start = median_seconds([*command, "--help"])
    print(f"discovery --help       {start:6.2f} s   {start / bare:5.2f} times a bare import ({bare:.2f} s)")
    with tempfile.TemporaryDirectory() as folder:
        copy_study(Path(folder))
        first = seconds([*command, "run", folder])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        second = min(seconds([*command, "run", folder]) for _ in range(3))
    print(f"first run              {first:6.2f} s   peak memory {peak:.2f} GB")
    print(f"second run, unchanged  {second:6.2f} s   {second / first:5.3f} of the first")


if __name__ == "__main__":
    main()
