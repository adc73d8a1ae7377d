"""A small module such as the compiler writes, and its description."""

from __future__ import annotations

from arazzoc.result import CompiledWorkflow, InputArgument, Module

SOURCE = '''
"""A module."""

from __future__ import annotations

from dataclasses import dataclass


class WorkflowError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class GreetOutputs:
    full_text: str
    raw: bytes
    url: str


def greet(*, first_name: str, times: int = 1, bearer_token: str, jobs_api_url: str) -> GreetOutputs:
    if first_name == "nobody":
        raise WorkflowError(f"step greet: nobody is there, {bearer_token} was of no use")
    if first_name == "ctrl-c":
        raise KeyboardInterrupt
    return GreetOutputs(full_text=f"Hällo {first_name}! " * times, raw=b"\\xff", url=jobs_api_url)


def leave(*, jobs_api_url: str = "https://localhost") -> None:
    return None
'''

GREET = CompiledWorkflow(
    "greet-someone",
    "greet",
    2,
    (
        InputArgument("firstName", "first_name", True, "Whom to greet.", "string", False, "input"),
        InputArgument("times", "times", False, None, "integer", False, "input"),
        InputArgument("bearer_token", "bearer_token", True, None, "string", True, "credential"),
    ),
    {"jobsApi": "jobs_api_url"},
    {"fullText": "full_text", "raw": "raw", "url": "url"},
)
LEAVE = CompiledWorkflow("leave", "leave", 1, (), {"jobsApi": "jobs_api_url"}, {})

MODULE = Module("hello/greet.arazzo.yaml", "hello/greet.py", SOURCE, (GREET, LEAVE))
