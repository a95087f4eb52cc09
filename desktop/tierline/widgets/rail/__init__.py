"""The rail: every queue with its count."""
