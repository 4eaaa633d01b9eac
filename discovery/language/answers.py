"""Answers read whole: MiniLM with what it has learnt gives every unit a vector that knows its setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.language.deltas import Delta
from discovery.language.weights import checked_model_folder

if TYPE_CHECKING:
    import torch

Vectors = NDArray[np.float32]

MOST_QUESTION, MOST_UNIT, MOST_UNITS = 40, 120, 190
"""Most tokens of a question (its end), of one unit (its beginning), and of all units of a passage."""

_BATCH = 16
_OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, and the units of the turn that answers it, in order."""

    question: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens of a question and of units that follow one another, and which token is whose.

    Args:
        tokens: Token numbers, special ones included.
        owners: For each token the number of its unit, -1 where it belongs to none.
    """

    tokens: tuple[int, ...]
    owners: tuple[int, ...]


def encode_answers(answers: Sequence[Answer], delta: Delta) -> list[Vectors]:
    """Give every unit of every answer a vector that knows the question and the units around it.

    Every token is read once: a unit's vector is the mean of its own tokens, with the first token of
    its passage behind it. A long answer is cut into passages between units.

    Args:
        answers: Questions with their answers.
        delta: What the encoder has learnt for this.

    Returns:
        One (u, 2 m) array an answer, a row a unit.

    Raises:
        ModelError: The weights are missing or are not the published ones.
    """
    import torch

    if not answers:
        return []
    passages = passages_of(answers)
    count = sum(len(answer.units) for answer in answers)
    network = adapted(delta)
    rows = np.zeros((count, 2 * network.config.hidden_size), dtype=np.float32)
    with torch.inference_mode():
        for batch in by_length(passages, _BATCH):
            owners, vectors = read_passages(network, batch)
            rows[owners] = vectors.numpy()
    return np.split(rows, np.cumsum([len(answer.units) for answer in answers])[:-1])


def passages_of(answers: Sequence[Answer]) -> list[Passage]:
    """Turn answers into passages; units are numbered through all answers."""
    units = list(chain.from_iterable(answer.units for answer in answers))
    own = [tokens[:MOST_UNIT] for tokens in _tokens(units)]
    asked = [tokens[-MOST_QUESTION:] for tokens in _tokens([answer.question for answer in answers])]
    passages: list[Passage] = []
    first = 0
    for answer, question in zip(answers, asked, strict=True):
        numbers = range(first, first + len(answer.units))
        passages += [_passage(question, part, own) for part in _parts(numbers, own)]
        first += len(answer.units)
    return passages


def by_length(passages: Sequence[Passage], size: int) -> Iterator[list[Passage]]:
    """Deal passages into batches of like length, so that little is padded."""
    ordered = sorted(passages, key=lambda passage: (len(passage.tokens), passage.owners))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def read_passages(network: Any, passages: Sequence[Passage]) -> tuple[list[int], torch.Tensor]:
    """Run passages through the encoder.

    Returns:
        The numbers of the units in them, and their (n, 2 m) vectors.
    """
    import torch

    width = max(len(passage.tokens) for passage in passages)
    tokens = torch.zeros(len(passages), width, dtype=torch.long)
    inside = torch.zeros_like(tokens)
    rows = torch.full_like(tokens, _OUTSIDE)
    numbers: list[int] = []
    lines: list[int] = []
    for line, passage in enumerate(passages):
        tokens[line, : len(passage.tokens)] = torch.tensor(passage.tokens)
        inside[line, : len(passage.tokens)] = 1
        own = sorted(set(passage.owners) - {_OUTSIDE})
        place = {number: len(numbers) + n for n, number in enumerate(own)}
        rows[line, : len(passage.owners)] = torch.tensor([place.get(o, _OUTSIDE) for o in passage.owners])
        numbers += own
        lines += [line] * len(own)
    states = network(input_ids=tokens, attention_mask=inside).last_hidden_state.float()
    return numbers, torch.cat([_means(states, rows, len(numbers)), states[:, 0][lines]], dim=1)


def _means(states: torch.Tensor, rows: torch.Tensor, count: int) -> torch.Tensor:
    import torch

    flat, owner = states.reshape(-1, states.shape[-1]), rows.reshape(-1)
    known = owner >= 0
    sums = torch.zeros(count, states.shape[-1]).index_add(0, owner[known], flat[known])
    sizes = torch.zeros(count).index_add(0, owner[known], torch.ones(int(known.sum())))
    return sums / sizes.clamp(min=1)[:, None]


@lru_cache(maxsize=2)
def adapted(delta: Delta) -> Any:
    """Load MiniLM and add what it has learnt; the same is added once."""
    import torch

    network = bare_network()
    parts = dict(network.encoder.layer.named_parameters())
    for name, change in delta.changes():
        parts[name].data += torch.from_numpy(change)
    return network.eval()


def bare_network() -> Any:
    """Load MiniLM anew, its weights checked."""
    from transformers import AutoModel
    from transformers.utils import logging as loading

    loading.disable_progress_bar()  # type: ignore[no-untyped-call]  # the run shows its own progress
    try:
        return AutoModel.from_pretrained(str(checked_model_folder()), local_files_only=True)
    finally:
        loading.enable_progress_bar()  # type: ignore[no-untyped-call]


@cache
def _tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(checked_model_folder()), local_files_only=True)


def _tokens(texts: Sequence[str]) -> list[list[int]]:
    if not texts:
        return []
    found: list[list[int]] = _tokenizer()(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
    return found


def _parts(numbers: Sequence[int], own: Sequence[Sequence[int]]) -> list[list[int]]:
    """Cut an answer between units, so that no part has too many tokens."""
    parts: list[list[int]] = []
    size = 0
    for number in numbers:
        if not parts or size + len(own[number]) > MOST_UNITS:
            parts.append([])
            size = 0
        parts[-1].append(number)
        size += len(own[number])
    return parts


def _passage(question: Sequence[int], units: Sequence[int], own: Sequence[Sequence[int]]) -> Passage:
    first, last = _tokenizer().cls_token_id, _tokenizer().sep_token_id
    head = [first, *question, last]
    tokens = [*head, *chain.from_iterable(own[unit] for unit in units), last]
    owners = [*(_OUTSIDE for _ in head), *(unit for unit in units for _ in own[unit]), _OUTSIDE]
    return Passage(tuple(tokens), tuple(owners))
