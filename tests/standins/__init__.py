"""Stand-ins: small HTTP servers on loopback that answer as the APIs under `specs/` would.

`serving(IbmQuantumApi(...))` runs one for the length of a `with` block;
`python -m tests.standins ibm-quantum` runs one by hand.
"""

from tests.standins.base import Fault, Lacking, Received, Reply, Route, StandIn, Trouble
from tests.standins.direct_access import DirectAccessApi
from tests.standins.ibm_quantum import IbmQuantumApi, Session
from tests.standins.pasqal import PasqalApi, PasqalJob
from tests.standins.server import serving

__all__ = [
    "DirectAccessApi",
    "Fault",
    "IbmQuantumApi",
    "Lacking",
    "PasqalApi",
    "PasqalJob",
    "Received",
    "Reply",
    "Route",
    "Session",
    "StandIn",
    "Trouble",
    "serving",
]
