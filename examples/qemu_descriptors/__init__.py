# SPDX-License-Identifier: LGPL-2.1-or-later
"""What examples/qemu-descriptors is made of, from the bottom up.

qmp         a QMP client: one socket, one command at a time
vm          an unmodified QEMU that runs just long enough to be asked
properties  which QOM properties of a device are migration parameters, and as what type
effect      which of a live device's settings are in effect
document    the answers of many machine types as one descriptor
running     the configuration of a device in a live VM
"""
