"""What is said when the disk or the database does not take what it is given."""

from __future__ import annotations

import errno

from factory.kernel.words import mark

FULL = mark("The computer's disk is full. Nothing was saved. Please call the keeper.")
READ_ONLY = mark("The computer's disk can't be written. Nothing was saved. Please call the keeper.")
BUSY = mark("The computer is busy. Nothing was saved. Please try again in a minute.")
AWAY = mark("The database does not answer. Nothing was saved. Please call the keeper.")
_SAID = {
    "full": FULL,
    "no space left": FULL,
    "readonly": READ_ONLY,
    "read-only": READ_ONLY,
    "locked": BUSY,
    "timeout": BUSY,
    "deadlock": BUSY,
}
"""What the databases say, in small letters."""
_NUMBERED = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}


def of_database(error: BaseException | None) -> str:
    """What to say of an error that the database gave."""
    text = str(error).lower()
    return next((said for words, said in _SAID.items() if words in text), AWAY)


def of_system(error: OSError) -> str | None:
    """What to say of an error that the system gave, if it is one of the disk's."""
    return _NUMBERED.get(error.errno or 0)
