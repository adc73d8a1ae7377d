"""Descriptions for examples whose own are missing or on the network: as much as the examples ask of them."""

from __future__ import annotations

from typing import Final

__all__ = ["ANIMALS", "PETSTORE"]

ANIMALS: Final = """
openapi: 3.1.0
info: {title: Animals, version: 1.0.0}
servers: [{url: https://zoo.example}]
paths:
  /animals:
    post:
      operationId: postAnimal
      parameters:
        - {name: authentication, in: cookie, required: true, schema: {type: string}}
        - {name: workflowLevelParamOne, in: cookie, schema: {type: string}}
        - {name: workflowLevelParamTwo, in: header, schema: {type: string}}
      responses: {'201': {description: Made.}}
  /animals/random:
    get:
      operationId: getRandomAnimal
      parameters:
        - {name: workflowLevelParamOne, in: cookie, schema: {type: string}}
        - {name: workflowLevelParamTwo, in: header, schema: {type: string}}
      responses:
        '200':
          description: One of them.
          content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
"""

PETSTORE: Final = """
openapi: 3.0.4
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example/api/v3}]
paths:
  /user/login:
    get:
      operationId: loginUser
      parameters:
        - {name: username, in: query, schema: {type: string}}
        - {name: password, in: query, schema: {type: string}}
      responses:
        '200':
          description: Logged in.
          headers:
            X-Rate-Limit: {schema: {type: integer}}
            X-Expires-After: {schema: {type: string, format: date-time}}
          content: {application/json: {schema: {type: string}}}
        '400': {description: Nobody of that name.}
  /pet/findByStatus:
    get:
      operationId: findPetsByStatus
      parameters:
        - {name: status, in: query, schema: {type: string, enum: [available, pending, sold]}}
      responses:
        '200':
          description: The pets.
          content:
            application/json:
              schema:
                type: array
                items: {type: object, properties: {id: {type: integer}, name: {type: string}}}
"""
