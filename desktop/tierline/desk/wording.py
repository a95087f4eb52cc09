"""Messages to a contact before anyone has written them; the words are the domain's."""

from __future__ import annotations

from tierline.domain.wording import (
    filled,
    first_name,
    known_of,
    message_for,
    priority_name,
    template_of,
)

__all__ = ["filled", "first_name", "known_of", "message_for", "priority_name", "template_of"]
