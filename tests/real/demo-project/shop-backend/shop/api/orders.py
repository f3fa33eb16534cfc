"""HTTP endpoints: orders."""
