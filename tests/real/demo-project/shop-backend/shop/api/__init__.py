"""HTTP endpoints: __init__."""
