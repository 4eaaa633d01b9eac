"""What people decide about topics: names, merges and splits that survive new runs."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from discovery.records import TopicEdit
from discovery.study_tables import StudyTables


class StudyTopics(StudyTables):
    """A study folder whose topics can be renamed, merged and split."""

    def rename_topic(self, topic: int, label: str, *, memo: str = "", coder: str = "") -> None:
        """Give a topic another name; the next run keeps it, whatever number the topic then has.

        Args:
            topic: Number of the topic.
            label: The new name.
            memo: Why.
            coder: Who decides; the name of the account where nothing is given.
        """
        from discovery.topics.edits import rename_topic

        self._edit_topics(rename_topic, topic, label, memo=memo, coder=coder)

    def merge_topics(self, topics: Sequence[int], label: str, *, memo: str = "", coder: str = "") -> None:
        """Take several topics for one from the next run on.

        Args:
            topics: Numbers of two or more topics.
            label: Name of the topic they become.
            memo: Why.
            coder: Who decides; the name of the account where nothing is given.
        """
        from discovery.topics.edits import merge_topics

        self._edit_topics(merge_topics, topics, label, memo=memo, coder=coder)

    def split_topic(
        self, topic: int, parts: Mapping[str, Sequence[int]], *, memo: str = "", coder: str = ""
    ) -> None:
        """Cut a topic into parts from the next run on.

        Args:
            topic: Number of the topic.
            parts: For each new name, rows of :attr:`topic_documents` that belong to it.
            memo: Why.
            coder: Who decides; the name of the account where nothing is given.
        """
        from discovery.topics.edits import split_topic

        self._edit_topics(split_topic, topic, parts, memo=memo, coder=coder)

    def _edit_topics(self, decide: Callable[..., TopicEdit], *what: Any, memo: str, coder: str) -> None:
        from discovery.stages.topics import topics_as_shown

        edit = decide(topics_as_shown(self._store), *what, coder=coder or account(), at=now(), memo=memo)
        self._store.add_topic_edit(edit)


def now() -> str:
    """Return the present time in UTC as decisions keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def account() -> str:
    """Return the name of the account, for decisions that name nobody."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unnamed"
