"""The two families of trouble: the world failed (say what to do), or a rule refused (say why).

Whatever is neither of these is our own bug and is left to travel to the excepthook.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that was not carried out, in words for the person who gave it.

    It is a value, not an exception: refusing is an ordinary answer of `decide`.
    """

    what: str
    todo: str
    field: str = ""

    def __str__(self) -> str:
        """Both sentences on one line."""
        return f"{self.what} {self.todo}"


class WorldError(Exception):
    """The world outside failed: disk, file, network. Nothing was lost: `safe` says what is kept."""

    def __init__(self, what: str, *, safe: str, todo: str) -> None:
        """Take three sentences: what happened, what is safe, what to do now."""
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        """The three sentences in the order a person needs them."""
        return f"{self.what} {self.safe} {self.todo}"
