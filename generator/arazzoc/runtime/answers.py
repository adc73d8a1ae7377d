"""The head of a response, line by line."""

from __future__ import annotations

import http.client
import io
import re
import socket
from typing import Final

__all__ = ["HttpAnswer"]

_LONGEST_LINE: Final = 65_536
_MOST_LINES: Final = 100
_MOST_HEADS: Final = 1000
"""Interim responses and the last one: a server may say that it still works, but not for ever."""
_MOST_AROUND_A_BYTE: Final = 8
"""Bytes of sizes that chunks of one byte take, with room to spare."""
_STATUS_LINE: Final = re.compile(rb"HTTP/1\.(\d) +([1-9]\d\d)(?: |\r?\n)([^\r\n]*)")
_VERSION_AND_STATUS: Final = re.compile(rb"HTTP/[\d.]{1,3}(?: \d{1,4})?")
_LENGTH: Final = re.compile(r"[0-9]{1,30}")
_WITHOUT_BODY: Final = frozenset({101, 204, 304})


class HttpAnswer(http.client.HTTPResponse):
    """A response whose head is read as HTTP states it, of `http.client` all that follows.

    `http.client` takes 103 for the answer, and reads headers as those of a mail: they end at a line that is
    none, and the body's length goes unseen behind it.
    """

    def __init__(
        self,
        sock: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
        url: str | None = None,
    ) -> None:
        """Reads nothing yet; `method` is that of the request."""
        super().__init__(sock, debuglevel, method, url)
        self._is_head = method == "HEAD"

    def begin(self) -> None:
        """Reads the head of the first response that is not interim (RFC 9110, 15.2).

        Raises:
            http.client.HTTPException: What came is no such head, or too long.
        """
        for _ in range(_MOST_HEADS):
            self._read_status_line()
            fields = self._fields()
            if self.status >= 200 or self.status == http.HTTPStatus.SWITCHING_PROTOCOLS:
                break
        else:
            raise http.client.HTTPException(
                f"more than {_MOST_HEADS} responses come before the answer"
            )
        has_body = self.status not in _WITHOUT_BODY and not self._is_head
        coding = fields.get("transfer-encoding", "").lower()
        self.chunked, self.chunk_left = has_body and coding == "chunked", None
        if self.chunked:
            vars(self).update(fp=_Chunks(self.fp))
        length = None if self.chunked else fields.get("content-length")
        if length is not None and _LENGTH.fullmatch(length) is None:
            raise http.client.HTTPException("the body has a length that is no number")
        stated = None if length is None else int(length)
        self.length = stated if has_body else 0
        wish = fields.get("connection", "").lower()
        ends = "close" in wish if self.version > 10 else "keep-alive" not in wish
        self.will_close = ends or (self.length is None and not self.chunked)

    def _read_status_line(self) -> None:
        line = self._line()
        if not line:
            raise http.client.RemoteDisconnected(
                "the server closed the connection without a response"
            )
        found = _STATUS_LINE.match(line)
        if found is None:  # the line may repeat what was sent, which may be secret
            begins = _VERSION_AND_STATUS.match(line)
            told = f": {begins[0].decode()}" if begins else ""
            raise http.client.HTTPException(f"the server's answer is not HTTP/1{told}")
        minor, status, reason = found.groups()
        self.version = 10 if minor == b"0" else 11
        self.status, self.reason = int(status), reason.decode("iso-8859-1").strip()

    def _fields(self) -> dict[str, str]:
        """Reads the headers; the first value of each by its name in lower case (RFC 9112, 5)."""
        self.headers = self.msg = http.client.HTTPMessage()
        fields: dict[str, str] = {}
        for line in self._header_lines():
            name, colon, value = line.partition(":")
            name, value = name.rstrip(), value.strip()
            if colon:
                self.headers.set_raw(name, value)
                fields.setdefault(name.lower(), value)
        return fields

    def _header_lines(self) -> list[str]:
        """Reads up to the empty line; what goes on over several lines as one (RFC 9112, 5.2)."""
        lines: list[str] = []
        for _ in range(_MOST_LINES + 1):
            line = self._line()
            if line in (b"\r\n", b"\n"):
                return lines
            if not line:
                raise http.client.HTTPException("the response's headers are cut off")
            read = line.decode("iso-8859-1")
            if lines and read[0] in " \t":
                lines[-1] = f"{lines[-1].rstrip()} {read.strip()}"
            else:
                lines.append(read)
        raise http.client.HTTPException(f"more than {_MOST_LINES} lines of headers")

    def _line(self) -> bytes:
        line = self.fp.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise http.client.LineTooLong("header line")
        return line


class _Chunks:
    """What a body in chunks is read from (RFC 9112, 7.1).

    `http.client` would take a size of -1 for all that comes, and read extensions and trailers for ever.
    """

    def __init__(self, wire: io.BufferedReader) -> None:
        self._wire = wire
        self._left = _LONGEST_LINE
        self.flush, self.close = wire.flush, wire.close

    def read(self, most: int) -> bytes:
        """So many bytes of a chunk, or fewer at the end of the stream."""
        if most < 0:
            raise http.client.HTTPException("a chunk of the body has a size below zero")
        found = self._wire.read(most)
        self._left += _MOST_AROUND_A_BYTE * len(found)
        return found

    def readline(self, most: int) -> bytes:
        """A line that stands around the chunks."""
        line = self._wire.readline(most)
        self._left -= len(line)
        if self._left < 0:
            raise http.client.HTTPException("more stands around the body than in it")
        return line
