"""The shop's worker."""
