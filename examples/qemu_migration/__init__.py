# SPDX-License-Identifier: LGPL-2.1-or-later
"""Moving a VM whose device backends have their states carried by QEMU."""
