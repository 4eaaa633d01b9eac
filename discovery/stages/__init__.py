"""The stages of a run: each takes records from the store, calls its room, and stores what comes back."""
