"""What makes a question worse: one rule a flaw, each with a rewrite of the question it meets."""

from discovery.guides.rules.registry import RULES, Finding, Rule, find

__all__ = ["RULES", "Finding", "Rule", "find"]
