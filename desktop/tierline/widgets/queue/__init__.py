"""The queue: one table painted in one pass."""
