"""Everything the study holds to one brief, written aside and then renamed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discovery import __version__
from discovery.errors import BriefError
from discovery.readings import REASONS, Reading
from discovery.records import (
    Claim,
    Exchange,
    Interview,
    Mismatch,
    Notice,
    NoticeKind,
    Review,
    Topic,
    TopicDocument,
    Turn,
)
from discovery.review import apply_reviews
from discovery.stages.analysis import load_study_catalogue
from discovery.stages.craft_figures import craft_pictures
from discovery.stages.readers import list_readers
from discovery.stages.sharing import described_employers, study_names
from discovery.stages.topic_figures import (
    compare_employers,
    compare_sides,
    divergence_rows,
    employer_topics,
    topic_pictures,
)
from discovery.stages.work import Work, fingerprint

if TYPE_CHECKING:
    from discovery.briefs import Brief, Material
    from discovery.briefs.material import ReaderRow


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """What a brief is asked to be; None leaves a choice to study.toml.

    Args:
        output: File to write; its suffix (.docx, .md, .html) is the format.
        audience: ``internal``, ``employer`` or ``public``; a sheet for one employer is for that employer.
        employer: Only this employer's sheet.
        status: Only mismatches of this status.
        only: Keys of the sections wanted.
        page: ``A4`` or ``Letter``.
        template: A team's own .docx to take the styles from.
    """

    output: Path | None = None
    audience: str | None = None
    employer: str | None = None
    status: str | None = None
    only: tuple[str, ...] | None = None
    page: str | None = None
    template: Path | None = None


def write_study_brief(work: Work, made_from: Mapping[str, str]) -> Path:
    """Write ``reports/brief.docx`` unless it still stands as the study is now.

    A brief that somebody has edited by hand is left alone while the study stays as it is, and
    kept beside the new one when the study has changed.

    Args:
        work: The run.
        made_from: Fingerprints of what the brief shows.

    Returns:
        The brief.
    """
    path = work.folder / "reports" / "brief.docx"
    path.parent.mkdir(exist_ok=True)
    human = [
        repr(one) for one in (*work.store.load("reviews", Review), *work.store.load("readings", Reading))
    ]
    current = fingerprint(made_from, repr(work.settings), [repr(e) for e in work.employers], human)
    with work.progress.stage("Writing the brief", 1) as advance:
        if not work.fresh("brief", current) or not path.is_file():
            notices = _set_edited_aside(work, path)
            _, written = write_brief(work, BriefOptions(output=path))
            work.save("brief", current, {}, [*notices, *written], {"brief_sha256": _sha256(path)})
        advance()
    return path


def write_brief(work: Work, options: BriefOptions) -> tuple[Path, tuple[Notice, ...]]:
    """Compose a brief from what the store holds and write it.

    Args:
        work: An opened study that has been run.
        options: What the brief is asked to be.

    Returns:
        The file, and what was left out or repaired on the way.

    Raises:
        BriefError: An unknown audience, status, section or employer, or a file that cannot be written.
    """
    from discovery.briefs import compose_brief, write_docx, write_html, write_markdown

    brief = compose_brief(
        gather_material(work),
        audience=options.audience or ("employer" if options.employer else work.settings.audience),
        status=options.status,
        only=options.only,
        employer=options.employer,
    )
    path = options.output or work.folder / "reports" / _default_name(options)
    path.parent.mkdir(parents=True, exist_ok=True)
    template = options.template or (work.folder / work.settings.template if work.settings.template else None)
    page = options.page or work.settings.page
    writers: dict[str, Callable[[Brief, Path], Any]] = {
        ".docx": lambda made, to: write_docx(made, to, page=page, template=template),
        ".md": write_markdown,
        ".html": write_html,
    }
    if path.suffix.lower() not in writers:
        raise BriefError("brief.format", suffix=path.suffix or path.name, known=", ".join(writers))
    written = writers[path.suffix.lower()](brief, path) or ()
    return path, (*brief.notices, *written)


def _default_name(options: BriefOptions) -> str:
    """Name a brief after what it was asked to be, so that no other brief is overwritten."""
    parts = [options.employer, options.audience, options.status, *(options.only or ())]
    return "-".join(["brief", *(part for part in parts if part)]) + ".docx"


def _set_edited_aside(work: Work, path: Path) -> list[Notice]:
    """Keep a brief that was edited by hand under a name of its own."""
    if not path.is_file() or work.store.artifact("brief_sha256") == _sha256(path):
        return []
    number = 1
    while (aside := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    return [Notice("brief", NoticeKind.MERGED, f"edited brief kept as {aside.name}", path.name)]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def gather_material(work: Work) -> Material:
    """Collect everything a brief may draw on."""
    from discovery.briefs import Material

    store = work.store
    turns = tuple(store.load("turns", Turn))
    interviews = tuple(store.load("interviews", Interview))
    employers = described_employers(work, interviews)
    reviews = tuple(store.load("reviews", Review))
    reviewed = apply_reviews(store.load("mismatches", Mismatch), reviews, turns)
    divergence = compare_sides(work, employers)
    return Material(
        title=work.settings.title,
        programme=work.settings.programme,
        date=work.settings.date,
        employers=employers,
        interviews=interviews,
        turns=turns,
        exchanges=tuple(store.load("exchanges", Exchange)),
        questions=work.questions,
        claims=tuple(store.load("claims", Claim)),
        topics=tuple(store.load("topics", Topic)),
        documents=tuple(store.load("topic_documents", TopicDocument)),
        divergence=divergence_rows(divergence),
        employer_topics=employer_topics(compare_employers(work, employers)),
        figures=(*topic_pictures(work, divergence, employers), *craft_pictures(work, employers)),
        mismatches=reviewed.mismatches,
        notices=(*store.load("notices", Notice), *divergence.notices, *reviewed.notices),
        reviews=reviews,
        methods=_methods(work),
        type_names={kind.key: kind.label for kind in load_study_catalogue(work).types},
        pseudonymise=study_names(work).apply if work.settings.pseudonyms else None,
        show_names=not work.settings.pseudonyms,
        readers=_readers(work),
    )


def _readers(work: Work) -> tuple[ReaderRow, ...]:
    """Who read what, with reasons of rejections in words."""
    from discovery.briefs.material import ReaderRow

    return tuple(
        ReaderRow(
            one.reader.name,
            one.reader.kind.value,
            one.models,
            len(one.sources),
            len(one.claims),
            len(one.mismatches),
            {REASONS[reason]: number for reason, number in one.rejected.items()},
            one.reader.at[:10],
        )
        for one in list_readers(work)
    )


def _methods(work: Work) -> dict[str, object]:
    """What made the findings: versions, models, settings, seed."""
    claims = work.store.load("claims", Claim)
    mismatches = work.store.load("mismatches", Mismatch)
    return {
        "Discovery": __version__,
        "Sentence encoder": work.encoder_name,
        "Claim model": ", ".join(sorted({claim.model for claim in claims})) or "no claim found",
        "Mismatch model": ", ".join(sorted({m.model for m in mismatches})) or "no mismatch found",
        **_topic_methods(work.store.artifact("topic_choices")),
        "Seed": work.settings.seed,
        "Mismatch types not looked for": ", ".join(work.settings.silenced) or "none",
    }


def _topic_methods(choices: Mapping[str, Any] | None) -> dict[str, object]:
    """Say how topics were drawn, each choice on its own line."""
    if not choices:
        return {"Topics": "no topics fitted"}
    settings = ", ".join(f"{key} {value}" for key, value in choices["settings"].items() if value)
    return {
        "Topics": choices["bearing"],
        "Topics, why drawn so": "; ".join(choices["reasons"]),
        "Topics, settings": settings,
        "Topics, libraries": ", ".join(f"{name} {version}" for name, version in choices["versions"].items()),
    }
