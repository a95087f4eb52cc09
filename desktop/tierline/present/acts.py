"""Every act of the console by name: its word, its keys, and what it is about.

Buttons, keys, menus and the palette all speak of acts by these names; what an act does is wired
in the window, whether a ticket allows it is asked of the ticket.
"""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr


class Act(NamedTuple):
    """One act. `kind` is the action of `desk.actions` that says whether it is allowed, if any.

    `keys` are as `QKeySequence` reads them; those without Ctrl, Alt or F work only while the list
    or the ticket's head has the focus. `many` acts go to every selected ticket.
    """

    name: str
    word: str
    keys: tuple[str, ...] = ()
    kind: str = ""
    icon: str = ""
    many: bool = False

    @property
    def single(self) -> bool:
        """Whether its keys are such as one types in a text, and are kept out of text fields."""
        return any(is_single(key) for key in self.keys)

    @property
    def key(self) -> str:
        """The key shown on buttons, "" for none."""
        return keycap(self.keys[0]) if self.keys else ""


def keycap(key: str) -> str:
    """A key as it stands on its cap: "Ctrl K", and "Ctrl +"."""
    return f"{key[:-1].replace('+', ' ')}+" if key.endswith("+") else key.replace("+", " ")


def is_single(key: str) -> bool:
    """Whether a key is one that would be typed in a text field."""
    last = key.rpartition("+")[2] or key
    return "Ctrl" not in key and "Alt" not in key and len(last) == 1


