"""Let the environment find the checkout's package and its command, as an editable install would."""

import os
import sys
import sysconfig
from pathlib import Path

desktop = Path(__file__).resolve().parents[1] / "desktop"
site = Path(sysconfig.get_path("purelib"))
(site / "tierline.pth").write_text(f"{desktop}\n", encoding="utf-8")

scripts = Path(sysconfig.get_path("scripts"))
if os.name == "nt":
    command = scripts / "tierline.cmd"
    command.write_text('@"%~dp0python.exe" -m tierline %*\n', encoding="utf-8")
else:
    command = scripts / "tierline"
    command.write_text(
        f"#!{sys.executable}\nfrom tierline.cli import main\n\nmain()\n", encoding="utf-8"
    )
    command.chmod(0o755)
