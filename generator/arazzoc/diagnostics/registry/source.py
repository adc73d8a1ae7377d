"""Rules of the group `source` (AZ0xx): reading documents."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = [
    "ADDRESS",
    "ALIAS_EXPANSION",
    "ANCHOR_REFERENCE",
    "COMPLEX_KEY",
    "DANGLING_REFERENCE",
    "DUPLICATE_KEY",
    "EMPTY_DOCUMENT",
    "FILE_NOT_FOUND",
    "FILE_TOO_LARGE",
    "INVALID_JSON",
    "INVALID_YAML",
    "MERGE_VALUE",
    "NESTED_TOO_DEEP",
    "OUTSIDE_BASE",
    "POINTER_IN_COMMENT",
    "RECURSIVE_ALIAS",
    "REFERENCE_CYCLE",
    "RULES",
    "SEVERAL_DOCUMENTS",
    "TAG_MISMATCH",
    "UNDECODABLE_TEXT",
    "UNDEFINED_ALIAS",
    "UNKNOWN_TAG",
    "UNREADABLE_FILE",
]

FILE_NOT_FOUND: Final = Rule(
    "AZ001",
    "file-not-found",
    Severity.ERROR,
    "A file does not exist",
    """A document names a file that does not exist. Relative addresses are looked up from the folder of the
document that holds them, not from the working directory. Correct the address; `%20` and the like stand
for the characters that they encode.""",
    """sourceDescriptions:
  - name: shop
    url: ./shop.openapi.yml
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ./shop.openapi.yaml
    type: openapi
""",
)

INVALID_YAML: Final = Rule(
    "AZ002",
    "invalid-yaml",
    Severity.ERROR,
    "The text is not valid YAML",
    """The document cannot be read past the place shown. Frequent causes: a tab in the indentation, a quote
