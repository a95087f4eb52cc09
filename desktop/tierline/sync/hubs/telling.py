"""A grant in the log: what the keeper changes of a person is a line of the directory."""

from __future__ import annotations

from tierline.sync.hubs import judging
from tierline.sync.hubs.persons import Change, check_taken, entry_id, offer_of


def tell(ledger: judging.Ledger, keeper: judging.Caller, login: str, change: Change) -> None:
    """Change the entry of a person, from a console that has offered nothing yet.

    Raises:
        HubError: the hub does not take it.
    """
    if payload := change(ledger.entry(entry_id(login))):
        offer = offer_of(login, payload, keeper.now)
        check_taken(judging.push(ledger, keeper, [offer]))
