"""One document over HTTPS, fetched so that a stranger who chooses the address gains nothing by it.

Whoever writes a document names addresses, and whoever answers there may send anything. So a name is resolved
once, every address that it leads to must be public (RFC 6890), and the connection goes to an address that was
looked at: a name that leads elsewhere a moment later (DNS rebinding) changes nothing. Each redirect is
treated in the same way. Nothing is sent but the request: no credentials, no cookies, and no proxy is asked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from arazzoc.frozen import dataclass
from arazzoc.runtime.answers import HttpAnswer
from arazzoc.source.network.network import NotFetchedError
from arazzoc.version import __version__

__all__ = ["Fetcher", "is_public"]

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""The addresses that a host and a port have."""
Connect: TypeAlias = Callable[[str, int, float], socket.socket]
"""A connection to an address and a port, which may take so many seconds."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_PORT: Final = 443
_CHUNK: Final = 64 * 1024
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses for networks that have IPv6 alone (RFC 6052)."""
_SENT: Final = {
    "Accept": "application/yaml, application/json, text/*;q=0.5, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"arazzoc/{__version__}",
}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, whatever it is written or translated from."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(found)
    )


def _meant(address: IPv4Address | IPv6Address) -> Sequence[IPv4Address | IPv6Address]:
    """The addresses that lead to the same place: an IPv6 address may hold an IPv4 one."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _TRANSLATED:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [address.sixtofour, *(address.teredo or ())]
    return [address, *(each for each in inner if each is not None)]


def _resolved(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _connected(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches documents.

    Attributes:
        most: Bytes of a document.
        seconds: How long a document may take, redirects included.
        resolve: Finds the addresses of a host.
        connect: Opens a connection to one of them.
        context: Judges the server's certificate.
    """

    most: int
    seconds: float = 30.0
    resolve: Resolve = _resolved
    connect: Connect = _connected
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, url: str) -> bytes:
        """What is at an `https` address.

        Raises:
            NotFetchedError: There is nothing, it may not be fetched, or it takes too long or too much.
        """
        deadline = _Deadline(self.seconds)
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                found = self._exchange(_judged(url), deadline)
                if isinstance(found, bytes):
                    return found
                url = urljoin(url, found)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NotFetchedError(deadline.reason or _reason(error)) from error
        finally:
            deadline.cancel()
        raise NotFetchedError(f"it is redirected more than {_MOST_REDIRECTS} times")

    def _exchange(self, parts: SplitResult, deadline: _Deadline) -> bytes | str:
        """What is at an address, or where its server says that it is."""
        host, port = parts.hostname or "", parts.port or _PORT
        connection = http.client.HTTPConnection(host, port)
        connection.response_class = HttpAnswer
        connection.sock = self._opened(host, port, deadline)
        try:
            connection.request("GET", _target(parts), headers={"Host": _host(host, port), **_SENT})
            response = connection.getresponse()
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                return location
            if response.status != http.HTTPStatus.OK:
                raise NotFetchedError(f"the server answers with status {response.status}")
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise NotFetchedError("the server compresses it, though it was asked not to")
            return self._read(response, deadline)
        finally:
            connection.close()

    def _opened(self, host: str, port: int, deadline: _Deadline) -> ssl.SSLSocket:
        """A connection to an address of the host that was looked at."""
        addresses = self.resolve(host, port)
        if not addresses:
            raise NotFetchedError(f"`{host}` has no address")
        if not all(map(is_public, addresses)):
            raise NotFetchedError(f"`{host}` leads to an address that is not public")
        plain = self.connect(addresses[0], port, self.seconds)
        deadline.guard(plain)
        try:
            return self.context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def _read(self, response: http.client.HTTPResponse, deadline: _Deadline) -> bytes:
        parts: list[bytes] = []
        size = 0
        while chunk := response.read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > self.most:
                raise NotFetchedError(f"it has more than {self.most} bytes, the limit")
        if deadline.reason is not None:
            raise NotFetchedError(deadline.reason)
        if response.length:
            raise NotFetchedError("the connection broke")
        return b"".join(parts)


class _Deadline:
    """Ends what takes too long, however often a byte arrives: the connection is shut, and waits end."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._guarded: list[socket.socket] = []
        self._lock = threading.Lock()
        self.reason: str | None = None
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True
        self._timer.start()

    def guard(self, connection: socket.socket) -> None:
        """Takes a connection that is shut when the time is over."""
        with self._lock:
            # TLS takes the connection's descriptor over; the copy is shut in its stead.
            self._guarded.append(connection.dup())
        if self.reason is not None:
            raise NotFetchedError(self.reason)

    def _pass(self) -> None:
        with self._lock:
            self.reason = f"it takes more than {self._seconds:g} s"
            for each in self._guarded:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def cancel(self) -> None:
        """Nothing is waited for any more."""
        self._timer.cancel()
        with self._lock:
            for each in self._guarded:
                each.close()
            self._guarded.clear()


def _judged(url: str) -> SplitResult:
    """The parts of an address that may be fetched."""
    parts = urlsplit(url)
    if parts.port == 0 or parts.scheme != "https" or not parts.hostname:
        raise NotFetchedError("it leads to an address that is not `https`")
    if parts.username is not None or parts.password is not None:
        raise NotFetchedError("its address holds credentials, which are not sent")
    return parts


def _target(parts: SplitResult) -> str:
    """What stands in the request's first line; what is encoded already stays."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return f"{path}?{query}" if query else path


def _host(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host.encode("idna").decode()
    return name if port == _PORT else f"{name}:{port}"


def _reason(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the server's certificate is not accepted: {error.verify_message}"
        case TimeoutError():
            return "the server does not answer in time"
        case socket.gaierror() | UnicodeError():
            return "its host is not known"
        case OSError() if error.strerror:
            return error.strerror.lower()
        case OSError():
            return "the connection broke"
        case ValueError():
            return "it leads to something that is no address"
        case _:
            return "the server's answer is not HTTP"
