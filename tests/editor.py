"""An editor for tests: it starts the language server and speaks the protocol with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import arazzoc

_SOURCES = Path(arazzoc.__file__ or "").parent.parent


class Editor:
    """Talks to a server that works in `folder`."""

    def __init__(self, folder: Path, encodings: tuple[str, ...] = ("utf-16",)) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(_SOURCES)}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "arazzoc", "lsp"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._number = 0
        self._version = 0
        self._open: set[str] = set()
        self.published: dict[str, list[dict[str, Any]]] = {}
        general = {"positionEncodings": list(encodings)}
        asked = {
            "processId": None,
            "rootUri": folder.as_uri(),
            "capabilities": {"general": general},
        }
        self.capabilities = self.ask("initialize", asked)["capabilities"]
        self.tell("initialized", {})

    def ask(self, method: str, params: object) -> Any:
        """Sends a request, and waits for what is answered."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def answer(self, method: str, params: object) -> dict[str, Any]:
        """Sends a request, and waits for its response."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message

    def tell(self, method: str, params: object) -> None:
        """Sends a notification."""
        self._send({"method": method, "params": params})

    def open(self, name: str, text: str | None = None) -> None:
        """Opens a file of the folder, with what it holds or with `text`."""
        held = (self.folder / name).read_text("utf-8") if text is None else text
        item = {"uri": self.uri(name), "languageId": "yaml", "version": 0, "text": held}
        self.tell("textDocument/didOpen", {"textDocument": item})
        self._open.add(name)

    def close(self, *names: str) -> None:
        """Closes files of the folder; all that are open, where none is named."""
        for name in names or tuple(self._open):
            self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})
            self._open.discard(name)
        self.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.uri("none")}})
        self.published.clear()

    def type(self, name: str, text: str) -> None:
        """Changes the whole text of an open file."""
        self._version += 1
        named = {"uri": self.uri(name), "version": self._version}
        changed = {"textDocument": named, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", changed)

    def findings(self, name: str) -> list[dict[str, Any]]:
        """What is next published about a file."""
        uri = self.uri(name)
        self.published.pop(uri, None)
        while uri not in self.published:
            self._receive()
        return self.published[uri]

    def at(self, name: str, line: int, character: int, method: str, **more: object) -> Any:
        """What is answered to a request about a place."""
        place = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{method}",
            {"textDocument": {"uri": self.uri(name)}, "position": place, **more},
        )

    def uri(self, name: str) -> str:
        """The URI of a file of the folder."""
        return (self.folder / name).as_uri()

    def leave(self) -> tuple[int, str]:
        """Ends the server: its exit status, and what it wrote to its log."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        _, log = self._server.communicate(timeout=60)
        return self._server.returncode, log.decode()

    def kill(self) -> None:
        """Ends the server without a word, if it still runs."""
        if self._server.poll() is None:
            self._server.kill()
        for stream in (self._server.stdin, self._server.stdout, self._server.stderr):
            if stream is not None and not stream.closed:
                stream.close()
        self._server.wait()

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        length = 0
        while line := self._server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server is gone"
        message: dict[str, Any] = json.loads(self._server.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message
