"""A certificate of one's own, for a phone in the same network: location and camera want https."""

import datetime
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.core.clock import now

_LIFE = datetime.timedelta(days=365)


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses in its networks, the one of the default route first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which address would be used
            found.append(probe.getsockname()[0])
        except OSError:
            pass  # no network
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        infos = []
    found += [str(info[4][0]) for info in infos]
    return [each for each in dict.fromkeys(found) if not each.startswith("127.")]


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """Certificate and key (PEM) in `folder` for this machine's addresses; kept while they hold.

    Raises OSError where the folder cannot be used.
    """
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    addresses = ["127.0.0.1", "::1", *lan_addresses()]
    if certificate.exists() and key.exists() and _still_good(certificate, addresses):
        return certificate, key
    folder.mkdir(parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nuanfeng on this machine")])
    begin = now()
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin - datetime.timedelta(days=1))
        .not_valid_after(begin + _LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), *(x509.IPAddress(ipaddress.ip_address(a)) for a in addresses)]
            ),
            critical=False,
        )
        .sign(private, hashes.SHA256())
    )
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _still_good(certificate: Path, addresses: list[str]) -> bool:
    try:
        held = x509.load_pem_x509_certificate(certificate.read_bytes())
        names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    covered = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return covered.issuperset(addresses) and held.not_valid_after_utc > now() + datetime.timedelta(days=7)
