# SPDX-License-Identifier: LGPL-2.1-or-later

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc

DOCUMENT = {
    "migdesc": "1.0",
    "models": {
        "vendor-a.com/my-nic": {
            "description": "example NIC",
            "params": {
                "num-queues": {"type": "int", "allowed_values": ["1-64", 128], "init_value": 4,
                               "off_value": 1,
                               "description": "receive queues", "unit": "queues",
                               "affects": ["hardware"],
                               "runtime": True},
                "new-feature": {"type": "bool", "init_value": True, "off_value": False},
                "mode": {"type": "str", "allowed_values": ["fast", "safe"], "init_value": "safe"},
            },
            "versions": [
                {"name": "1", "params": {}, "create": False},
                {"name": "2", "params": {"num-queues": 4, "new-feature": True},
                 "description": "second",
                 "support": "bidirectional", "tested": [{"from": "1", "to": "2"}]},
            ],
            "constraints": [
                {"if": {"new-feature": [True]}, "then": {"num-queues": ["3-64"]},
                 "description": "needs three queues"},
                {"forbid": {"mode": ["fast"], "num-queues": [64]}},
            ],
            "support": "forward",
        },
        "vendor-a.com/old": {"versions": ["v1", "v2"]},
    },
}

NIC = "vendor-a.com/my-nic"


@pytest.fixture
def host():
    return Migdesc.Descriptor.from_dict(DOCUMENT)


@pytest.fixture
def nic(host):
    return host[NIC]
