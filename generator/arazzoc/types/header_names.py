"""Names of response headers that every server may send without a word in its description."""

from __future__ import annotations

from typing import Final

__all__ = ["is_customary"]

_NAMES: Final = """
    accept accept-encoding accept-patch accept-post accept-ranges access-control-allow-credentials
    access-control-allow-headers access-control-allow-methods access-control-allow-origin
    access-control-expose-headers access-control-max-age age allow alt-svc authentication-info
    cache-control cache-status connection content-digest content-disposition content-encoding
    content-language content-length content-location content-range content-security-policy content-type
    date deprecation digest etag expires keep-alive last-modified link location origin-agent-cluster
    pragma preference-applied priority proxy-authenticate proxy-status ratelimit ratelimit-limit
    ratelimit-policy ratelimit-remaining ratelimit-reset referrer-policy repr-digest request-id
    retry-after server server-timing set-cookie strict-transport-security sunset traceparent tracestate
    trailer transfer-encoding upgrade vary via warning www-authenticate x-amz-request-id x-cache
    x-content-type-options x-correlation-id x-frame-options x-powered-by x-request-id x-xss-protection
    """
"""Most are registered for responses (IANA, HTTP Field Name Registry); the others servers and proxies add."""
_CUSTOMARY: Final = frozenset(_NAMES.split())


def is_customary(name: str) -> bool:
    """Whether a response may well have the header though its description does not say so."""
    return name.lower() in _CUSTOMARY
