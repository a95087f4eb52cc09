"""Conflicts ready to be shown, like those of the design."""

from __future__ import annotations

from tierline.desk.conflicts import Answer, ConflictWords, Side

PRIORITY = ConflictWords(
    key="op-priority",
    title="Two people changed the priority",
    was="it was P3",
    sides=(
        Side(
            "You", "10:02, offline", "P2", "one shift cannot scan", "fix would be due Fri 09:21", 2
        ),
        Side(
            "Dana Whitlock", "10:05", "P1", "dispatch stopped, whole site", "fix due today 13:21",
            1, kept=True,
        ),
    ),
    answers=(
        Answer("keep", "Keep P1"),
        Answer("mine", "Use mine, P2"),
        Answer("both", "Keep P1, note both"),
    ),
)  # fmt: skip
STATUS = ConflictWords(
    key="op-status",
    title="Two people changed the status",
    was="it was In progress",
    sides=(
        Side("You", "10:58, offline", "Resolved", "Replaced the switch in aisle 4"),
        Side("Dana Whitlock", "11:02", "2nd line", "needs the network team", kept=True),
    ),
    answers=(
        Answer("keep", "Leave it escalated"),
        Answer("mine", "Resolve it"),
        Answer("both", "Leave it, note both"),
    ),
)
WORDS = ConflictWords(
    key="op-text",
    title="Two people changed the description",
    was="",
    sides=(
        Side("You", "10:58, offline", "The scanners in aisle 4 cannot reach dispatch at all today"),
        Side(
            "Dana Whitlock", "11:02", "The scanners in aisle 4 and 5 cannot reach dispatch today",
            kept=True,
        ),
    ),
    answers=(Answer("keep", "Keep Dana’s"), Answer("mine", "Use mine"), Answer("both", "Both")),
)  # fmt: skip
CATEGORY = ConflictWords(
    key="op-category",
    title="Two people changed the category",
    was="",
    sides=(),
    answers=(Answer("keep", "Keep Network"), Answer("mine", "Use mine")),
    line="Category: Dana’s “Network” stands, yours was “Printer”.",
    grave=False,
)
