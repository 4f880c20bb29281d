# SPDX-License-Identifier: LGPL-2.1-or-later
"""Streams of one QEMU release, loaded by another."""
