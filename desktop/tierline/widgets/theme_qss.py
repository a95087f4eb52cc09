"""The one application style sheet, made from the colour tokens and the text scale.

Widgets choose a look by a property, never by a sheet of their own: `setProperty("role", …)` with
title, head, caption, second, second-strong, quiet, strong, over, soon on a QLabel, or pane, win,
card on a QFrame.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor

_BASE = Template("""
QWidget { font-size: ${s13}px; }
QMainWindow, QDialog { background: $win; color: $ink; }
QToolTip { background: $raised; color: $ink; border: ${o}px solid $edge; padding: ${s4}px; }
QLabel { color: $ink; background: transparent; }
QLabel[role="title"] { font-size: ${s16}px; font-weight: 600; }
QLabel[role="head"] { font-size: ${s15}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="second"] { font-size: ${s12}px; color: $ink2; }
QLabel[role="second-strong"] { font-size: ${s12}px; font-weight: 600; }
QLabel[role="quiet"] { font-size: ${s12}px; color: $ink3; }
QLabel[role="caption"] { font-size: ${s11}px; font-weight: 600; color: $ink3; }
QLabel[role="over"] { color: $now; font-weight: 600; }
QLabel[role="error"] { font-size: ${s12}px; color: $now; font-weight: 600; }
QLabel[role="sheet-title"] { font-size: ${s17}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${s20}px; font-weight: 600; }
QLabel[role="label"] { font-size: ${s12}px; font-weight: 600; }
QLabel[role="small"] { font-size: ${s11}px; color: $ink3; }
QLabel[role="soon"] { color: $soon; font-weight: 600; }
QFrame[role="pane"] { background: $pane; border: none; }
QFrame[role="win"] { background: $win; border: none; }
QFrame[role="sheet"] { background: $sheet; border: none; }
QFrame[role="card"] { background: $raised; border: ${o}px solid $line; border-radius: ${s6}px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; }
QFrame[role="vrule"] { background: $line; border: none; max-width: 1px; }
QFrame[role="dialog"] { background: $pane; border: ${o}px solid $edge; border-radius: ${s8}px; }
QFrame[role="dialog-head"] { background: $win; border: none; border-bottom: 1px solid $line;
  border-top-left-radius: 7px; border-top-right-radius: 7px; }
QFrame[role="dialog-foot"] { background: $win; border: none; border-top: 1px solid $line;
  border-bottom-left-radius: 7px; border-bottom-right-radius: 7px; }
QFrame[role="palette-head"] { background: $raised; border: none; border-bottom: 1px solid $line;
  border-top-left-radius: 7px; border-top-right-radius: 7px; }
QFrame[role="alarm"] { background: $nowfill; border: none; min-height: 5px; max-height: 5px;
  border-top-left-radius: 7px; border-top-right-radius: 7px; }
QFrame[role="list"] { background: $sheet; border: ${o}px solid $line; border-radius: ${s6}px; }
QSplitter { background: $line; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $acc; }
""")

_INPUTS = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit {
  background: $raised; color: $ink; border: ${o}px solid $edge; border-radius: ${s5}px;
  padding: ${s3}px ${s8}px; selection-background-color: $acc; selection-color: $onacc; }
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit { min-height: ${s20}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $ink3; background: $pane; }
QLineEdit[big="true"] { font-size: ${s15}px; min-height: ${s32}px; }
QLineEdit[thumb="true"] { font-size: ${s15}px; min-height: ${s42}px; }
QLineEdit[plain="true"] {
  font-size: ${s16}px; min-height: ${s24}px; background: transparent; border: none; padding: 0;
}
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {
  border: 2px solid $nowfill; }
QComboBox::drop-down { border: none; width: ${s20}px; }
QComboBox QAbstractItemView { background: $raised; color: $ink; border: 1px solid $edge;
  selection-background-color: $sel; selection-color: $ink; outline: 0; }
QCheckBox, QRadioButton { color: $ink; spacing: ${s8}px; min-height: ${s24}px; }
QMenu { background: $raised; color: $ink; border: ${o}px solid $edge; padding: ${s4}px; }
QMenu::item { padding: ${s4}px ${s20}px ${s4}px ${s12}px; min-height: ${s20}px;
  border-radius: ${s3}px; }
QMenu::item:selected { background: $sel; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px; }
QTreeView, QListView { background: transparent; color: $ink; border: none; outline: 0; }
QProgressBar { background: $sunk; border: none; border-radius: 2px; max-height: ${s8}px;
  color: transparent; }
QProgressBar::chunk { background: $bar; border-radius: 2px; }
QTabBar::tab { color: $ink2; padding: ${s4}px ${s10}px; border: ${o}px solid transparent;
  border-radius: ${s5}px; }
QTabBar::tab:selected { color: $ink; background: $raised; border-color: $edge; font-weight: 600; }
""")

_BARS = Template("""
QScrollBar:vertical { background: transparent; width: ${s12}px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: ${s12}px; margin: 0; border: none; }
QScrollBar::handle:vertical { background: $edge; border-radius: 2px; min-height: ${s32}px;
  margin: ${s4}px ${s4}px ${s4}px ${s4}px; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 2px; min-width: ${s32}px;
  margin: ${s4}px; }
QScrollBar::handle:hover { background: $ink3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")

_SIZES = (2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 15, 16, 17, 20, 24, 28, 32, 42)


def style_sheet(tokens: dict[str, QColor], scale: int, outline: int) -> str:
    """The sheet for these colours; `scale` in per cent, `outline` in px."""
    words: dict[str, str | int] = {name: colour.name() for name, colour in tokens.items()}
    words |= {f"s{size}": round(size * scale / 100) for size in _SIZES}
    words["o"] = outline
    return "".join(part.substitute(words) for part in (_BASE, _INPUTS, _BARS))
