#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""ask.py DESCRIPTOR LIST: can that destination take a device of that parameter list, and how must
it be set up?"""

import sys

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc

try:
    destination = Migdesc.Descriptor.load(sys.argv[1])
    print("\n".join(destination.plan(sys.argv[2]).render("argv-m")))
except Migdesc.RefusedFailure as no:
    print(no.report)
    sys.exit(1)
except Migdesc.Failure as failure:
    sys.exit(str(failure))
