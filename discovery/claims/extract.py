"""Employer units to claims: scored, placed, valued and guarded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.claims.context import Setting, settings_of
from discovery.claims.guards import guards_of, guards_version
from discovery.claims.heads import FACETS, GUARDS, STANCES, Floats
from discovery.claims.model import FEATURES, ClaimModel, shipped_model
from discovery.claims.scope import Place
from discovery.claims.spans import claim_bounds
from discovery.claims.speech import is_english
from discovery.claims.values import values_of, values_version
from discovery.claims.wording import WORDING
from discovery.errors import ModelError
from discovery.language import AnswerEncoder
from discovery.records import Claim, Exchange, Facet, Guard, Notice, NoticeKind, Role, Span, Stance, Turn

_STAGE = "claims"
_FEWEST_WORDS = 2
_LEAST_SUPPORT = 0.1
"""Probability of any guard below which no rule counts: the learnt head sees the setting of the words too."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one employer's interviews.

    Args:
        claims: Claims in the order of speech.
        notices: What was left out or guessed on the way.
        outside: Transcript and number of the turns amid talk that is not about hiring.
    """

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...] = ()
    outside: frozenset[Place] = frozenset()


def extract_claims(
    turns: Sequence[Turn],
    exchanges: Sequence[Exchange],
    *,
    employer: str,
    encoder: AnswerEncoder,
    model: ClaimModel | None = None,
    candidates: bool = False,
) -> Extraction:
    """Find what the employer says about how it hires and develops people.

    Args:
        turns: Turns with roles of one employer's interviews; only employer turns can hold claims.
        exchanges: What was asked in them.
        employer: Employer id, put on every claim.
        encoder: What reads the answers; must be the one the model was trained with.
        model: The claim model; the package's own when None.
        candidates: Also return claims that score below the model's threshold.

    Returns:
        Claims whose spans lie within single turns; those with guards are kept and marked.

    Raises:
        ModelError: Weights are missing or altered, or belong to another encoder.
    """
    model = model or shipped_model()
    _check(model, encoder)
    settings = settings_of(turns, exchanges)
    if not settings:
        return Extraction(())
    vectors = model.read(settings, encoder)
    outside = model.scope.outside(settings, vectors)
    usable, notices = _usable(settings, turns, outside)
    scores, guards = model.score(settings, vectors)
    probability = model.levels.platt.probability(scores.margin)
    least = 0.0 if candidates else model.levels.threshold
    name = f"{model.name} {guards_version()} {values_version()}"
    claims = [
        _claim(
            settings[row],
            employer,
            (STANCES[int(scores.stance[row].argmax())], FACETS[int(scores.facet[row].argmax())]),
            float(probability[row]),
            _raised(settings[row].unit.span.quote, guards[row], model.levels.guard),
            name,
        )
        for row in usable
        if probability[row] >= least
    ]
    return Extraction(tuple(claims), notices, outside)


def outside_scope(
    turns: Sequence[Turn],
    exchanges: Sequence[Exchange],
    *,
    encoder: AnswerEncoder,
    model: ClaimModel | None = None,
) -> frozenset[Place]:
    """Find the employer turns amid talk that is not about hiring; no claims are looked for in them.

    Args:
        turns: Turns with roles of one employer's interviews.
        exchanges: What was asked in them.
        encoder: What reads the answers; with a cache it reads nothing twice that claims were found in.
        model: The claim model; the package's own when None.

    Returns:
        Transcript and number of each turn.

    Raises:
        ModelError: Weights are missing or altered, or belong to another encoder.
    """
    model = model or shipped_model()
    _check(model, encoder)
    settings = settings_of(turns, exchanges)
    return model.scope.outside(settings, model.read(settings, encoder)) if settings else frozenset()


def _claim(
    setting: Setting,
    employer: str,
    labels: tuple[Stance, Facet],
    probability: float,
    raised: set[Guard],
    name: str,
) -> Claim:
    unit = setting.unit
    start, end = claim_bounds(unit.span.quote)
    shift = unit.span.start
    span = Span(unit.span.source, unit.span.turn, shift + start, shift + end, unit.span.quote[start:end])
    return Claim(
        span,
        employer,
        unit.speaker,
        *labels,
        round(probability, 4),
        values_of(unit.span.quote),
        tuple(guard for guard in Guard if guard in raised),
        name,
    )


def _raised(quote: str, chances: Floats, level: float) -> set[Guard]:
    """Guards of the rules, unless the learnt head rules any guard out, and its likeliest where it is sure.

    Args:
        quote: Words of the unit.
        chances: (7,) probability of no guard and of each.
        level: Least probability of any guard at which the likeliest is raised.
    """
    any_guard = 1 - float(chances[0])
    ruled = set(guards_of(quote)) if any_guard >= _LEAST_SUPPORT else set()
    return ruled | ({GUARDS[int(chances[1:].argmax())]} if any_guard >= level else set())


def _check(model: ClaimModel, encoder: AnswerEncoder) -> None:
    made_with = tuple(model.manifest.get(part) for part in ("encoder", "features", "wording"))
    if made_with != (encoder.name, FEATURES, WORDING):
        raise ModelError("model.altered", file="claims.json")


def _usable(
    settings: Sequence[Setting], turns: Sequence[Turn], outside: frozenset[Place]
) -> tuple[list[int], tuple[Notice, ...]]:
    """Rows that can hold a claim, and a notice for each file with talk that cannot, and why."""
    answers = {(turn.source, turn.number): turn for turn in turns if turn.role is Role.EMPLOYER}
    foreign = {place for place, turn in answers.items() if not is_english(turn.text)}
    elsewhere = outside - foreign
    unheard = foreign | elsewhere
    usable = [
        row
        for row, setting in enumerate(settings)
        if (setting.unit.span.source, setting.unit.span.turn) not in unheard
        and len(setting.unit.span.quote.split()) >= _FEWEST_WORDS
    ]
    left_out = (
        (foreign, "turns that are not English; no claims were looked for"),
        (elsewhere, "turns amid talk that is not about hiring; no claims were looked for"),
    )
    return usable, tuple(
        Notice(_STAGE, NoticeKind.DROPPED, what, source, count=count)
        for places, what in left_out
        for source, count in sorted(Counter(source for source, _ in places).items())
    )
