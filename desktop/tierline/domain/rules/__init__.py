"""What a policy's rules do by themselves, and when: pure functions of a ticket and its policy."""

from __future__ import annotations
