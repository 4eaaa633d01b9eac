from __future__ import annotations

import re
from pathlib import Path

from discovery.transcripts.reading import layouts


def test_the_page_on_layouts_names_every_layout_and_no_other(root: Path) -> None:
    page = (root / "docs" / "transcript-layouts.md").read_text(encoding="utf-8")
    tables = page[page.index("## Captions") : page.index("## Known and not read")]
    first_cells = [line.split("|")[1] for line in tables.splitlines() if line.startswith("| `")]
    named = {name for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)}
    assert named == {layout.name for layout in layouts()}