that is not closed, no space after a colon, a value that starts with `@`, `` ` ``, `*`, `&`, `!` or `%`,
and a value that starts with `{` or `[`, which opens a mapping or list in braces. Put quotes around a value
that is meant as text.""",
    """url: {$inputs.base}/orders
""",
    """url: "{$inputs.base}/orders"
""",
)

DUPLICATE_KEY: Final = Rule(
    "AZ003",
    "duplicate-key",
    Severity.ERROR,
    "A mapping has the same key twice",
    """Readers differ in which of the two values they take, so the document means different things to
different tools. Remove or rename one of the two keys. Keys are compared as text: `200` and `"200"` are the
same.""",
    """outputs:
  id: $response.body#/id
  id: $response.body#/orderId
""",
    """outputs:
  id: $response.body#/id
  orderId: $response.body#/orderId
""",
)

INVALID_JSON: Final = Rule(
    "AZ004",
    "invalid-json",
    Severity.ERROR,
    "The text is not valid JSON",
    """The document cannot be read past the place shown. JSON (RFC 8259) has no comments, no comma after the
last member, double quotes alone, no `NaN` or `Infinity`, and half a surrogate pair (`\\ud83d` alone) is no
character. Where you want any of these, make it a YAML file.""",
    """{"arazzo": "1.0.1",}
""",
    """{"arazzo": "1.0.1"}
""",
)

FILE_TOO_LARGE: Final = Rule(
    "AZ005",
    "file-too-large",
    Severity.ERROR,
    "A file is larger than the limit",
    """Documents come from strangers, so there is a limit to how much is read. Take a description that
holds the operations in use alone.""",
    """# a file of more than 64 MiB
""",
    """openapi: 3.1.0 # the operations in use alone
""",
)

OUTSIDE_BASE: Final = Rule(
    "AZ007",
    "outside-base",
    Severity.ERROR,
    "A document names a file outside of its base folder",
    """A document may name files of its own project alone, so that no stranger's document can have other
files of yours read. The base folder is the nearest folder above the document that holds `.git` or
`pyproject.toml`; where there is none, the parent of the document's folder. Links are followed before the
check. Move the file into the project, or say `--allow-outside` where you trust the document.""",
    """sourceDescriptions:
  - name: shop
    url: ../../../../elsewhere/openapi.yaml
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ../openapi/openapi.yaml
    type: openapi
""",
)

DANGLING_REFERENCE: Final = Rule(
    "AZ008",
    "dangling-reference",
    Severity.ERROR,
    "A `$ref` leads nowhere",
    """The file exists, but the JSON Pointer (RFC 6901) after `#` leads to nothing in it. In a pointer, a `/`
that belongs to a key is written `~1`, a `~` is written `~0`.""",
    """components:
  inputs:
    order:
      $ref: "#/components/inputs/Ordr"
    Order:
      type: object
""",
    """components:
  inputs:
    order:
      $ref: "#/components/inputs/Order"
    Order:
      type: object
""",
)

REFERENCE_CYCLE: Final = Rule(
    "AZ009",
    "reference-cycle",
    Severity.ERROR,
    "A `$ref` leads back to itself",
    """Following the reference comes back to where it started and never to a value. One of the references
on the way has to become the value itself.""",
    """components:
  inputs:
    a:
      $ref: "#/components/inputs/b"
    b:
      $ref: "#/components/inputs/a"
""",
    """components:
  inputs:
    a:
      $ref: "#/components/inputs/b"
    b:
      type: object
""",
)

NESTED_TOO_DEEP: Final = Rule(
    "AZ010",
    "nested-too-deep",
    Severity.ERROR,
    "Mappings and lists are nested deeper than the limit",
    """No description written by people nests that deep, and reading on could exhaust the machine. Make the
document flatter, for instance by `$ref`.""",
    """value: [[[[[[[[ # and so on, more than 150 of them
""",
    """value: []
""",
)

ALIAS_EXPANSION: Final = Rule(
    "AZ011",
    "alias-expansion",
    Severity.ERROR,
    "Aliases stand for more values than the limit",
    """An alias stands for all that its anchor holds. Aliases of anchors that hold aliases multiply, and a
few lines can stand for billions of values. Write less by aliases.""",
    """a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b] # and so on
""",
    """a: &a [x, x, x, x, x, x, x, x, x]
b: *a
""",
)

UNREADABLE_FILE: Final = Rule(
    "AZ012",
    "unreadable-file",
    Severity.ERROR,
    "A file cannot be read",
    """The file is there, but the system does not let it be read: it is a folder, or its permissions forbid
it. The message gives the system's reason.""",
    """sourceDescriptions:
  - name: shop
    url: ./openapi/
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ./openapi/shop.yaml
    type: openapi
""",
)

UNDECODABLE_TEXT: Final = Rule(
    "AZ013",
    "undecodable-text",
    Severity.ERROR,
    "A file is not UTF-8",
    """YAML and JSON documents are UTF-8. UTF-16 is read too where the file starts with a byte order mark.
Save the file as UTF-8.""",
    """title: Größe # saved as Latin-1
""",
    """title: Größe # saved as UTF-8
""",
)

EMPTY_DOCUMENT: Final = Rule(
    "AZ014",
    "empty-document",
    Severity.ERROR,
    "A document is empty",
    """The file holds nothing, or comments alone.""",
    """# to be written
""",
    """arazzo: 1.0.1
""",
)

COMPLEX_KEY: Final = Rule(
    "AZ015",
    "complex-key",
    Severity.ERROR,
    "A mapping's key is a mapping or a list",
    """YAML allows mappings and lists as keys, JSON does not. Mostly it was not meant: `{{name}}` without
quotes is a mapping whose key is a mapping. Put quotes around it.""",
    """url: {{host}}
""",
    """url: "{{host}}"
""",
)

UNDEFINED_ALIAS: Final = Rule(
    "AZ016",
    "undefined-alias",
    Severity.ERROR,
    "An alias names no anchor",
    """`*name` stands for the value that was marked `&name` earlier in the same file. Define the anchor
before its first use; put quotes around a value that is meant as text.""",
    """pattern: *any
""",
    """pattern: "*any"
""",
)

RECURSIVE_ALIAS: Final = Rule(
    "AZ017",
    "recursive-alias",
    Severity.ERROR,
    "An alias stands inside the value that it stands for",
    """The value would contain itself and have no end. Use `$ref` for a schema that refers to itself.""",
    """node: &node
  child: *node
""",
    """node:
  child:
    $ref: "#/node"
""",
)

SEVERAL_DOCUMENTS: Final = Rule(
    "AZ018",
    "several-documents",
    Severity.ERROR,
    "A file holds several YAML documents",
    """`---` starts another document in the same file. A reference to the file could not tell which is
meant; only the first one is read. Put each document into a file of its own.""",
    """arazzo: 1.0.1
---
openapi: 3.1.0
""",
    """arazzo: 1.0.1
""",
)

UNKNOWN_TAG: Final = Rule(
    "AZ019",
    "unknown-tag",
    Severity.WARNING,
    "A YAML tag is not known",
    """Tags other than those of YAML's core schema (`!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map`,
`!!seq`) mean nothing to other readers. The tag is ignored; an unquoted value with it is read as text.
Remove the tag, or put quotes around a value that is meant to start with `!`.""",
    """created: !!timestamp 2026-01-31
""",
    """created: "2026-01-31"
""",
)

MERGE_VALUE: Final = Rule(
    "AZ020",
    "merge-value",
    Severity.ERROR,
    "A merge key's value is no mapping",
    """`<<` puts the members of a mapping, or of each mapping in a list, into the mapping around it. Put
quotes around a key that is really named `<<`.""",
    """retry:
  <<: 3
""",
    """defaults: &defaults
  retryLimit: 3
retry:
  <<: *defaults
""",
)

ANCHOR_REFERENCE: Final = Rule(
    "AZ021",
    "anchor-reference",
    Severity.ERROR,
    "A `$ref` names an anchor",
    """`#name` without a slash means the schema that carries `$anchor: name`. Anchors are not supported;
write the JSON Pointer that leads to it.""",
    """components:
  inputs:
    cart:
      $ref: "#order"
    order:
      $anchor: order
      type: object
""",
    """components:
  inputs:
    cart:
      $ref: "#/components/inputs/order"
    order:
      type: object
""",
)

ADDRESS: Final = Rule(
    "AZ022",
    "unsupported-address",
    Severity.ERROR,
    "An address names no file",
    """Documents are read from files. An address is a relative path, or a `file:` URI without a host
(RFC 3986, RFC 8089).""",
    """sourceDescriptions:
  - name: shop
    url: ftp://shop.example/openapi.yaml
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ./openapi.yaml
    type: openapi
""",
)

TAG_MISMATCH: Final = Rule(
    "AZ023",
    "tag-mismatch",
    Severity.ERROR,
    "A value is not of the type that its tag says",
    """An explicit tag such as `!!int` must fit the text that follows. Correct the one or the other.""",
    """retryLimit: !!int three
""",
    """retryLimit: !!int 3
""",
)

POINTER_IN_COMMENT: Final = Rule(
    "AZ026",
    "pointer-in-comment",
    Severity.WARNING,
    "A blank makes a comment of a JSON Pointer",
    """In YAML `#` begins a comment where a blank stands before it, so `$response.body #/id` is the whole
body. Remove the blank. Where a comment is meant, let it begin with something else than `#/`.""",
    """stepId: read
operationId: get_job
parameters: [{name: id, in: path, value: x}]
outputs:
  id: $response.body #/id
""",
    """stepId: read
operationId: get_job
parameters: [{name: id, in: path, value: x}]
outputs:
  id: $response.body#/id
""",
)

RULES: Final[tuple[Rule, ...]] = (
    FILE_NOT_FOUND,
    INVALID_YAML,
    DUPLICATE_KEY,
    INVALID_JSON,
    FILE_TOO_LARGE,
    OUTSIDE_BASE,
    DANGLING_REFERENCE,
    REFERENCE_CYCLE,
    NESTED_TOO_DEEP,
    ALIAS_EXPANSION,
    UNREADABLE_FILE,
    UNDECODABLE_TEXT,
    EMPTY_DOCUMENT,
    COMPLEX_KEY,
    UNDEFINED_ALIAS,
    RECURSIVE_ALIAS,
    SEVERAL_DOCUMENTS,
    UNKNOWN_TAG,
    MERGE_VALUE,
    ANCHOR_REFERENCE,
    ADDRESS,
    TAG_MISMATCH,
    POINTER_IN_COMMENT,
)
