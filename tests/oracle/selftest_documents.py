# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page's example and smaller documents that the self tests ask about."""

from generate_documents import MODEL

EXAMPLE = {
    "migdesc": "1.0",
    "models": {"vendor-a.com/my-nic": {
        "description": "example NIC",
        "params": {
            "num-queues": {"type": "int", "allowed_values": ["1-64", 128], "init_value": 4,
                           "off_value": 1, "description": "receive queues", "unit": "queues",
                           "affects": ["hardware", "state"]},
            "new-feature": {"type": "bool", "init_value": True, "off_value": False}},
        "versions": [
            {"name": "1", "params": {}},
            {"name": "2", "params": {"new-feature": True, "num-queues": 4}, "create": True,
             "load": True, "support": "bidirectional",
             "tested": [{"from": "1", "to": "2"}, {"from": "2", "to": "1"}]}],
        "constraints": [{"if": {"new-feature": [True]}, "then": {"num-queues": ["3-64"]},
                         "description": "needs three queues"}],
        "support": "forward"}}}


def model_of(**members):
    return {"models": {MODEL: members}}


def changed(**members):
    """The example with other members of its model."""
    return model_of(**{**EXAMPLE["models"][MODEL], **members})


def codes(answer):
    """(code, param) of a report's findings, or of a refusal's."""
    findings = answer[1] if isinstance(answer, tuple) else answer["findings"]
    return [(entry[0], entry[2]) for entry in findings]


def at(*steps):
    """The pointer to a place in the model."""
    return "/".join(["/models/vendor-a.com~1my-nic", *steps])


INT = {"type": "int", "allowed_values": ["0-8"], "init_value": 1, "off_value": 0}
BOOL = {"type": "bool", "init_value": False, "off_value": False}
V4 = model_of(versions=["a", {"name": "b", "create": False}, {"name": "c", "load": False}])
