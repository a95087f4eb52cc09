"""Files on a ticket: what may be attached under a policy, and what a file is called."""

from __future__ import annotations

import re

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr

MEBIBYTE = 1024 * 1024
_LONGEST = 120
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What steers a terminal or a file system, or means something else on one of them.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# Kinds that some system runs, installs or follows instead of showing them.
_RUN = frozenset(
    "action app appimage application appref-ms apk bash bat bin cab chm cmd com command cpl csh "
    "deb desktop diagcab dll dmg docm dotm elf exe fish gadget hta htm html img inf ins iso jar "
    "jnlp js jse ksh library-ms lnk lua mht mhtml mjs msc msi msix msp mst out php pif pkg pl "
    "potm ppam ppsm pptm ps1 psm1 py pyc pyw pyz rb reg rpm run scf scpt scr sct search-ms "
    "service settingcontent-ms sh shb shs shtml sldm svg sys tcsh terminal theme tool url vb vbe "
    "vbs vhd vhdx webloc workflow ws wsc wsf wsh xbap xht xhtml xla xlam xll xlsm xltm zsh".split()
)


def attach(act: Act, command: cmd.Attach) -> Answer:
    """Name a file on the ticket, an ended one too; its bytes travel apart from the act."""
    name = file_name(command.name)
    if not _SHA256.fullmatch(command.sha256):
        return Refusal(tr("The file was not read."), tr("Attach it again."), "sha256")
    if refusal := too_much(act.policy, name, command.size):
        return refusal
    event = ev.Attached(
        at=act.now,
        by=act.by,
        name=name,
        sha256=command.sha256,
        size=command.size,
        media=command.media.strip(),
        text=command.text.strip(),
    )
    return [event]


def too_much(policy: Policy, name: str, size: int) -> Refusal | None:
    """Why a policy does not take a file of this name and so many bytes, None when it does."""
    table, kind = policy.file.attachments, kind_of(name)
    if size <= 0:
        return Refusal(
            tr("{name} is empty.", name=name),
            tr("Check that it was saved, then attach it."),
            "size",
        )
    if size > table.largest_mb * MEBIBYTE:
        most = f"{policy.label} takes files up to {table.largest_mb} MB"
        return Refusal(
            tr("{name} has {size}; {most}.", name=name, size=size_word(size), most=most),
            tr(
                "Make it smaller (a picture of less detail, the part of a log that "
                "matters), or note where it is kept."
            ),
            "size",
        )
    if kind and kind in {each.casefold().lstrip(".") for each in table.refused}:
        listed = ", ".join(table.refused)
        return Refusal(
            tr(
                "{label} takes no files of the kind {kind} (nor: {listed}).",
                label=policy.label,
                kind=kind,
                listed=listed,
            ),
            tr("Attach a picture of it, or note where it is kept."),
            "name",
        )
    return None


def file_name(name: str) -> str:
    """A name that every system can keep, without folders: "../a:b.txt" is "a_b.txt"."""
    last = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    plain = _UNSAFE.sub("_", last).strip(". ")
    stem, dot, kind = plain.rpartition(".")
    if len(plain) > _LONGEST:
        kind = kind[:16] if dot else ""
        plain = f"{(stem or plain)[: _LONGEST - 17].rstrip('. ')}{dot}{kind}"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return plain or "file"


def kind_of(name: str) -> str:
    """What comes after the last dot, in small letters: "pdf"; "" for none."""
    stem, _, kind = name.rpartition(".")
    return kind.strip().casefold() if stem else ""


def is_run(name: str) -> bool:
    """Whether opening a file of that name could run it, on whatever system."""
    return kind_of(name) in _RUN


def size_word(size: int) -> str:
    """Bytes as people say them: "340 KB", "2.4 MB"."""
    if size < 1000:
        return f"{size} B"
    kilobytes = size / 1024
    if kilobytes < 999.5:
        return f"{max(kilobytes, 1):.0f} KB"
    return f"{size / MEBIBYTE:.1f} MB"
