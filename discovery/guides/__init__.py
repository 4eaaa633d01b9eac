"""Question banks, checks of questions, and interview guides that a team can print."""

from discovery.guides.bank import load_banks

__all__ = ["load_banks"]
