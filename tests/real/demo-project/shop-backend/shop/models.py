"""The shop's models."""
