"""A notebook in JupyterLab, in a real browser; skipped where Playwright or Chromium is missing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

TOKEN = "only-for-this-test"
VIEW = {"width": 1300, "height": 6000}
"""So tall that every output is on screen: JupyterLab draws no cell that is not."""


@pytest.fixture(scope="module")
def lab(sample_run, root, tmp_path_factory):
    """JupyterLab on a copy of the sample study, with settings of its own."""
    study = tmp_path_factory.mktemp("lab") / "study"
    shutil.copytree(sample_run.folder, study)
    shutil.copytree(root / "notebooks", study / "notebooks", dirs_exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(study.parent / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={study}"]
    log = (study.parent / "lab.log").open("w")
    server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server, study.parent / "lab.log")
        yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}.ipynb?token={TOKEN}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


@pytest.mark.parametrize(("name", "figures"), [("03_claims_and_review", 2)])
def test_a_notebook_runs_in_the_browser_and_shows_its_figures(lab, root, name, figures):
    book = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)
    number_of_cells, number_of_runs = len(book.cells), sum(cell.cell_type == "code" for cell in book.cells)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport=VIEW)
            page.goto(lab.format(name))
            ready = page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status=idle]")
            ready.wait_for(timeout=60_000)
            cells = page.locator(".jp-Notebook .jp-Cell")
            sync_api.expect(cells).to_have_count(number_of_cells, timeout=60_000)
            page.get_by_role("menuitem", name="Run", exact=True).click()
            run_all = page.locator('.lm-Menu-item[data-command="runmenu:run-all"]')
            run_all.hover()
            run_all.click()
            pictures = page.locator(".jp-OutputArea-output figure img")
            pictures.nth(figures - 1).wait_for(timeout=120_000)
            last = page.locator(".jp-CodeCell .jp-InputPrompt").filter(has_text=f"[{number_of_runs}]:")
            last.wait_for(timeout=120_000)
            assert pictures.count() == figures
            for picture in pictures.all():
                assert picture.evaluate("img => img.complete && img.naturalWidth") > 500
                assert picture.get_attribute("alt")
            assert page.locator(".jp-RenderedText[data-mime-type*='stderr']").count() == 0
            if folder := os.environ.get("DISCOVERY_SCREENSHOTS"):
                page.screenshot(path=Path(folder) / f"{name}.png")
        finally:
            browser.close()
