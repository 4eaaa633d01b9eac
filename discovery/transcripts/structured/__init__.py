"""Readers of structured files: what speech services write as JSON, and tables."""
