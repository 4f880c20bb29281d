# SPDX-License-Identifier: LGPL-2.1-or-later
"""A slow, obvious model of what the library answers, written from the design page alone.

It shares no code with the library and its author has not read the library's: a disagreement between
the two is settled by the sentence of semantics.md that the docstring of the function here quotes.
Documents are JSON text, dicts, or what load() returned for them (to read them once only).

Not modelled: state schemas (rule 10), select, path, diff, lint, messages, places and remedies.
"""

from oracle_baseline import baseline
from oracle_check import check
from oracle_compare import compare
from oracle_document import load
from oracle_lists import Malformed, expand, list_line, parse_list, short_line, version_of
from oracle_plan import STYLES, plan
from oracle_readings import AMBIGUITIES, SWITCHES, other_reading
from oracle_validity import is_valid, problems_of

__all__ = ["AMBIGUITIES", "Malformed", "STYLES", "SWITCHES", "baseline", "check", "compare",
           "expand", "is_valid", "list_line", "load", "other_reading", "parse_list", "plan",
           "problems_of",
           "short_line", "version_of"]
