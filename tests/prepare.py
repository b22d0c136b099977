"""Before the tests: get a browser where that is possible, or say plainly what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

LIGHT = "chromium-headless-shell"
"""The same engine without a window around it: it draws pages with half the work."""
BROWSERS = (LIGHT, "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "libatomic1")


def browser() -> str | None:
    """The path of a browser that the tests can drive; the lightest that is here."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def main() -> None:
    """Install Chromium by Debian's packages when we may; otherwise say how."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install_what_is_missing()
    if browser() is None:
        print("No Chromium here: the browser tests will be skipped.")
        print(f"To get it on Debian or Ubuntu: sudo apt-get install {' '.join(PACKAGES)}")
        if os.environ.get("CI"):
            sys.exit("In CI a missing browser is an error.")


def _install_what_is_missing() -> None:
    if browser() is None:
        _apt_get("update")
    if shutil.which(LIGHT) is None:
        _apt_get("install", "-y", "--no-install-recommends", LIGHT, "libatomic1")
    if browser() is None:
        _apt_get("install", "-y", "--no-install-recommends", *PACKAGES)


def _apt_get(*order: str) -> None:
    """Do it, or not, where a package is not to be had: what is here is looked at afterwards."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    silent = subprocess.DEVNULL
    command = ["apt-get", "-qq", *order]
    subprocess.run(command, check=False, env=environment, stdout=silent, stderr=silent)


if __name__ == "__main__":
    main()
