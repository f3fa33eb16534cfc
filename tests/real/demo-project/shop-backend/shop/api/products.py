"""HTTP endpoints: products."""
