# SPDX-License-Identifier: LGPL-2.1-or-later
"""What examples/qemu-truth is made of, from the bottom up.

machine     a QEMU whose guest is played by this program
pci         what firmware does to one PCI Express device, and what its configuration space shows
virtio_net  a driver of virtio-net-pci, and what that device shows
e1000e      a driver of e1000e, and what that device shows
view        what a guest sees of a device, and how two views differ
pairs       the pairs of the table, and what was expected of them
library     what the library says about a pair
trial       what QEMU does with a pair
document    the table as a page
"""
