"""SubRip files, with and without speakers."""

from __future__ import annotations

from discovery.transcripts.attribution import attribute, find_names
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.cues import cut_cues
from discovery.transcripts.times import TIMING


class Srt:
    """SubRip captions; names before a colon, in brackets on a line of their own, or none."""

    layout = "srt"
    label = "SubRip .srt, with or without speakers"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for timings with a comma and no WebVTT header."""
        if file.text is None or "-->" not in file.text or file.text.lstrip().startswith("WEBVTT"):
            return NO
        timings = [line for line in file.lines if "-->" in line and TIMING.match(line)]
        commas = sum("," in line for line in timings)
        if not timings or commas * 2 < len(timings):
            return NO
        return Evidence(0.95, f"{len(timings)} timing lines with a comma before the milliseconds")

    def read(self, file: RawFile) -> Draft:
        """Read cues, cut wherever a line names or marks a new speaker."""
        draft = Draft()
        cues = cut_cues(file.lines, draft)
        attribute(cues, find_names(cues, file.text or ""), draft)
        return draft
