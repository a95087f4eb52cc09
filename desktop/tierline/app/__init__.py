"""The composition root: builds every part of a desk, owns the order of start and end."""
