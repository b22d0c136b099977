"""A place that can be shut for writing and opened again, and one that is nearly full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MOUNT = "mount"


class Place:
    """A folder that is shut for whoever opens something in it; for root by a mount of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_root = os.geteuid() == 0
        if self._is_root:
            self._folder_of_all = folder.with_name(f"{folder.name}-below")
            self._folder_of_all.mkdir()
            _told(MOUNT, "--bind", str(self._folder_of_all), str(folder))

    @property
    def below(self) -> Path:
        """The same folder, where it stays open."""
        return self._folder_of_all if self._is_root else self.folder

    def shut(self) -> None:
        if self._is_root:
            _told(MOUNT, "-o", "remount,bind,ro", str(self.folder))
            return
        for each in (*self.folder.rglob("*"), self.folder):
            each.chmod(0o555 if each.is_dir() else 0o444)

    def open(self) -> None:
        if self._is_root:
            _told(MOUNT, "-o", "remount,bind,rw", str(self.folder))
            return
        for each in (self.folder, *self.folder.rglob("*")):
            each.chmod(0o755 if each.is_dir() else 0o600)

    def leave(self) -> None:
        self.open()
        if self._is_root:
            _told("umount", "-l", str(self.folder))


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """A new folder that can be shut."""
    folder.mkdir()
    found = Place(folder)
    try:
        yield found
    finally:
        found.leave()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own of that size; only root can make one."""
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    _told(MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        _told("umount", "-l", str(folder))


def _told(*words: str) -> None:
    done = subprocess.run(words, check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"{words[0]} is not allowed here: {done.stderr.decode().strip()}")
