"""Documents over HTTPS: what is fetched, and what a hostile address, name, redirect or server gains."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest

from arazzoc.source.network.fetching import Fetcher, is_public
from arazzoc.source.network.network import NotFetchedError
from tests.unit.runtime.loopback import Answer, Call, Server, reply, serving

_PUBLIC = "93.184.216.34"


@dataclass(frozen=True)
class Certificate:
    """A certificate of `docs.example`, for both sides."""

    serving: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    command = f"""
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1
        -keyout {key} -out {made} -subj /CN=docs.example -addext subjectAltName=DNS:docs.example
    """
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return Certificate(context, ssl.create_default_context(cafile=str(made)))


@dataclass
class Net:
    """A network of one server: every address that a fetcher connects to leads to it, and is kept."""

    server: Server
    trusting: ssl.SSLContext
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict[str, list[Sequence[str]]])
    asked: list[str] = field(default_factory=list[str])
    connected: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """The addresses that were given for a name, each time the next ones."""
        del port
        self.asked.append(host)
        given = self.names.get(host, [[_PUBLIC]])
        return given[min(self.asked.count(host), len(given)) - 1]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.server.port), seconds)

    def fetcher(self, *, most: int = 10_000, seconds: float = 20.0) -> Fetcher:
        return Fetcher(most, seconds, self.resolve, self.connect, self.trusting)


Serve = Callable[..., AbstractContextManager[Net]]


@pytest.fixture
def net(certificate: Certificate) -> Serve:
    @contextmanager
    def serve(answer: Answer | bytes, *, drip: float = 0.0) -> Generator[Net]:
        with serving(
            answer if callable(answer) else _always(answer), tls=certificate.serving, drip=drip
        ) as server:
            yield Net(server, certificate.trusting)

    return serve


def _always(said: bytes) -> Answer:
    return lambda _: said


def _why(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(NotFetchedError) as raised:
        fetcher.fetch(url)
    return str(raised.value)


def test_a_document_is_fetched_from_the_address_that_was_judged(net: Serve) -> None:
    with net(reply(b"openapi: 3.1.0")) as one:
        assert (
            one.fetcher().fetch("https://docs.example/a%20b/é.yaml?v=1#part") == b"openapi: 3.1.0"
        )
    assert one.connected == [(_PUBLIC, 443)]
    (call,) = one.server.calls
    assert call.line == "GET /a%20b/%C3%A9.yaml?v=1 HTTP/1.1"
    assert call.headers["host"] == "docs.example"
    assert call.headers["accept-encoding"] == "identity"
    assert {"authorization", "cookie", "referer"}.isdisjoint(call.headers)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",  # noqa: S104 -- nothing is bound
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
        ),
        *(
            "169.254.169.254",
            "198.18.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
        ),
        *(
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:10.0.0.1",
        ),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:7f00:1::", "no address"),
    ],
)
def test_addresses_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [_PUBLIC, "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_of_the_public_network_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], [_PUBLIC, "127.0.0.1"], ["::1", _PUBLIC]])
def test_a_name_that_leads_into_a_private_network_is_not_followed(
    net: Serve, addresses: list[str]
) -> None:
    with net(reply(b"secret")) as one:
        one.names["docs.example"] = [addresses]
        assert _why(one.fetcher(), "https://docs.example/") == (
            "`docs.example` leads to an address that is not public"
        )
    assert not one.connected


def test_a_name_is_resolved_once_for_a_connection(net: Serve) -> None:
    """A name that leads elsewhere the next moment (DNS rebinding) changes nothing."""
    with net(reply(b"a")) as one:
        one.names["docs.example"] = [[_PUBLIC], ["127.0.0.1"]]
        assert one.fetcher().fetch("https://docs.example/") == b"a"
    assert one.asked == ["docs.example"]
    assert one.connected == [(_PUBLIC, 443)]


def test_the_name_is_judged_again_after_a_redirect(net: Serve) -> None:
    with net(reply(status="302 Found", headers=("Location: /b",))) as one:
        one.names["docs.example"] = [[_PUBLIC], ["127.0.0.1"]]
        assert "is not public" in _why(one.fetcher(), "https://docs.example/a")
    assert len(one.connected) == 1


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
def test_a_redirect_is_followed(net: Serve, status: str) -> None:
    again = reply(status=status, headers=("Location: ../c.yaml",))

    def answer(call: Call) -> bytes:
        return again if " /a/" in call.line else reply(b"there")

    with net(answer) as one:
        assert one.fetcher().fetch("https://docs.example/a/b.yaml") == b"there"
    assert [call.line.split()[1] for call in one.server.calls] == ["/a/b.yaml", "/c.yaml"]


def test_redirects_in_a_circle_end(net: Serve) -> None:
    with net(reply(status="302 Found", headers=("Location: /",))) as one:
        assert _why(one.fetcher(), "https://docs.example/") == "it is redirected more than 5 times"
    assert len(one.server.calls) == 6


@pytest.mark.parametrize(
    "location",
    ["http://docs.example/", "file:///etc/passwd", "ftp://docs.example/", "data:,x"],
)
def test_a_redirect_leads_to_https_alone(net: Serve, location: str) -> None:
    with net(reply(status="302 Found", headers=(f"Location: {location}",))) as one:
        why = _why(one.fetcher(), "https://docs.example/")
    assert why == "it leads to an address that is not `https`"


@pytest.mark.parametrize("url", ["https://user:secret@docs.example/", "https://user@docs.example/"])
def test_no_credentials_are_sent(net: Serve, url: str) -> None:
    with net(reply(b"a")) as one:
        why = _why(one.fetcher(), url)
    assert "credentials" in why
    assert "secret" not in why
    assert not one.connected


def test_a_certificate_of_another_name_is_not_accepted(net: Serve) -> None:
    with net(reply(b"a")) as one:
        assert "certificate is not accepted" in _why(one.fetcher(), "https://other.example/")
    assert not one.server.calls


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (reply(b"x" * 10_001), "it has more than 10000 bytes, the limit"),
        (reply(b"x", status="404 Not Found"), "the server answers with status 404"),
        (reply(b"x", status="304 Not Modified"), "the server answers with status 304"),
        (reply(status="302 Found"), "the server answers with status 302"),
        (
            reply(gzip.compress(b"x" * 10_000_000), headers=("Content-Encoding: gzip",)),
            "the server compresses it, though it was asked not to",
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "the server's answer is not HTTP"),
        (
            reply(b"x", headers=tuple(f"A{n}: b" for n in range(200))),
            "the server's answer is not HTTP",
        ),
        (
            reply(status="302 Found", headers=("Location: https://[/",)),
            "it leads to something that is no address",
        ),
    ],
)
def test_what_a_server_may_not_say(net: Serve, said: bytes, why: str) -> None:
    with net(said) as one:
        assert _why(one.fetcher(), "https://docs.example/") == why


@pytest.mark.parametrize(
    ("chunks", "why"),
    [
        (b"-1\r\n" + b"1" * 1_000_000, "the server's answer is not HTTP"),
        (b"0\r\n" + b"X: y\r\n" * 20_000, "the server's answer is not HTTP"),
    ],
)
def test_a_document_in_chunks_without_end_is_none(net: Serve, chunks: bytes, why: str) -> None:
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    with net(said) as one:
        assert _why(one.fetcher(), "https://docs.example/a") == why


def test_a_document_in_chunks_is_read(net: Serve) -> None:
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with net(said + b"3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n") as one:
        assert one.fetcher().fetch("https://docs.example/a") == b"abcde"


def test_a_body_that_is_cut_off_is_none(certificate: Certificate) -> None:
    said = reply(b"abc", length=50)
    with serving(lambda _: said, tls=certificate.serving, hang_up=True) as server:
        one = Net(server, certificate.trusting)
        assert _why(one.fetcher(), "https://docs.example/") == "the connection broke"


@pytest.mark.parametrize("said", [reply(b"x" * 1000), b"HTTP/1.1 200 " + b"x" * 1000])
def test_a_server_that_drips_is_left_after_a_while(net: Serve, said: bytes) -> None:
    started = time.monotonic()
    with net(said, drip=0.05) as one:
        assert _why(one.fetcher(seconds=0.5), "https://docs.example/") == "it takes more than 0.5 s"
    assert time.monotonic() - started < 15


def test_a_name_that_nobody_has() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert _why(Fetcher(1, resolve=resolve), "https://nowhere.example/") == "its host is not known"


def test_loopback_is_not_fetched_by_its_own_name() -> None:
    assert "is not public" in _why(Fetcher(1), "https://localhost/")
    assert "is not public" in _why(Fetcher(1), "https://127.0.0.1/")
    assert "is not public" in _why(Fetcher(1), "https://[::1]/")
