"""A stand-in for GitHub: see tests/github/README.md."""
