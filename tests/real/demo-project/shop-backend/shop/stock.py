"""The shop's stock."""
