"""Every act of the console by name: its word, its keys, and what it is about.

Buttons, keys, menus and the palette all speak of acts by these names; what an act does is wired
in the window, whether a ticket allows it is asked of the ticket.
"""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.ticket_view import TicketView


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
    Act("take", "Take and start the timer, or release", ("T",), "take", "user-round", many=True),
    Act("assign", "Assign to…", (), "assign", "users-round", many=True),
    Act("escalate", "Escalate one line", ("E",), "escalate", "arrow-up-right"),
    Act("escalate3", "Escalate straight to 3rd line", ("Shift+E",), "escalate", "arrow-up-right"),
    Act("consult", "Consult, ticket stays", ("C",), "consult", "users-round"),
    Act("wait", "Wait for…", ("W",), "wait", "pause", many=True),
    Act("status", "Change status", (), "status", "circle-dot", many=True),
    Act("visit", "Visit: travel, on site, leave", ("V",), "visit", "map-pin"),
    Act("plan_visit", "Plan a visit", ("Shift+V",), "plan_visit", "calendar-clock"),
    Act("part", "Note a part that was used", (), "part", "package"),
    Act("sign_off", "Sign-off of the contact", (), "sign_off", "pen-line"),
    Act("resolve", "Resolve", ("R",), "resolve", "check", many=True),
    Act("note", "Note", ("N",), "note", "sticky-note", many=True),
    Act("message", "Message to contact", ("M",), "message", "mail", many=True),
    Act("time", "Log time", ("L",), "time", "timer"),
    Act("attach", "Attach a file or a photo", ("F",), "attach", "paperclip"),
    Act("prioritise", "Priority", ("P",), "prioritise", "triangle-alert", many=True),
    Act("client_escalation", "The client’s own escalation", ("Shift+P",), "complain", "megaphone"),
    Act("received", "The contact replied", ("Shift+R",), "", "reply"),
    Act("stay", "Stay on it, with a reason", ("Shift+S",), "stay", "clock"),
    Act("workaround", "Workaround found", ("Shift+W",), "workaround", "check"),
    Act("alert", "Alert a lead", ("Shift+A",), "alert", "bell"),
    Act("dispute", "The contact disputes the priority", (), "dispute", "scale"),
    Act("gate", "Ask for project or testing", (), "gate", "users-round"),
    Act("pass_gate", "Answer of the gate’s keeper", (), "pass_gate", "shield-check"),
    Act("consent", "Consent to remote control", (), "consent", "monitor"),
    Act("why", "Why this deadline?", ("Y",), "", "clock"),
    Act("verify", "Identify caller", ("I",), "verify", "shield-check"),
    Act("set_pin", "Set the contact’s PIN", (), "", "shield-check"),
    Act("timer", "Begin or stop work timer", ("B",), "timer", "timer"),
    Act("correct_time", "Correct logged time", (), "correct_time", "timer"),
    Act("copy_message", "Copy the message to send", ("Ctrl+Shift+C",), "deliver", "copy"),
    Act("deliver", "Mark it as sent by hand", ("Ctrl+Shift+M",), "deliver", "send"),
    Act("settle_keep", "Conflict: keep what stands", ("1",), "settle", "git-compare"),
    Act("settle_mine", "Conflict: take the other value", ("2",), "settle", "git-compare"),
    Act("settle_both", "Conflict: keep it, note both", ("3",), "settle", "git-compare"),
    Act("task_done", "Task done", (), "task_done", "check"),
    Act("quote", "Give a quote", ("Q",), "quote", "file-text"),
    Act("answer_quote", "The contact answered the quote", ("Shift+Q",), "answer_quote", "scale"),
    Act("feedback", "The contact’s feedback", ("Shift+F",), "feedback", "star"),
    Act("merge", "Merge into another ticket", ("Shift+M",), "merge", "git-merge"),
    Act("link", "Link to another ticket", ("Shift+L",), "link", "link"),
    Act("restrict", "Who may read it", (), "restrict", "shield-alert"),
    Act("fill", "Fill in details", (), "fill", "file-text"),
    Act("reopen", "Re-open", (), "reopen", "history", many=True),
    Act("close", "Close", (), "close", "check-check", many=True),
    Act("cancel", "Cancel the ticket", (), "cancel", "x", many=True),
    Act("popout", "Open in a window", (), "", "square-arrow-out-up-right"),
    Act("copy", "Copy number", (), "", "copy", many=True),
)
WINDOW: tuple[Act, ...] = (
    Act("palette", "Search or run a command", ("Ctrl+K",), "", "search"),
    Act("new", "New ticket", ("Ctrl+N",), "", "plus"),
    Act("sev1", "SEV 1 quick log", ("F9", "Ctrl+Shift+1"), "", "siren"),
    Act("undo", "Undo", ("Ctrl+Z",), "", "undo-2"),
    Act("sync", "Sync now", ("F5",), "", "refresh-cw"),
    Act("unsent", "Changes to send", (), "", "cloud-upload"),
    Act("attention", "Changes that were not accepted", (), "", "triangle-alert"),
    Act("password", "Password of the shared desk…", (), "", "shield-check"),
    Act("filter", "Search in list", ("/",), "", "funnel"),
    Act("apply", "Apply the held order", (".",), "", "pin"),
    Act("next_pane", "Next pane", ("F6",)),
    Act("previous_pane", "Previous pane", ("Shift+F6",)),
    Act("next_warning", "Next warning", ("F8",), "", "bell"),
    Act("previous_warning", "Previous warning", ("Shift+F8",), "", "bell"),
    Act("snooze", "Snooze warning", ("S",), "", "alarm-clock"),
    Act("run_warning", "Do what the warning asks", ("F7",), "", "bell"),
    Act("noisy", "Noisiest alarms of the week", (), "", "bell"),
    Act("outbox", "Messages to send", ("Ctrl+O",), "", "send"),
    Act("for_me", "For you: mentions and hand-overs", ("Ctrl+M",), "", "at-sign"),
    Act("handover", "Hand over at the change of shift", ("Ctrl+Shift+H",), "", "users-round"),
    Act("tasks", "Tasks for leads", ("Ctrl+T",), "", "bell"),
    Act("save_view", "Save this view…", (), "", "bookmark"),
    Act("views", "Saved views: rename, order, share…", (), "", "bookmark"),
    Act("macros", "Macros: run, change, order, share…", ("Ctrl+J",), "", "workflow"),
    Act("record_macro", "Make a macro of what I did last…", (), "", "workflow"),
    Act("wallboard", "Show the wallboard…", (), "", "monitor"),
    Act("import", "Import…", (), "", "file-down"),
    Act("field", "Field mode: my visits", ("F10",), "", "truck"),
    Act("settings", "Settings", ("Ctrl+,",), "", "list"),
    Act("quiet", "Do not disturb for an hour, or end it", (), "", "moon"),
    Act("doctor", "What works on this computer", (), "", "monitor"),
    Act("keys", "All keys", ("?", "F1"), "", "list"),
    Act("back", "Back to the list", ("Esc",)),
)
ACTS: dict[str, Act] = {act.name: act for act in (*TICKET, *WINDOW)}
_OF_KIND = {act.kind: act for act in reversed(TICKET) if act.kind}
_MANY = frozenset(act.name for act in TICKET if act.many)
NO_TICKET = "No ticket is open. Choose one in the list."
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
