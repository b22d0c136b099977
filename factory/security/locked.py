"""A key file that a passphrase locks: whoever finds the stick has still nothing.

One line: `locked 1` · salt · nonce · AES-256-GCM of the file's lines, under a key that scrypt makes
of the passphrase with 64 megabytes of memory, so that guessing is dear.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from factory.kernel.errors import FactoryError, Refused

START = "locked 1"
COST = 1 << 16
SALT, NONCE = 16, 12


class KeyLocked(FactoryError):
    """The key file is locked. Type its passphrase when asked, or set DIDIM_KEY_PASSPHRASE."""


class PassphraseWrong(Refused):
    """This is not the passphrase of the key file."""


def is_locked(text: str) -> bool:
    """Whether a key file's text is locked."""
    return text.startswith(START)


def lock(text: str, passphrase: str) -> str:
    """The text, so that it opens with the passphrase alone."""
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, text.encode(), START.encode())
    return f"{START} {salt.hex()} {nonce.hex()} {sealed.hex()}\n"


def unlock(text: str, passphrase: str) -> str:
    """The text again.

    Raises:
        KeyLocked: no passphrase was given.
        PassphraseWrong: it is another one, or the file was changed.
    """
    if not passphrase:
        raise KeyLocked
    try:
        salt, nonce, sealed = (bytes.fromhex(part) for part in text.split()[2:])
        key = AESGCM(_key(passphrase, salt))
        return key.decrypt(nonce, sealed, START.encode()).decode()
    except (InvalidTag, ValueError):
        raise PassphraseWrong from None


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
