"""The shop's cart."""
