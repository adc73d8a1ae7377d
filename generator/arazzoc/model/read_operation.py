"""Reads one operation of an OpenAPI description, as far as its request and responses go."""

from __future__ import annotations

from arazzoc.diagnostics.model import Findings
from arazzoc.model.openapi import Operation
from arazzoc.model.openapi_document import OpenApi, OperationSite
from arazzoc.model.operation_reading import OperationReading, flag, text_of
from arazzoc.model.read_content import body_of, legacy_body_of, responses_of
from arazzoc.model.read_operation_parameter import declared_parameters, read_parameters
from arazzoc.model.read_path import path_of
from arazzoc.model.read_security import keys_of, security_of
from arazzoc.model.read_server import servers_of

__all__ = ["read_operation"]


def read_operation(
    api: OpenApi, site: OperationSite, source_name: str, findings: Findings
) -> Operation | None:
    """Reads the operation at `site`, which the source description `source_name` holds.

    Faults are reported where they stand in the description: as warnings, or as errors where the request
    cannot be built.

    Returns:
        The operation; None where the request cannot be built.
    """
    reading = OperationReading(api, findings)
    node = site.node
    declared = declared_parameters(node, site.items, reading)
    legacy = api.dialect == "2.0"
    parameters = read_parameters(declared, reading)
    path, query = path_of(site, parameters, reading)
    operation = Operation(
        node=node,
        source=source_name,
        operation_id=text_of(node, "operationId"),
        method=site.method,
        path=path,
        parameters=parameters,
        body=legacy_body_of(node, declared, reading) if legacy else body_of(node, reading),
        responses=responses_of(node, reading),
        servers=servers_of(node, site.items, reading),
        security=security_of(node, reading),
        summary=text_of(node, "summary"),
        deprecated=flag(node, "deprecated"),
        version=api.version,
        query=query,
        keys=keys_of(parameters),
    )
    return operation if reading.possible else None
