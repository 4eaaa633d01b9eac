"""Records in the shape a notebook shows: DataFrames that keep their columns even when they are empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discovery.readings import REASONS, Reading
from discovery.records import (
    Employer,
    Exchange,
    Interview,
    Mismatch,
    Notice,
    Question,
    ReadReport,
    Status,
    TopicDocument,
    Turn,
)

if TYPE_CHECKING:
    import pandas as pd

    from discovery.stages.readers import PairAgreement, ReaderSummary
    from discovery.topics.divergence import Divergence
    from discovery.topics.employer_sides import EmployerSides

Rows = Iterable[Sequence[Any]]


def speakers(interviews: Iterable[Interview]) -> pd.DataFrame:
    """List the voices of all interviews with their roles, the least sure first."""
    rows = [
        (
            interview.source,
            voice.name,
            voice.role and voice.role.value,
            round(voice.confidence, 2),
            voice.basis,
        )
        for interview in interviews
        for voice in interview.speakers
    ]
    rows.sort(key=lambda row: row[3])
    return _frame(rows, "transcript", "speaker", "role", "confidence", "basis")


def read_reports(reports: Iterable[ReadReport]) -> pd.DataFrame:
    """List what the readers saw in each file."""
    rows = [
        (
            report.source, report.layout, round(report.confidence, 2), report.reason, len(report.skipped),
            sum(notice.count for notice in report.notices),
        )
        for report in reports
    ]  # fmt: skip
    return _frame(rows, "transcript", "layout", "confidence", "reason", "skipped", "notices")


def skipped_lines(reports: Iterable[ReadReport]) -> pd.DataFrame:
    """List the lines that are not speech."""
    rows = [(report.source, line.line, line.reason) for report in reports for line in report.skipped]
    return _frame(rows, "transcript", "line", "reason")


def notices(found: Iterable[Notice]) -> pd.DataFrame:
    """List what was dropped, merged, guessed or repaired."""
    rows = [(one.stage, one.kind.value, one.what, one.count, one.source, one.line) for one in found]
    return _frame(rows, "stage", "kind", "what", "count", "transcript", "line")


def topic_documents(documents: Iterable[TopicDocument]) -> pd.DataFrame:
    """List the stretches of talk that topics were drawn from."""
    rows = [
        (
            one.span.source,
            one.span.turn,
            one.span.start,
            one.span.end,
            one.span.quote,
            one.employer,
            one.topic,
        )
        for one in documents
    ]
    return _frame(rows, "transcript", "turn", "start", "end", "quote", "employer", "topic")


def questions(bank: Iterable[Question]) -> pd.DataFrame:
    """List the questions of a bank with what each is for."""
    rows = [
        (one.id, one.phase, one.text, [facet.value for facet in one.facets], list(one.exposes), one.minutes)
        for one in bank
    ]
    return _frame(rows, "question", "phase", "text", "facets", "exposes", "minutes")


def coverage(bank: Sequence[Question], exchanges: Iterable[Exchange], turns: Iterable[Turn]) -> pd.DataFrame:
    """Hold a question bank against the interviews: a row a question, a column an interview."""
    from discovery.guides.coverage import cover

    covered = cover(bank, exchanges, turns)
    rows = [tuple(row.values()) for row in covered.rows()]
    return _frame(rows, "question", "phase", "text", *covered.interviews)


def craft(turns: Sequence[Turn], exchanges: Iterable[Exchange]) -> pd.DataFrame:
    """Show how each interview was led: who talked how much, and how questions were put."""
    from discovery.guides.craft import review_craft

    rows = [
        (
            one.interview, one.questions, one.talk_share, one.open_share, one.closed_share, one.leading_share,
            one.longest_words, [remark.asked.quote for remark in one.worst],
        )
        for one in review_craft(turns, exchanges)
    ]  # fmt: skip
    return _frame(
        rows, "transcript", "questions", "talk_share", "open_share", "closed_share", "leading_share",
        "longest_turn_words", "to_reword",
    )  # fmt: skip


def topic_sides(divergence: Divergence) -> pd.DataFrame:
    """Show each topic's share of the stated and of the actual side, those asked for most first."""
    rows = [
        (row.label, row.stated, row.actual, row.stated_share, row.actual_share, row.low, row.high)
        for row in sorted(divergence.rows, key=lambda row: row.actual_share - row.stated_share)
        if row.stated + row.actual
    ]
    return _frame(
        rows, "label", "stated", "actual", "stated_share", "actual_share", "difference_low", "difference_high"
    )


def employer_topics(sides: Iterable[EmployerSides]) -> pd.DataFrame:
    """Show for each employer how far its topics lie apart and which have one side only."""
    rows = []
    for one in sides:
        tested = one.tested
        low, high = tested.interval if tested else (None, None)
        figures = (tested.corrected if tested else None, low, high)
        labels = ([gap.label for gap in gaps] for gaps in (one.wanted, one.unasked))
        rows.append((one.employer, one.stated, one.actual, *figures, *labels, one.verdict))
    return _frame(
        rows, "employer", "stated", "actual", "divergence", "low", "high", "wanted", "unasked", "verdict"
    )