TICKET: tuple[Act, ...] = (
    Act(
        "take", tr("Take and start the timer, or release"), ("T",), "take", "user-round", many=True
    ),
    Act("assign", tr("Assign to…"), (), "assign", "users-round", many=True),
    Act("escalate", tr("Escalate one line"), ("E",), "escalate", "arrow-up-right"),
    Act(
        "escalate3", tr("Escalate straight to 3rd line"), ("Shift+E",), "escalate", "arrow-up-right"
    ),
    Act("consult", tr("Consult, ticket stays"), ("C",), "consult", "users-round"),
    Act("wait", tr("Wait for…"), ("W",), "wait", "pause", many=True),
    Act("status", tr("Change status"), (), "status", "circle-dot", many=True),
    Act("visit", tr("Visit: travel, on site, leave"), ("V",), "visit", "map-pin"),
    Act("plan_visit", tr("Plan a visit"), ("Shift+V",), "plan_visit", "calendar-clock"),
    Act("part", tr("Note a part that was used"), (), "part", "package"),
    Act("sign_off", tr("Sign-off of the contact"), (), "sign_off", "pen-line"),
    Act("resolve", tr("Resolve"), ("R",), "resolve", "check", many=True),
    Act("note", tr("Note"), ("N",), "note", "sticky-note", many=True),
    Act("message", tr("Message to contact"), ("M",), "message", "mail", many=True),
    Act("time", tr("Log time"), ("L",), "time", "timer"),
    Act("attach", tr("Attach a file or a photo"), ("F",), "attach", "paperclip"),
    Act("prioritise", tr("Priority"), ("P",), "prioritise", "triangle-alert", many=True),
    Act(
        "client_escalation",
        tr("The client’s own escalation"),
        ("Shift+P",),
        "complain",
        "megaphone",
    ),
    Act("received", tr("The contact replied"), ("Shift+R",), "", "reply"),
    Act("stay", tr("Stay on it, with a reason"), ("Shift+S",), "stay", "clock"),
    Act("workaround", tr("Workaround found"), ("Shift+W",), "workaround", "check"),
    Act("alert", tr("Alert a lead"), ("Shift+A",), "alert", "bell"),
    Act("dispute", tr("The contact disputes the priority"), (), "dispute", "scale"),
    Act("gate", tr("Ask for project or testing"), (), "gate", "users-round"),
    Act("pass_gate", tr("Answer of the gate’s keeper"), (), "pass_gate", "shield-check"),
    Act("consent", tr("Consent to remote control"), (), "consent", "monitor"),
    Act("why", tr("Why this deadline?"), ("Y",), "", "clock"),
    Act("verify", tr("Identify caller"), ("I",), "verify", "shield-check"),
    Act("set_pin", tr("Set the contact’s PIN"), (), "", "shield-check"),
    Act("timer", tr("Begin or stop work timer"), ("B",), "timer", "timer"),
    Act("correct_time", tr("Correct logged time"), (), "correct_time", "timer"),
    Act("copy_message", tr("Copy the message to send"), ("Ctrl+Shift+C",), "deliver", "copy"),
    Act("deliver", tr("Mark it as sent by hand"), ("Ctrl+Shift+M",), "deliver", "send"),
    Act("settle_keep", tr("Conflict: keep what stands"), ("1",), "settle", "git-compare"),
    Act("settle_mine", tr("Conflict: take the other value"), ("2",), "settle", "git-compare"),
    Act("settle_both", tr("Conflict: keep it, note both"), ("3",), "settle", "git-compare"),
    Act("task_done", tr("Task done"), (), "task_done", "check"),
    Act("quote", tr("Give a quote"), ("Q",), "quote", "file-text"),
    Act(
        "answer_quote", tr("The contact answered the quote"), ("Shift+Q",), "answer_quote", "scale"
    ),
    Act("feedback", tr("The contact’s feedback"), ("Shift+F",), "feedback", "star"),
    Act("merge", tr("Merge into another ticket"), ("Shift+M",), "merge", "git-merge"),
    Act("link", tr("Link to another ticket"), ("Shift+L",), "link", "link"),
    Act("restrict", tr("Who may read it"), (), "restrict", "shield-alert"),
    Act("fill", tr("Fill in details"), (), "fill", "file-text"),
    Act("reopen", "Re-open", (), "reopen", "history", many=True),
    Act("close", tr("Close"), (), "close", "check-check", many=True),
    Act("cancel", tr("Cancel the ticket"), (), "cancel", "x", many=True),
    Act("popout", tr("Open in a window"), (), "", "square-arrow-out-up-right"),
    Act("copy", tr("Copy number"), (), "", "copy", many=True),
)
WINDOW: tuple[Act, ...] = (
    Act("palette", tr("Search or run a command"), ("Ctrl+K",), "", "search"),
    Act("new", tr("New ticket"), ("Ctrl+N",), "", "plus"),
    Act("sev1", tr("SEV 1 quick log"), ("F9", "Ctrl+Shift+1"), "", "siren"),
    Act("undo", tr("Undo"), ("Ctrl+Z",), "", "undo-2"),
    Act("sync", tr("Sync now"), ("F5",), "", "refresh-cw"),
    Act("unsent", tr("Changes to send"), (), "", "cloud-upload"),
    Act("attention", tr("Changes that were not accepted"), (), "", "triangle-alert"),
    Act("password", tr("Password of the shared desk…"), (), "", "shield-check"),
    Act("filter", tr("Search in list"), ("/",), "", "funnel"),
    Act("apply", tr("Apply the held order"), (".",), "", "pin"),
    Act("next_pane", tr("Next pane"), ("F6",)),
    Act("previous_pane", tr("Previous pane"), ("Shift+F6",)),
    Act("next_warning", tr("Next warning"), ("F8",), "", "bell"),
    Act("previous_warning", tr("Previous warning"), ("Shift+F8",), "", "bell"),
    Act("snooze", tr("Snooze warning"), ("S",), "", "alarm-clock"),
    Act("run_warning", tr("Do what the warning asks"), ("F7",), "", "bell"),
    Act("noisy", tr("Noisiest alarms of the week"), (), "", "bell"),
    Act("outbox", tr("Messages to send"), ("Ctrl+O",), "", "send"),
    Act("for_me", tr("For you: mentions and hand-overs"), ("Ctrl+M",), "", "at-sign"),
    Act("handover", tr("Hand over at the change of shift"), ("Ctrl+Shift+H",), "", "users-round"),
    Act("tasks", tr("Tasks for leads"), ("Ctrl+T",), "", "bell"),
    Act("save_view", tr("Save this view…"), (), "", "bookmark"),
    Act("views", tr("Saved views: rename, order, share…"), (), "", "bookmark"),
    Act("macros", tr("Macros: run, change, order, share…"), ("Ctrl+J",), "", "workflow"),
    Act("record_macro", tr("Make a macro of what I did last…"), (), "", "workflow"),
    Act("wallboard", tr("Show the wallboard…"), (), "", "monitor"),
    Act("import", tr("Import…"), (), "", "file-down"),
    Act("field", tr("Field mode: my visits"), ("F10",), "", "truck"),
    Act("settings", tr("Settings"), ("Ctrl+,",), "", "list"),
    Act("quiet", tr("Do not disturb for an hour, or end it"), (), "", "moon"),
    Act("doctor", tr("What works on this computer"), (), "", "monitor"),
    Act("keys", tr("All keys"), ("?", "F1"), "", "list"),
    Act("back", tr("Back to the list"), ("Esc",)),
)
ACTS: dict[str, Act] = {act.name: act for act in (*TICKET, *WINDOW)}
_OF_KIND = {act.kind: act for act in reversed(TICKET) if act.kind}
_MANY = frozenset(act.name for act in TICKET if act.many)
NO_TICKET = tr("No ticket is open. Choose one in the list.")
GO_KEY = "G"
GO: dict[str, str] = {
    "M": "my",
    "U": "unassigned",
    "A": "all",
    "1": "tier:1",
    "2": "tier:2",
    "3": "tier:3",
    "D": "due",
    "W": "waiting",
    "R": "resolved",
    "E": "escalated",
}


def of_kind(kind: str) -> Act:
    """The act for an action of `desk.actions`, or by its own name: "complain", "take".

    Raises:
        KeyError: there is none.
    """
    if kind in ACTS:
        return ACTS[kind]
    return ACTS["take"] if kind == "release" else _OF_KIND[kind]


def of_many(name: str) -> bool:
    """Whether the act of that name, or of that sheet's, goes to every selected ticket."""
    return name.removesuffix("_many") in _MANY


def all_of_kind(kind: str) -> tuple[Act, ...]:
    """Every act that this action allows: a conflict is settled in three ways."""
    return tuple(act for act in TICKET if act.kind == kind)


def reason(act: Act, view: TicketView | None) -> str:
    """Why an act cannot be done on this ticket now, "" when it can."""
    if act not in TICKET:
        return ""
    if view is None:
        return NO_TICKET
    if act.name == "take" and view.mine:
        return view.action("release").reason
    return view.action(act.kind).reason if act.kind else ""
