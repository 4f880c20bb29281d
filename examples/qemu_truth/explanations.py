# SPDX-License-Identifier: LGPL-2.1-or-later
"""Why the library and QEMU do not agree on pairs, and why QEMU did not do what was expected."""

import collections

# Of what kind of disagreement, about which properties, of which device (None: of any).
Explanation = collections.namedtuple("Explanation", "kind names text device", defaults=[None])

EXPLANATIONS = []
SURPRISES = []
