"""What can happen to the workflows under `specs/`: every branch of every one, as data.

The functional tests run each scenario against its stand-in, keep what went over the wire as a
cassette, and play that back to the generated function without a server.
"""

from tests.scenarios.direct_access import SCENARIOS as DIRECT_ACCESS
from tests.scenarios.ibm_jobs import SCENARIOS as IBM_JOBS
from tests.scenarios.ibm_sessions import SCENARIOS as IBM_SESSIONS
from tests.scenarios.model import Scenario, Workflow
from tests.scenarios.pasqal import SCENARIOS as PASQAL

__all__ = ["SCENARIOS", "Scenario", "Workflow"]

SCENARIOS = (*IBM_JOBS, *IBM_SESSIONS, *DIRECT_ACCESS, *PASQAL)
