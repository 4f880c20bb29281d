# SPDX-License-Identifier: LGPL-2.1-or-later
"""A slow, obvious model of what the library answers, written from the design page alone.

It shares no code with the library: a disagreement between the two is settled by the sentence of the
design that the docstring of the function here quotes; what was settled where a sentence left two
readings is in README.md.
Documents are JSON text, dicts, or what load() returned for them (to read them once only).

Not modelled: state schemas (rule 10), messages, remedies and the findings of compare
and baseline.
"""

from oracle_baseline import baseline
from oracle_check import check
from oracle_compare import compare
from oracle_document import load
from oracle_lists import (Malformed, expand, list_line, parse_list, short_line, version_of,
                          version_of_created)
from oracle_plan import STYLES, plan
from oracle_validity import is_valid, problems_of

__all__ = ["Malformed", "STYLES", "baseline", "check", "compare", "expand", "is_valid", "list_line",
           "load", "parse_list", "plan", "problems_of", "short_line", "version_of",
           "version_of_created"]
