"""The figures: same bytes, true descriptions, and labels of any script."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from discovery.briefs.figures import claims_chart, mismatch_matrix, sides_chart
from discovery.briefs.flow_figure import flow_chart
from discovery.records import Facet, Stance, Status

pytestmark = pytest.mark.usefixtures("drawn")

COUNTS = {(Facet.SKILL, Stance.NEED): 4, (Facet.SKILL, Stance.PRACTICE): 1, (Facet.OFFER, Stance.PRACTICE): 3}


def test_claims_chart_is_stable_and_says_what_it_shows() -> None:
    first = claims_chart(COUNTS)
    assert claims_chart(dict(reversed(COUNTS.items()))) == first
    assert first.alt.endswith("skills 5 and pay, contract and place of work 3.")
    picture = Image.open(BytesIO(first.png))
    assert picture.info["dpi"][0] == pytest.approx(200, abs=1)
    assert picture.width == 1300


def test_sides_chart_counts_both_sides() -> None:
    drawn = sides_chart({Facet.SKILL: 3}, {Facet.SKILL: 1, Facet.CHANNEL: 9})
    assert "skills 3 stated and 1 actual" in drawn.alt
    assert "recruiting channels 0 stated and 9 actual" in drawn.alt


def test_matrix_tells_accepted_from_proposed_without_colour() -> None:
    titles, names = ["One", "Two"], ["Employer A", "Employer B"]
    accepted = mismatch_matrix(titles, names, {(0, 0): (Status.ACCEPTED, 0.9)})
    proposed = mismatch_matrix(titles, names, {(0, 0): (Status.PROPOSED, 0.9)})
    grey = [list(Image.open(BytesIO(each.png)).convert("L").tobytes()) for each in (accepted, proposed)]
    assert sum(1 for value in grey[0] if value < 160) > sum(1 for value in grey[1] if value < 160) + 300
    assert "One: Employer A" in accepted.alt


def test_any_label_can_be_drawn() -> None:
    names = ["🦊 Fox", "مرحبا", "שלום", "$x^2$ & <b>", "A" * 80]
    cells = {(0, at): (Status.UNSURE, 0.4) for at in range(len(names))}
    drawn = mismatch_matrix(["$\\frac{1}{2}$ type"], names, cells)
    assert drawn.png.startswith(b"\x89PNG")
    assert "🦊 Fox" in drawn.alt


def test_flow_says_how_many_employers_stand_behind_a_band_and_reads_in_grey() -> None:
    bands = {
        (Facet.SKILL, Facet.TRAINING): 4,
        (Facet.LEVEL, Facet.CHANNEL): 1,
        (Facet.SKILL, Facet.CHANNEL): 2,
    }
    drawn = flow_chart(bands, dict.fromkeys(bands, 1), 6)
    assert flow_chart(dict(reversed(bands.items())), dict.fromkeys(bands, 1), 6) == drawn
    assert "from skills to training and onboarding 4 mismatches (1 of 6 employers)" in drawn.alt
    grey = Image.open(BytesIO(drawn.png)).convert("L").tobytes()
    shades = {value for value in set(grey) if grey.count(value) > 2000}
    assert len(shades) >= 4, "paper and three bands of different darkness"


def test_flow_of_many_mismatches_stays_on_half_a_page() -> None:
    facets = list(Facet)
    bands = {(a, b): 3 for a in facets for b in facets}
    drawn = flow_chart(bands, dict.fromkeys(bands, 2), 40)
    assert Image.open(BytesIO(drawn.png)).height <= 200 * 5.2
