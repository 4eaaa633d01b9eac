"""Training of the encoder: MiniLM learns from labelled units, several tasks at once, with a fixed seed."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.language.answers import (
    Passage,
    Vectors,
    bare_network,
    by_length,
    passages_of,
    read_passages,
)
from discovery.language.deltas import Delta, delta_of
from discovery.language.lessons import Lesson, Task

if TYPE_CHECKING:
    import torch

Ints = NDArray[np.int64]
_UNKNOWN = -1
_PROBE_BATCH, _PROBE_RATE, _PROBE_DECAY = 128, 5e-3, 0.05
_CLIP, _WARM = 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the encoder is trained; chosen on training interviews.

    Args:
        probe_epochs: Times the heads alone see all units before the encoder moves.
        epochs: Times encoder and heads see all passages together.
        rate: Highest learning rate of the encoder.
        head_rate: Highest learning rate of the heads in that time.
        decay: Weight decay.
        batch: Passages a step.
        dropout: Share of a unit's values left out in a step.
        smoothing: Share of certainty taken from each class label.
    """

    probe_epochs: int = 10
    epochs: int = 4
    rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    batch: int = 16
    dropout: float = 0.2
    smoothing: float = 0.05


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What training gives: what the encoder has learnt, and heads whose columns follow the tasks.

    Args:
        delta: What is added to the encoder.
        weights: (m, o) weights of the heads.
        bias: (o,) their bias.
    """

    delta: Delta
    weights: Vectors
    bias: Vectors


def adapt_each(lessons: Sequence[Lesson], seed: int) -> list[Adaptation]:
    """Train once for each lesson, as many at a time as there are processors, each on one thread.

    One thread each is quicker than all threads on one training, and rounds every sum the same way
    however many there are.

    Args:
        lessons: What to learn from; the longest first keeps all processors busy.
        seed: Fixes start and order of each.

    Returns:
        What was learnt, in the order of the lessons.

    Raises:
        ModelError: The weights of the encoder are missing or are not the published ones.
    """
    workers = max(1, min(len(lessons), os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_adapt_alone, lessons, repeat(seed)))


def _adapt_alone(lesson: Lesson, seed: int) -> Adaptation:
    import torch

    torch.set_num_threads(1)
    return adapt(lesson, seed=seed)


def adapt(lesson: Lesson, *, seed: int = 0, recipe: Recipe | None = None) -> Adaptation:
    """Train heads and encoder: first the heads alone, then all weights but the table of words.

    Args:
        lesson: What to learn from.
        seed: Fixes the start and the order.
        recipe: How to train.

    Returns:
        What the encoder has learnt, rounded to what is stored, and the heads.

    Raises:
        ModelError: The weights of the encoder are missing or are not the published ones.

    Source: Kumar et al. 2022, "Fine-Tuning can Distort Pretrained Features and Underperform
        Out-of-Distribution" (heads first).
    """
    import torch

    recipe, tasks = recipe or Recipe(), lesson.tasks
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network, passages = bare_network(), passages_of(lesson.answers)
        weights, bias = fit_heads(_bare_vectors(network, passages), tasks, seed=seed, recipe=recipe)
        head = torch.nn.Linear(*weights.shape)
        head.weight.data, head.bias.data = torch.from_numpy(weights.T.copy()), torch.from_numpy(bias.copy())
        _train(network, head, passages, tasks, recipe, np.random.default_rng(seed))
    trained = [np.asarray(part.detach().numpy(), dtype=np.float32) for part in (head.weight.T, head.bias)]
    return Adaptation(_difference(network), np.ascontiguousarray(trained[0]), trained[1])


def fit_heads(
    vectors: Vectors, tasks: Sequence[Task], *, seed: int = 0, recipe: Recipe | None = None
) -> tuple[Vectors, Vectors]:
    """Train linear heads for several tasks on fixed vectors.

    Args:
        vectors: (n, m) a row a unit.
        tasks: What to learn.
        seed: Fixes the start and the order.
        recipe: How to train.

    Returns:
        (m, o) weights and (o,) bias, columns in the order of the tasks.
    """
    import torch

    recipe = recipe or Recipe()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        head = torch.nn.Linear(vectors.shape[1], sum(task.classes for task in tasks))
        rows = torch.from_numpy(np.ascontiguousarray(vectors))
        batches = -(-len(rows) // _PROBE_BATCH)
        descent = torch.optim.AdamW(head.parameters(), lr=_PROBE_RATE, weight_decay=_PROBE_DECAY)
        pace = torch.optim.lr_scheduler.OneCycleLR(
            descent, _PROBE_RATE, total_steps=recipe.probe_epochs * batches + 1
        )
        for _ in range(recipe.probe_epochs):
            for own in torch.split(torch.randperm(len(rows)), _PROBE_BATCH):
                given = torch.nn.functional.dropout(rows[own], recipe.dropout)
                _step(_loss(head(given), own.numpy(), tasks, recipe.smoothing), descent, pace)
    weights, bias = head.weight.detach().numpy().T, head.bias.detach().numpy()
    return np.ascontiguousarray(weights, dtype=np.float32), np.asarray(bias, dtype=np.float32)


def _bare_vectors(network: Any, passages: Sequence[Passage]) -> Vectors:
    import torch

    network.eval()
    found: dict[int, Vectors] = {}
    with torch.inference_mode():
        for batch in by_length(passages, 32):
            numbers, vectors = read_passages(network, batch)
            found.update(zip(numbers, vectors.numpy(), strict=True))
    return np.stack([found[number] for number in sorted(found)])


def _train(
    network: Any,
    head: Any,
    passages: Sequence[Passage],
    tasks: Sequence[Task],
    recipe: Recipe,
    chance: np.random.Generator,
) -> None:
    import torch

    learning = _let_learn(network)
    groups = [
        {"params": learning, "lr": recipe.rate},
        {"params": list(head.parameters()), "lr": recipe.head_rate},
    ]
    descent = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    steps = recipe.epochs * (math.ceil(len(passages) / recipe.batch) + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        descent,
        [recipe.rate, recipe.head_rate],
        total_steps=steps + 1,
        pct_start=_WARM,
        anneal_strategy="linear",
    )
    dropout = torch.nn.Dropout(recipe.dropout)
    network.train()
    for _ in range(recipe.epochs):
        for batch in _shuffled(passages, recipe.batch, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16()):
                numbers, vectors = read_passages(network, batch)
            loss = _loss(head(dropout(vectors.float())), np.array(numbers), tasks, recipe.smoothing)
            _step(loss, descent, pace, learning)
    network.eval()


def _step(loss: Any, descent: Any, pace: Any, clipped: Sequence[Any] = ()) -> None:
    import torch

    descent.zero_grad()
    loss.backward()
    if clipped:
        torch.nn.utils.clip_grad_norm_(clipped, _CLIP)
    descent.step()
    pace.step()


def _loss(outputs: torch.Tensor, rows: Ints, tasks: Sequence[Task], smoothing: float) -> torch.Tensor:
    """Sum over the tasks, each over the units it knows a label of."""
    import torch
    from torch.nn import functional

    total = outputs.sum() * 0
    for task, own in zip(tasks, torch.split(outputs, [task.classes for task in tasks], dim=1), strict=True):
        labels = torch.from_numpy(task.labels[rows])
        known = labels != _UNKNOWN
        if not bool(known.any()):
            continue
        if task.classes == 1:
            loss = functional.binary_cross_entropy_with_logits(own[known, 0], labels[known].float())
        else:
            loss = functional.cross_entropy(own[known], labels[known], label_smoothing=smoothing)
        total = total + task.weight * loss
    return total


def _shuffled(passages: Sequence[Passage], size: int, chance: np.random.Generator) -> Iterator[list[Passage]]:
    """Batches of like length in an order that changes with every epoch."""
    order = chance.permutation(len(passages))
    batches: list[list[Passage]] = []
    for start in range(0, len(order), 20 * size):
        batches += by_length([passages[n] for n in order[start : start + 20 * size]], size)
    for number in chance.permutation(len(batches)):
        yield batches[number]


def _has_bfloat16() -> bool:
    """Tell whether this processor multiplies in bfloat16, which halves the time."""
    import torch

    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _let_learn(network: Any) -> list[Any]:
    """Let all layers change and nothing else: the table of words stays as it is."""
    for part in network.parameters():
        part.requires_grad_(False)
    learning = list(network.encoder.layer.parameters())
    for part in learning:
        part.requires_grad_(True)
    return learning


def _difference(network: Any) -> Delta:
    """What training has added to the layers."""
    before = dict(bare_network().encoder.layer.named_parameters())
    after = network.encoder.layer.named_parameters()
    return delta_of({name: (part.detach() - before[name].detach()).numpy() for name, part in after})