def prevalence(
    mismatches: Iterable[Mismatch], employers: Iterable[Employer], types: Iterable[str]
) -> pd.DataFrame:
    """Count the employers that show each mismatch type, with a 95 % Wilson interval of their share."""
    from discovery.mismatches import count_mismatches

    rows = [
        (one.type, one.shown, one.of, one.low, one.high, one.wording, list(one.employers))
        for one in count_mismatches(mismatches, employers, types).types
    ]
    return _frame(rows, "type", "employers", "of", "low", "high", "wording", "who")


def decided(candidates: Iterable[Mismatch]) -> pd.DataFrame:
    """Count what people accepted of what they decided on, by type, with a 95 % Wilson interval."""
    from discovery.statistics import wilson_interval

    verdicts: dict[str, list[bool]] = {}
    for one in candidates:
        if one.status in (Status.ACCEPTED, Status.REJECTED):
            verdicts.setdefault(one.type, []).append(one.status is Status.ACCEPTED)
    rows = [
        (kind, len(each), sum(each), sum(each) / len(each), *wilson_interval(sum(each), len(each)))
        for kind, each in sorted(verdicts.items())
    ]
    return _frame(rows, "type", "decided", "accepted", "share", "low", "high")


def scores(figures: Mapping[str, Any]) -> pd.DataFrame:
    """Show the main scores of an evaluation: a row a task; a score that is not defined stays empty."""
    claims, pairs = figures["claims"]["all"], figures["mismatches"]["all"]
    rows = [
        ("claims found", claims["gold"], claims["predicted"], *_found(claims["detection"])),
        ("stance of claims", claims["gold"], claims["predicted"], *_labelled(claims["stance"])),
        ("facet of claims", claims["gold"], claims["predicted"], *_labelled(claims["facet"])),
        ("mismatches", pairs["gold"], pairs["predicted"], *_found(pairs)),
    ]
    return _frame(rows, "task", "marked", "reported", "precision", "recall", "f1", "f1_low", "f1_high")


def _found(figures: Mapping[str, Any]) -> tuple[Any, ...]:
    low, high = figures["f1_interval"] or (None, None)
    return figures["precision"], figures["recall"], figures["f1"], low, high


def _labelled(figures: Mapping[str, Any]) -> tuple[Any, ...]:
    low, high = figures["micro_f1_interval"] or (None, None)
    return None, None, figures["micro_f1"], low, high


def readings(found: Iterable[Reading]) -> pd.DataFrame:
    """List the answers of other readers, in the order they came in."""
    rows = [
        (
            one.reader.name, one.reader.kind.value, one.reader.model, one.reader.prompt_version, one.source,
            one.part, one.parts, len(one.claims), len(one.mismatches), len(one.rejections), len(one.anchors),
            one.fault, one.packet, one.answer_sha256, one.reader.at,
        )
        for one in found
    ]  # fmt: skip
    return _frame(
        rows, "reader", "kind", "model", "prompt_version", "transcript", "part", "parts", "claims",
        "mismatches", "rejected", "reanchored", "fault", "packet", "answer_sha256", "at",
    )  # fmt: skip


def rejections(found: Iterable[Reading]) -> pd.DataFrame:
    """List what was not taken over from other readers' answers."""
    rows = [
        (reading.reader.name, reading.source, one.part, one.item, one.turn, one.reason, REASONS[one.reason])
        for reading in found
        for one in reading.rejections
    ]
    return _frame(rows, "reader", "transcript", "what", "item", "turn", "reason", "meaning")


def readers(found: Iterable[ReaderSummary]) -> pd.DataFrame:
    """List everyone who has read."""
    rows = [
        (
            one.reader.name, one.reader.kind.value, ", ".join(one.models), len(one.sources), len(one.claims),
            len(one.mismatches), sum(one.rejected.values()), one.reanchored, one.reader.at,
        )
        for one in found
    ]  # fmt: skip
    return _frame(
        rows,
        "reader",
        "kind",
        "models",
        "interviews",
        "claims",
        "mismatches",
        "rejected",
        "reanchored",
        "last",
    )


def agreement(pairs: Iterable[PairAgreement]) -> pd.DataFrame:
    """Show how far readers agree, two by two; an f1 without any finding stays empty."""
    rows = [
        (
            one.first, one.second, one.interviews, *one.mismatches, one.both, _f1(one.both, one.mismatches),
            one.same_evidence, _f1(one.same_evidence, one.mismatches), *one.claims, one.claims_both,
            one.labels_both,
        )
        for one in pairs
    ]  # fmt: skip
    return _frame(
        rows, "first", "second", "interviews", "first_mismatches", "second_mismatches", "both", "f1",
        "same_evidence", "evidence_f1", "first_claims", "second_claims", "claims_both", "labels_both",
    )  # fmt: skip


def _f1(both: int, found: tuple[int, int]) -> float | None:
    return round(2 * both / sum(found), 4) if sum(found) else None


def _frame(rows: Rows, *columns: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns))
