"""JSON Schema to Python types, and what is known of every value of a workflow."""
