"""Formats: what other tools export, read with suspicion; what we export, read back unchanged."""
