"""Which hosts are this machine itself."""

from __future__ import annotations

from ipaddress import ip_address
from socket import inet_aton, inet_ntoa


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is a name or an address of this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        try:
            address = ip_address(inet_ntoa(inet_aton(host)))  # 127.1
        except (OSError, UnicodeError):
            return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
