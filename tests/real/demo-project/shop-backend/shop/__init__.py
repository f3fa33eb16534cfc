"""The shop's __init__."""
