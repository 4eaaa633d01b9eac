"""The main job on the sample study, run once as a user would run it, with the network cut off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CUT_OFF = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("the network was used")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["discovery", *sys.argv[1:]]
from discovery.cli import main
main()
"""


@dataclass(frozen=True)
class Ran:
    folder: Path
    status: int
    out: str
    err: str


def discovery(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own that cannot reach the network."""
    return subprocess.run(
        [sys.executable, "-c", CUT_OFF, *map(str, words)], capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Ran:
    folder = tmp_path_factory.mktemp("sample")
    for name in ("study.toml", "employers.csv"):
        shutil.copy(root / name, folder)
    for name in ("transcripts", "interview_guides", "annotations"):
        shutil.copytree(root / name, folder / name)
    done = discovery("run", folder)
    return Ran(folder, done.returncode, done.stdout, done.stderr)
