"""Where stated needs and actual practice of one employer part, with evidence on both sides."""

from discovery.mismatches.catalogue import Catalogue, load_catalogue
from discovery.mismatches.detect import Detection, detect_mismatches
from discovery.mismatches.prevalence import count_mismatches
from discovery.mismatches.training import train_mismatches

__all__ = [
    "Catalogue",
    "Detection",
    "count_mismatches",
    "detect_mismatches",
    "load_catalogue",
    "train_mismatches",
]
