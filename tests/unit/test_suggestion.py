"""What is suggested for a name that does not exist."""

from __future__ import annotations

import pytest

from arazzoc.suggestion import closest, surely


@pytest.mark.parametrize(
    ("name", "candidates", "meant"),
    [
        ("operationID", ["operationId", "operationPath"], "operationId"),
        ("operation-id", ["operationId", "operationIds"], "operationId"),
        ("Ordr", ["Order", "Orders", "Other"], "Order"),
        ("getPtes", ["getPets", "listPets"], "getPets"),
        ("sucessCriteria", ["successCriteria", "onSuccess"], "successCriteria"),
        ("pett", ["zzz", "pete", "pets"], "pete"),
    ],
)
def test_the_nearest_name_is_meant(name: str, candidates: list[str], meant: str) -> None:
    assert closest(name, candidates) == meant
    assert closest(name, reversed(candidates)) == meant


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("login", ["logout", "cancel"]),
        ("id", ["ab", "in"]),
        ("", ["a"]),
        ("same", ["same"]),
        ("x", []),
        ("cancelJob", ["deleteJob", "createSession"]),
    ],
)
def test_nothing_is_suggested_that_is_not_near(name: str, candidates: list[str]) -> None:
    assert closest(name, candidates) is None


@pytest.mark.parametrize(
    ("name", "candidates", "meant"),
    [
        ("operationID", ["operationId", "operationPath"], "operationId"),
        ("jobs_id", ["jobsId", "jobId"], "jobsId"),
        ("getPtes", ["getPets", "listPets"], "getPets"),
        ("sucesCriteria", ["successCriteria", "onSuccess"], "successCriteria"),
    ],
)
def test_a_lone_slip_is_beyond_doubt(name: str, candidates: list[str], meant: str) -> None:
    assert surely(name, candidates) == meant


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("getJob", ["setJob"]),
        ("step1", ["step2"]),
        ("jobs2", ["jobs"]),
        ("getPtes", ["getPets", "getPtas"]),
        ("job-id", ["jobId", "job_id"]),
        ("login", ["logout"]),
        ("status", ["static"]),
    ],
)
def test_what_may_be_meant_otherwise_is_left_to_people(name: str, candidates: list[str]) -> None:
    assert surely(name, candidates) is None
