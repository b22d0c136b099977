"""Before the tests: get a browser where that is possible, or say plainly what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell without windows, which needs half the time of the whole browser, before that."""
PACKAGES = ("chromium-headless-shell", "libatomic1")


def browser() -> str | None:
    """The path of a browser that the tests can drive."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def main() -> None:
    """Install Chromium by Debian's packages when we may; otherwise say how."""
    if browser() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if browser() is None:
        print("No Chromium here: the browser tests will be skipped.")
        print(f"To get it on Debian or Ubuntu: sudo apt-get install {' '.join(PACKAGES)}")
        if os.environ.get("CI"):
            sys.exit("In CI a missing browser is an error.")


if __name__ == "__main__":
    main()
