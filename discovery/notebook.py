"""Tables that read well in a notebook: whole quotes, set from the left, one record a row."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

_CELL = {"text-align": "left", "vertical-align": "top", "max-width": "34em", "white-space": "normal"}


def readable(table: pd.DataFrame) -> Styler:
    """Lay a table out for reading: no row numbers, lists as words, two decimals, nothing cut off.

    Words of interviews are shown as they are: markup stays text, and two sums in dollars are no formula.

    Args:
        table: Any table of a study, or some of its columns.

    >>> import pandas as pd
    >>> "a, b" in readable(pd.DataFrame({"words": [["a", "b"]]})).to_html()
    True
    """
    style = (
        table.reset_index(drop=True)
        .style.format(_cell)
        .format_index(_cell, axis="columns")
        .set_properties(None, **_CELL)
    )
    style = style.set_table_styles([{"selector": "th", "props": "text-align: left; vertical-align: bottom"}])
    return style.set_table_attributes('class="tex2jax_ignore mathjax_ignore"').hide(axis="index")


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return escape(", ".join(map(str, value)))
    if value is None or value != value:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else escape(str(value))
