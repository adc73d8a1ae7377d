"""I-Regexp, the regular expressions of JSONPath (RFC 9485), by way of Python's."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

__all__ = ["has_match", "is_match", "python_pattern"]

_LONGEST: Final = 1000
_MOST: Final = 1000
_ESCAPE: Final = r"\\[-()*+.?\[\\\]^nrt{|}]"
_CATEGORY: Final = (
    r"\\[pP]\{(?:L[lmotu]?|M[cen]?|N[dlo]?|P[c-fios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}"
)
_MEMBER: Final = rf"(?:[^-\[\\\]\ud800-\udfff]|{_ESCAPE})"
_PIECE: Final = re.compile(
    rf"""
    (?P<open>\() | (?P<bar>\|)
    | (?: (?P<close>\)) | (?P<dot>\.) | (?P<end>\$) | (?P<category>{_CATEGORY}) | (?P<escape>{_ESCAPE})
        | \[ (?P<negated>\^?) (?P<members> (?: -(?!\]) | (?!-) (?={_MEMBER}|{_CATEGORY}) )
             (?: {_CATEGORY} | {_MEMBER} (?: -{_MEMBER} )? )* -? ) \]
        | (?P<plain>[^()*+.?\[\\\]{{|}}\ud800-\udfff])
      ) (?P<times> [*+?] | \{{ [0-9]+ (?: , [0-9]* )? \}} )?
    """,
    re.VERBOSE,
)
