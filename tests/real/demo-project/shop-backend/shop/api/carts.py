"""HTTP endpoints: carts."""
