"""What OpenAPI 3.0 to 3.2 surely allow in the used part of a description, as tables.

The tables hold what the versions have in common and real descriptions use. They follow the OpenAPI
specification's objects (3.0.3, section 4.7; 3.1.0, section 4.8) and its published schemas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from arazzoc.model.acceptance import (
    ANY,
    COUNT,
    FLAG,
    NUMBER,
    PATTERN,
    TEXT,
    Accepts,
    all_of,
    any_of,
    fields,
    later,
    list_of,
    matching,
    names_of,
    one_of_texts,
)
from arazzoc.model.openapi_document import Dialect
from arazzoc.source.node import JsonValue

__all__ = ["Grammar", "Refers"]

Refers = Callable[[str, str], bool]
"""Whether the target of a `$ref` (first) is surely an object of that kind (second)."""

_COMPONENT_NAME: Final = r"[a-zA-Z0-9._-]+\Z"
_STATUS: Final = r"(?:default|[1-5](?:[0-9]{2}|XX))\Z"
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_STYLES: Final = {
    "path": one_of_texts("matrix", "label", "simple"),
    "query": one_of_texts("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": one_of_texts("simple"),
    "cookie": one_of_texts("form"),
}
_TYPES_30: Final = ("array", "boolean", "integer", "number", "object", "string")

_SERVER: Final = fields(
    {
        "url": TEXT,
        "description": TEXT,
        "variables": names_of(
            fields(
                {"enum": list_of(TEXT, least=1), "default": TEXT, "description": TEXT}, "default"
            )
        ),
    },
    "url",
)
_SCOPES: Final = names_of(TEXT)
_FLOWS: Final = fields(
    {
        "implicit": fields(
            {"authorizationUrl": TEXT, "refreshUrl": TEXT, "scopes": _SCOPES},
            "authorizationUrl",
            "scopes",
        ),
        "password": fields(
            {"tokenUrl": TEXT, "refreshUrl": TEXT, "scopes": _SCOPES}, "tokenUrl", "scopes"
        ),
        "clientCredentials": fields(
            {"tokenUrl": TEXT, "refreshUrl": TEXT, "scopes": _SCOPES}, "tokenUrl", "scopes"
        ),
        "authorizationCode": fields(
            {"authorizationUrl": TEXT, "tokenUrl": TEXT, "refreshUrl": TEXT, "scopes": _SCOPES},
            "authorizationUrl",
            "tokenUrl",
            "scopes",
        ),
    }
)
_SECURITY_SCHEME: Final = any_of(
    fields(
        {
            "type": one_of_texts("apiKey"),
            "name": TEXT,
            "in": one_of_texts("query", "header", "cookie"),
            "description": TEXT,
        },
        "type",
        "name",
        "in",
    ),
    fields({"type": one_of_texts("http"), "scheme": TEXT, "description": TEXT}, "type", "scheme"),
    fields(
        {
            "type": one_of_texts("http"),
            "scheme": one_of_texts("bearer", "Bearer"),
            "bearerFormat": TEXT,
            "description": TEXT,
        },
        "type",
        "scheme",
    ),
    fields({"type": one_of_texts("oauth2"), "flows": _FLOWS, "description": TEXT}, "type", "flows"),
    fields(
        {"type": one_of_texts("openIdConnect"), "openIdConnectUrl": TEXT, "description": TEXT},
        "type",
        "openIdConnectUrl",
    ),
)
_SECURITY: Final = list_of(names_of(list_of(TEXT)))


class Grammar:
    """The objects of a version, by kind.

    Attributes:
        document: A whole description.
    """

    def __init__(self, dialect: Dialect, refers: Refers) -> None:
        """Puts the tables of a version together.

        Args:
            dialect: The version, 3.0 or later.
            refers: Judges what a `$ref` leads to.
        """
        modern = dialect != "3.0"
        self._version = matching(rf"{re.escape(dialect)}\.[0-9]\Z")
        self._refers = refers
        siblings: dict[str, Accepts] = {"summary": TEXT, "description": TEXT} if modern else {}
        self._reference = fields({"$ref": TEXT, **siblings})
        schema = later(lambda: self._schema)
        self._any_schema = any_of(self._or_reference("schema", schema), FLAG) if modern else None
        self._sub_schema = self._any_schema or self._or_reference("schema", schema)
        self._schema = self._modern_schema() if modern else self._schema_30()
        media_type = fields({"schema": self._sub_schema, "encoding": names_of(self._encoding())})
        self._content = names_of(media_type)
        self._kinds = self._objects()
        self.document = self._document()

    def kind(self, name: str) -> Accepts:
        """The objects of a kind that `$ref` may lead to: `schema`, `parameter`, `response` ..."""
        return self._kinds[name]

    def _or_reference(self, kind: str, accepts: Accepts) -> Accepts:
        def judge(value: JsonValue) -> bool:
            if isinstance(value, dict) and "$ref" in value:
                target = value["$ref"]
                return (
                    isinstance(target, str)
                    and self._reference(value)
                    and self._refers(target, kind)
                )
            return accepts(value)

        return judge

    def _objects(self) -> dict[str, Accepts]:
        header = self._carrier({}, _STYLES["header"], ())
        header_map = names_of(self._or_reference("header", header))
        response = fields(
            {"description": TEXT, "headers": header_map, "content": self._content}, "description"
        )
        body = fields({"description": TEXT, "content": self._content, "required": FLAG}, "content")
        return {
            "schema": self._schema,
            "header": header,
            "parameter": any_of(*map(self._parameter, _STYLES)),
            "response": response,
            "requestBody": body,
            "securityScheme": _SECURITY_SCHEME,
        }

    def _document(self) -> Accepts:
        references = {kind: self._or_reference(kind, test) for kind, test in self._kinds.items()}
        parameters = list_of(references["parameter"])
        operation = fields(
            {
                "summary": TEXT,
                "description": TEXT,
                "operationId": TEXT,
                "parameters": parameters,
                "requestBody": references["requestBody"],
                "responses": names_of(references["response"], _STATUS, least=1),
                "deprecated": FLAG,
                "security": _SECURITY,
                "servers": list_of(_SERVER),
            },
            "responses",
        )
        path = fields(
            {
                "parameters": parameters,
                "servers": list_of(_SERVER),
                **dict.fromkeys(_METHODS, operation),
            }
        )
        components = {
            "schemas": self._sub_schema,
            "responses": references["response"],
            "parameters": references["parameter"],
            "requestBodies": references["requestBody"],
            "headers": references["header"],
            "securitySchemes": references["securityScheme"],
        }
        return fields(
            {
                "openapi": self._version,
                "info": fields({"title": TEXT, "version": TEXT}, "title", "version"),
                "servers": list_of(_SERVER),
                "paths": names_of(path, "/"),
                "components": fields(
                    {name: names_of(each, _COMPONENT_NAME) for name, each in components.items()}
                ),
                "x-elsewhere": ANY,
            },
            "openapi",
            "info",
            "paths",
        )

    def _parameter(self, location: str) -> Accepts:
        members: dict[str, Accepts] = {"name": TEXT, "in": one_of_texts(location)}
        required = ("name", "in")
        if location == "query":
            members |= {"allowEmptyValue": FLAG}
        if location != "path":
            return self._carrier(members, _STYLES[location], required, query=location == "query")
        named = all_of(TEXT, lambda value: isinstance(value, str) and not set("/#?{}") & set(value))
        members |= {"name": named, "required": lambda value: value is True}
        return self._carrier(members, _STYLES[location], (*required, "required"))

    def _carrier(
        self,
        members: dict[str, Accepts],
        style: Accepts,
        required: tuple[str, ...],
        *,
        query: bool = False,
    ) -> Accepts:
        """A parameter or header: it has either a schema with a style or a content of one media type."""
        common = {"description": TEXT, "required": FLAG, "deprecated": FLAG} | members
        styled = {"schema": self._sub_schema, "style": style, "explode": FLAG}
        reserved: dict[str, Accepts] = {"allowReserved": FLAG} if query else {}
        single = all_of(self._content, lambda value: isinstance(value, dict) and len(value) == 1)
        return any_of(
            fields(common | styled | reserved, *required, "schema"),
            fields(common | {"content": single}, *required, "content"),
        )

    def _encoding(self) -> Accepts:
        return fields(
            {"contentType": TEXT, "style": _STYLES["query"], "explode": FLAG, "allowReserved": FLAG}
        )

    def _schema_30(self) -> Accepts:
        schema = self._sub_schema
        return _without_loose_names(
            fields(
                {
                    **_common_keywords(schema),
                    "type": one_of_texts(*_TYPES_30),
                    "exclusiveMaximum": FLAG,
                    "exclusiveMinimum": FLAG,
                    "required": list_of(TEXT, least=1, distinct=True),
                    "enum": list_of(ANY, least=1, distinct=True),
                    "additionalProperties": any_of(FLAG, schema),
                    "nullable": FLAG,
                }
            )
        )

    def _modern_schema(self) -> Accepts:
        schema = self._sub_schema
        types = one_of_texts(*_TYPES_30, "null")
        return _without_loose_names(
            fields(
                {
                    **_common_keywords(schema),
                    "type": any_of(types, list_of(types, least=1, distinct=True)),
                    "exclusiveMaximum": NUMBER,
                    "exclusiveMinimum": NUMBER,
                    "required": list_of(TEXT, distinct=True),
                    "enum": list_of(ANY, distinct=True),
                    "const": ANY,
                    "additionalProperties": schema,
                    "propertyNames": schema,
                    "prefixItems": list_of(schema, least=1),
                    "nullable": FLAG,
                    "contentMediaType": TEXT,
                    "contentEncoding": TEXT,
                }
            )
        )


def _common_keywords(schema: Accepts) -> dict[str, Accepts]:
    """The keywords that mean the same in all versions."""
    schemas = list_of(schema, least=1)
    return {
        "title": TEXT,
        "description": TEXT,
        "format": TEXT,
        "multipleOf": all_of(NUMBER, lambda value: isinstance(value, (int, float)) and value > 0),
        "maximum": NUMBER,
        "minimum": NUMBER,
        "maxLength": COUNT,
        "minLength": COUNT,
        "pattern": PATTERN,
        "maxItems": COUNT,
        "minItems": COUNT,
        "uniqueItems": FLAG,
        "maxProperties": COUNT,
        "minProperties": COUNT,
        "allOf": schemas,
        "oneOf": schemas,
        "anyOf": schemas,
        "not": schema,
        "items": schema,
        "properties": names_of(schema),
        "discriminator": fields({"propertyName": TEXT, "mapping": names_of(TEXT)}, "propertyName"),
        "readOnly": FLAG,
        "writeOnly": FLAG,
        "deprecated": FLAG,
        "xml": fields({"name": TEXT, "prefix": TEXT, "attribute": FLAG, "wrapped": FLAG}),
    }


def _without_loose_names(accepts: Accepts) -> Accepts:
    """Schemas that require beside `allOf` only what they state themselves."""

    def judge(value: JsonValue) -> bool:
        if isinstance(value, dict) and "allOf" in value and "required" in value:
            required, stated = value["required"], value.get("properties")
            known = list(stated) if isinstance(stated, dict) else []
            if not isinstance(required, list) or any(name not in known for name in required):
                return False
        return accepts(value)

    return judge
