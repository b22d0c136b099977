"""The factory's own authority vouches for its own server, and for nothing else."""

from __future__ import annotations

import http.client
import ssl
import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from click.testing import CliRunner
from cryptography import x509
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from factory.app import SETTINGS
from factory.cli import main
from factory.kernel.time import now
from factory.upkeep import certificates
from factory.upkeep.certificates import (
    AddressUnusable,
    CertificateUnusable,
    Files,
    NameUnusable,
    NoNames,
    NotOfThisAuthority,
)

HOUSE = certificates.names_of(["factory.lan"], ["127.0.0.1"])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    made = certificates.files_in(tmp_path)
    assert certificates.make(made, HOUSE, anew=False, at=now())
    return made


def test_the_authority_is_bound_to_the_names_that_were_given(files: Files) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    bounds = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert bounds.critical
    permitted = [str(each.value) for each in bounds.value.permitted_subtrees or []]
    assert permitted == ["factory.lan", "127.0.0.1/32"]
    basic = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)
    assert "factory" not in authority.subject.rfc4514_string()


def test_the_servers_certificate_lasts_397_days_and_its_keys_are_the_owners_alone(
    files: Files,
) -> None:
    made = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=397)
    for key in (files.key, files.authority_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not certificates.is_ending(files, at=now())
    assert certificates.is_ending(files, at=now() + timedelta(days=367))


def test_a_second_time_the_authority_stays_and_the_certificate_is_new(files: Files) -> None:
    before = (files.authority.read_bytes(), files.certificate.read_bytes())
    assert not certificates.make(files, HOUSE, anew=False, at=now())
    after = (files.authority.read_bytes(), files.certificate.read_bytes())
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert certificates.make(files, HOUSE, anew=True, at=now())
    assert files.authority.read_bytes() != before[0]


def test_other_names_need_a_new_authority(files: Files) -> None:
    other = certificates.names_of(["elsewhere.lan"], [])
    with pytest.raises(NotOfThisAuthority) as refusal:
        certificates.make(files, other, anew=False, at=now())
    assert refusal.value.values["names"] == "factory.lan, 127.0.0.1"
    assert certificates.make(files, other, anew=True, at=now())


@pytest.mark.parametrize("name", ["a b", "", "공장.lan", "-.", "1.2.3.4", "x" * 260, "a..b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(NameUnusable):
        certificates.names_of([name], [])


def test_without_a_name_nothing_is_made() -> None:
    with pytest.raises(NoNames):
        certificates.names_of([], [])


def test_what_is_no_address_is_refused_as_an_address() -> None:
    for wrong in ("192.168.0.300", "192.168.0.1/24", "factory.lan", "", "'"):
        with pytest.raises(AddressUnusable) as refusal:
            certificates.names_of([], [wrong])
        assert refusal.value.values["address"] == wrong


@pytest.mark.parametrize(
    ("names", "addresses", "told"),
    [(["factory.lan"], [], "factory.lan"), ([], ["192.168.0.10"], "192.168.0.10")],
    ids=["names alone", "addresses alone"],
)
def test_what_an_authority_is_for_is_told_without_what_stands_in_for_nothing(
    tmp_path: Path, names: list[str], addresses: list[str], told: str
) -> None:
    files = certificates.files_in(tmp_path)
    certificates.make(files, certificates.names_of(names, addresses), anew=False, at=now())
    with pytest.raises(NotOfThisAuthority) as refusal:
        certificates.make(files, HOUSE, anew=False, at=now())
    assert refusal.value.values["names"] == told


def test_a_broken_certificate_is_said_to_be_one(files: Files) -> None:
    files.certificate.write_text("no certificate")
    with pytest.raises(CertificateUnusable):
        certificates.lasts_until(files)


def serve(files: Files) -> Iterator[int]:
    def house(_environ: object, start: object) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])  # type: ignore[operator]
        return [b"open"]

    server = Server(("127.0.0.1", 0), house)
    server.ssl_adapter = BuiltinSSLAdapter(str(files.certificate), str(files.key))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    yield server.bind_addr[1]
    server.stop()


def asked(port: int, authority: Path) -> bytes:
    trusting = ssl.create_default_context(cafile=str(authority))
    with_house = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)
    with_house.request("GET", "/")
    return with_house.getresponse().read()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whoever_trusts_the_authority_reads_the_house_and_nobody_else(
    files: Files, tmp_path: Path
) -> None:
    stranger = certificates.files_in(tmp_path / "other")
    certificates.make(stranger, HOUSE, anew=False, at=now())
    for port in serve(files):
        assert asked(port, files.authority) == b"open"
        with pytest.raises(ssl.SSLCertVerificationError):
            asked(port, stranger.authority)


def test_the_command_makes_it_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    call = ["--language", "en", "cert", "--name", "factory.lan", "--address", "192.168.0.10"]
    first = CliRunner().invoke(main, call)
    assert first.exit_code == 0
    assert "factory.lan, 192.168.0.10" in first.output
    assert "/trust" in first.output
    assert "/trust" not in CliRunner().invoke(main, call).output
    assert CliRunner().invoke(main, ["cert"]).exit_code == 2


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_terminal_finds_the_authority_and_how_to_install_it(
    app: Flask, client: FlaskClient
) -> None:
    settings: Settings = app.extensions[SETTINGS]
    made = certificates.files_in(settings.instance)
    assert client.get("/ca.crt").location == "/trust"
    assert "didim cert" in client.get("/trust?language=en").text
    certificates.make(made, HOUSE, anew=False, at=now())
    assert client.get("/ca.crt").data == made.authority.read_bytes()
    assert client.get("/ca.svg").text.startswith("<svg")
    page = client.get("/trust?language=en")
    assert "others on the same wireless network can read" in page.text
    sealed = client.get("/trust?language=en", base_url="https://localhost")
    assert "trusts the house already" in sealed.text
    for path in made.folder.iterdir():
        path.unlink()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_who_signs_in_over_plain_http_is_told_who_can_read_along(client: FlaskClient) -> None:
    told = "others on the same network can read along"

    def page(where: str, base: str) -> str:
        given = {"REMOTE_ADDR": where}
        return client.get("/sign-in?language=en", base_url=base, environ_base=given).text

    assert told in page("192.168.0.31", "http://192.168.0.10:5000")
    assert 'href="/trust"' in page("192.168.0.31", "http://192.168.0.10:5000")
    assert told not in page("192.168.0.31", "https://192.168.0.10:5443")
    assert told not in page("127.0.0.1", "http://localhost")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_cookie_of_the_forms_is_sealed_over_https(client: FlaskClient) -> None:
    plain = client.get("/sign-in", base_url="http://localhost").headers["Set-Cookie"]
    sealed = client.get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert plain.startswith("didim_forms=")
    assert "Secure" not in plain
    assert sealed.startswith("__Host-didim_forms=")
    assert "; Secure" in sealed
    assert "; HttpOnly" in sealed
