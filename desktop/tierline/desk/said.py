"""What is said of an act that is done: a whole sentence for each kind, with the ticket's number."""

from __future__ import annotations

from tierline.domain.tongue import tr


def said(kind: str, number: str) -> str:
    """The sentence: "Taken CS0000123."; of a kind without one only that it is done."""
    sentence = (_work() | _process()).get(kind) or tr("Done: {number}.")
    return sentence.replace("{number}", number)


def _work() -> dict[str, str]:
    return {
        "log": tr("Logged {number}."),
        "take": tr("Taken {number}."),
        "release": tr("Released {number}."),
        "assign": tr("Assigned {number}."),
        "note": tr("Noted on {number}."),
        "message": tr("Message to the contact on {number}."),
        "receive": tr("Recorded on {number}."),
        "logtime": tr("Time logged on {number}."),
        "starttimer": tr("Timer started on {number}."),
        "stoptimer": tr("Timer stopped on {number}."),
        "consult": tr("Consulted on {number}."),
        "resolve": tr("Resolved {number}."),
        "reopen": tr("Re-opened {number}."),
        "close": tr("Closed {number}."),
        "cancel": tr("Cancelled {number}."),
        "filldetails": tr("Filled in {number}."),
        "verify": tr("Verified the caller of {number}."),
        "failpin": tr("Wrong PIN noted on {number}."),
        "consent": tr("Consent noted on {number}."),
        "workaround": tr("Workaround noted on {number}."),
        "dispute": tr("Dispute noted on {number}."),
        "complain": tr("Their escalation noted on {number}."),
        "alertlead": tr("Alerted about {number}."),
        "askgate": tr("Asked about {number}."),
        "passgate": tr("Answer noted on {number}."),
        "stay": tr("Stays here: {number}."),
    }


def _process() -> dict[str, str]:
    return {
        "snooze": tr("Snoozed {number}."),
        "acknowledge": tr("Acknowledged {number}."),
        "finishtask": tr("Task done on {number}."),
        "feedback": tr("Feedback noted on {number}."),
        "givequote": tr("Quote given on {number}."),
        "answerquote": tr("Answer to the quote noted on {number}."),
        "markdelivered": tr("Message marked on {number}."),
        "keeptimer": tr("Timer goes on: {number}."),
        "correcttime": tr("Time corrected on {number}."),
        "settle": tr("Settled on {number}."),
        "restrict": tr("Changed who may read {number}."),
        "attach": tr("Attached to {number}."),
        "planvisit": tr("Visit planned for {number}."),
        "cancelvisit": tr("Visit cancelled: {number}."),
        "setout": tr("On the way for {number}."),
        "arrive": tr("On site for {number}."),
        "leavesite": tr("Left the site of {number}."),
        "usepart": tr("Part noted on {number}."),
        "returnpart": tr("Part taken off {number}."),
        "check": tr("Check-list changed on {number}."),
        "signoff": tr("Signed off: {number}."),
        "handover": tr("Handed over {number}."),
        "merge": tr("Merged {number}."),
        "absorb": tr("Went on with {number}."),
        "link": tr("Changed the links of {number}."),
        "hear": tr("Read on {number}."),
        "undo": tr("Taken back on {number}."),
    }
