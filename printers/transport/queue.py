"""A printer behind this computer's own queue (CUPS): raw, and nothing is known afterwards."""

from __future__ import annotations

import shutil
import subprocess

from printers.transport import limits
from printers.transport.faults import NotInstalled, TooSlow, Unreachable


def hand_over(job: bytes, queue: str) -> None:
    """Give a whole job to the queue, unchanged; as long as that fails, nothing has left."""
    program = shutil.which("lp")
    if program is None:
        raise NotInstalled
    command = [program, "-d", queue, "-o", "raw", "-s"]
    seconds = limits.PROGRESS_SECONDS
    try:
        subprocess.run(command, input=job, check=True, capture_output=True, timeout=seconds)  # noqa: S603 - a fixed program, a checked name
    except subprocess.TimeoutExpired as error:
        raise TooSlow(len(job)) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unreachable from error
