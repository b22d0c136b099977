"""The factory's own authority and its server's certificate, so that pages cross the network sealed.

The authority is bound by name constraints to the names and addresses given: whoever got hold of its
key could vouch for no other site. Server certificates last 397 days, as browsers ask.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from factory.kernel.errors import FactoryError, Refused

FOLDER = "certificates"
AUTHORITY_LASTS = timedelta(days=3650)
SERVER_LASTS = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
A_DAY = timedelta(days=1)
NO_NAME = x509.DNSName("none.invalid")
NO_ADDRESS = x509.IPAddress(ip_network("192.0.2.1/32"))
"""Stand in an authority's bounds where it is for addresses or for names alone."""

Address = IPv4Address | IPv6Address


class NoNames(Refused):
    """Please give a name or an address of this computer, for example --address 192.168.0.10."""


class NameUnusable(Refused):
    """{name} can't be a name of a computer. Please use letters, digits, hyphens and dots."""


class AddressUnusable(Refused):
    """{address} is no address on the network. Please write it like 192.168.0.10."""


class NotOfThisAuthority(Refused):
    """The authority is for {names} only. Make and install another with --new-authority."""


class CertificateUnusable(FactoryError):
    """The certificate in {folder} can't be read. Make it anew: didim cert."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the server is called on the network, and its addresses there."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]

    def __str__(self) -> str:
        return ", ".join((*self.names, *map(str, self.addresses)))

    def general(self) -> list[x509.GeneralName]:
        """As a certificate names them."""
        named: list[x509.GeneralName] = [x509.DNSName(name) for name in self.names]
        return [*named, *(x509.IPAddress(address) for address in self.addresses)]

    def permitted(self) -> list[x509.GeneralName]:
        """As an authority is bound to them: each address as a network of one."""
        named: list[x509.GeneralName] = [x509.DNSName(name) for name in self.names]
        return [*named, *(x509.IPAddress(ip_network(address)) for address in self.addresses)]


@dataclass(frozen=True, slots=True)
class Files:
    """Where authority and certificate lie; keys are readable by their owner only."""

    folder: Path

    @property
    def authority(self) -> Path:
        """What is installed on the terminals."""
        return self.folder / "ca.crt"

    @property
    def authority_key(self) -> Path:
        """What the authority signs with."""
        return self.folder / "ca.key"

    @property
    def certificate(self) -> Path:
        """What the server shows."""
        return self.folder / "server.crt"

    @property
    def key(self) -> Path:
        """What the server proves it with."""
        return self.folder / "server.key"

    @property
    def whole(self) -> bool:
        """Whether the server can listen with them."""
        return self.certificate.exists() and self.key.exists()


def files_in(instance: Path) -> Files:
    """The files of an installation."""
    return Files(instance / FOLDER)


def names_of(names: Iterable[str], addresses: Iterable[str]) -> Names:
    """Names and addresses as they were typed, checked."""
    found = tuple(dict.fromkeys(_checked(name.strip().lower()) for name in names))
    numbers = tuple(dict.fromkeys(_numbered(each.strip()) for each in addresses))
    if not found and not numbers:
        raise NoNames
    return Names(found, numbers)


def _numbered(address: str) -> Address:
    try:
        return ip_address(address)
    except ValueError:
        raise AddressUnusable(address=address) from None


def _checked(name: str) -> str:
    labels = name.split(".")
    fine = all(label and label.replace("-", "").isalnum() and label.isascii() for label in labels)
    if not fine or len(name) > 253 or name.replace(".", "").isdigit():  # noqa: PLR2004 - DNS
        raise NameUnusable(name=name)
    return name


def make(files: Files, names: Names, *, anew: bool, at: datetime) -> bool:
    """Make what is missing: the authority once, the server's certificate each time.

    Returns:
        Whether the authority is new, and has to be installed on the terminals.
    """
    files.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = anew or not files.authority.exists()
    if new:
        _make_authority(files, names, at)
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    _refuse_others(authority, names)
    signing = serialization.load_pem_private_key(files.authority_key.read_bytes(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _begun(authority.subject, x509.Name([]), key, at, SERVER_LASTS)
        .add_extension(x509.SubjectAlternativeName(names.general()), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_key_id(authority), critical=False)
        .sign(signing, hashes.SHA256())  # type: ignore[arg-type]  # our own, an elliptic one
    )
    _keep_key(files.key, key)
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return new


def _make_authority(files: Files, names: Names, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Didim {at:%Y-%m-%d %H:%M}")])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        _begun(called, called, key, at, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(_bounds(names), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _keep_key(files.authority_key, key)
    files.authority.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _bounds(names: Names) -> list[x509.GeneralName]:
    """Where only names are given no address is allowed, and the other way round."""
    bounds = names.permitted()
    if not names.names:
        bounds.append(NO_NAME)
    if not names.addresses:
        bounds.append(NO_ADDRESS)
    return bounds


def _begun(
    issuer: x509.Name,
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - A_DAY)
        .not_valid_after(at - A_DAY + lasts)
    )


def _key_id(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _refuse_others(authority: x509.Certificate, names: Names) -> None:
    bounds = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    allowed = bounds.permitted_subtrees or []
    if not all(each in allowed for each in names.permitted()):
        real = (each.value for each in allowed if each not in {NO_NAME, NO_ADDRESS})
        told = ", ".join(str(each).removesuffix("/32").removesuffix("/128") for each in real)
        raise NotOfThisAuthority(names=told)


def _keep_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text)


def names_in(files: Files) -> frozenset[str]:
    """The names that the certificate is for; none where there is no certificate."""
    try:
        found = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    except (OSError, ValueError):  # `lasts_until` says so where it matters
        return frozenset()
    said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return frozenset(said.get_values_for_type(x509.DNSName))


def lasts_until(files: Files) -> datetime:
    """When the server's certificate ends."""
    try:
        made = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    except (OSError, ValueError):
        raise CertificateUnusable(folder=files.folder) from None
    return made.not_valid_after_utc


def is_ending(files: Files, *, at: datetime) -> bool:
    """Whether the certificate has to be made anew within the month."""
    return lasts_until(files) - at < RENEW_BEFORE
