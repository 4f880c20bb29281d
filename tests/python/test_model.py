# SPDX-License-Identifier: LGPL-2.1-or-later

import pickle

import pytest
from conftest import DOCUMENT, NIC
from gi.repository import Gio, Migdesc


class TestDescriptor:
    def test_is_a_mapping_of_models(self, host):
        assert list(host) == [NIC, "vendor-a.com/old"]
        assert len(host) == 2 and NIC in host and "x.y/z" not in host and 3 not in host
        assert host[NIC].name == NIC
        assert list(host.models.keys()) == list(host)
        with pytest.raises(KeyError):
            host["x.y/z"]

    def test_facts(self, host):
        assert (host.dialect, host.origin) == ("native", None)
        assert len(host.digest) == 64 and int(host.digest, 16) > 0

    def test_dict_and_text_round_trips(self, host):
        again = Migdesc.Descriptor.from_dict(host.to_dict())
        assert again == host and hash(again) == hash(host) and again.digest == host.digest
        assert Migdesc.Descriptor.from_string(str(host)) == host

    def test_survives_pickle(self, host):
        assert pickle.loads(pickle.dumps(host)) == host

    def test_differs_by_content(self, host):
        other = dict(DOCUMENT, models={NIC: DOCUMENT["models"][NIC]})
        assert Migdesc.Descriptor.from_dict(other) != host

    def test_load(self, tmp_path):
        path = tmp_path / "a.json"
        path.write_text('{"models": {"a.b/c": {"params": {}}}}')
        descriptor = Migdesc.Descriptor.load(path)
        assert (descriptor.origin, descriptor.dialect, list(descriptor)) == (
            (str(path), "v3", ["a.b/c"]))

    def test_load_what_is_not_there(self):
        with pytest.raises(Migdesc.HostFailure) as caught:
            Migdesc.Descriptor.load("/nonexistent")
        assert caught.value.nick == "cannot-read"

    def test_every_finding_of_a_wrong_document(self):
        with pytest.raises(Migdesc.DocumentFailure) as caught:
            Migdesc.Descriptor.from_dict({"models": {"a.b/c": {"params": {
                "p": {"type": "int", "allowed_values": ["9-5"], "init_value": 1},
                "q": {"type": "bool"}}}}})
        report = caught.value.report
        assert [(finding.code, finding.pointer) for finding in report] == [
            ("range-order", "/models/a.b~1c/params/p/allowed_values/0"),
            ("init-missing", "/models/a.b~1c/params/q")]
        assert report[0].line == 1 and report[0].column > 1

    def test_lenient_and_strict(self):
        text = ('{"models": {"a.b/c": {"params": {"p": {"type": "bool", "off_value": "off"}},'
                ' "x": 1}}}')
        assert Migdesc.Descriptor.from_string(text, lenient=True)["a.b/c"]["p"].init_value is False
        with pytest.raises(Migdesc.DocumentFailure):
            Migdesc.Descriptor.from_string(text)
        with pytest.raises(Migdesc.DocumentFailure) as caught:
            Migdesc.Descriptor.from_string(text, lenient=True, strict=True)
        assert caught.value.nick == "document-unknown-member"

    def test_convert(self, host):
        with pytest.raises(Migdesc.RefusedFailure) as caught:
            host.convert("v4")
        assert caught.value.nick == "conversion-loss"
        text, losses = host.convert("v4", allow_loss=True)
        assert text.rstrip() == ('{"models":{"vendor-a.com/my-nic":{"versions":["1","2"]},'
                                 '"vendor-a.com/old":{"versions":["v1","v2"]}}}')
        assert len(losses) > 0


class TestModel:
    def test_is_a_mapping_of_params(self, nic):
        assert list(nic) == ["num-queues", "new-feature", "mode"]
        assert len(nic) == 3 and "mode" in nic and "x" not in nic
        with pytest.raises(KeyError):
            nic["x"]

    def test_facts(self, nic, host):
        assert (nic.name, nic.description, nic.support, nic.blocker) == (
            (NIC, "example NIC", "forward", None))
        assert list(nic.versions) == ["1", "2"] and nic.latest.name == "2"
        assert nic.version_only is False and host["vendor-a.com/old"].version_only is True
        assert nic.state_schema is None

    def test_equal_hash_and_pickle(self, nic, host):
        again = pickle.loads(pickle.dumps(nic))
        assert again == nic and hash(again) == hash(nic) and again != host["vendor-a.com/old"]

    def test_lists_are_list_models(self, nic):
        assert isinstance(nic.get_params(), Gio.ListModel)
        assert [param.name for param in nic.get_params()] == list(nic)

    def test_outlives_its_descriptor(self):
        nic = Migdesc.Descriptor.from_dict(DOCUMENT)[NIC]
        assert nic["mode"].init_value == "safe"


class TestParam:
    def test_facts(self, nic):
        param = nic["num-queues"]
        assert (param.name, param.type, param.description, param.unit) == (
            "num-queues", "int", "receive queues", "queues")
        assert (param.init_value, param.off_value, str(param.allowed_values)) == (4, 1, "1-64,128")
        assert (param.affects, param.runtime, param.inferred) == ({"hardware"}, True, False)

    def test_defaults(self, nic):
        param = nic["mode"]
        assert (param.off_value, param.unit, param.affects, param.runtime) == (
            None, None, {"hardware", "state"}, False)

    def test_equal_by_value(self, nic):
        again = Migdesc.Descriptor.from_dict(DOCUMENT)[NIC]
        assert nic["mode"] == again["mode"] and nic["mode"] != nic["new-feature"]
        assert hash(nic["mode"]) == hash(again["mode"])


class TestVersion:
    def test_facts(self, nic):
        version = nic.versions["2"]
        assert (version.name, version.description, version.settings) == (
            "2", "second", {"num-queues": 4, "new-feature": True})
        assert (version.create, version.load, version.support, version.tested) == (
            True, True, "bidirectional", [("1", "2")])
        assert nic.versions["1"].create is False

    def test_equal_by_value(self, nic):
        assert nic.versions["2"] == Migdesc.Descriptor.from_dict(DOCUMENT)[NIC].versions["2"]
        assert nic.versions["2"] != nic.versions["1"]


class TestConstraint:
    def test_facts(self, nic):
        implies, forbids = nic.constraints
        assert implies.description == "needs three queues" and not implies.forbid
        assert {name: str(values) for name, values in implies.if_values.items()} == (
            {"new-feature": "on"})
        assert {name: str(values) for name, values in implies.then_values.items()} == (
            {"num-queues": "3-64"})
        assert forbids.forbid and set(forbids.if_values) == {"mode", "num-queues"}
        assert implies != forbids and implies == nic.constraints[0]


class TestBuilder:
    def test_builds_the_same_as_the_document(self, host):
        builder = (Migdesc.DescriptorBuilder()
                   .model(NIC, "example NIC", support="forward")
                   .param("num-queues", 4, 1, "1-64,128", "receive queues", "queues", ["hardware"],
                          True)
                   .param("new-feature", True, False)
                   .param("mode", "safe", allowed_values=["fast", "safe"])
                   .version("1", create=False)
                   .version("2", {"num-queues": 4, "new-feature": True}, "second",
                            support="bidirectional")
                   .tested("1", "2")
                   .constraint({"new-feature": [True]}, {"num-queues": "3-64"},
                               description="needs three queues")
                   .constraint(forbid={"mode": ["fast"], "num-queues": [64]}))
        built = builder.build()
        assert built[NIC] == host[NIC]

    def test_wrong_input_is_told_by_build(self):
        builder = Migdesc.DescriptorBuilder().model("nodomain").param("p", 5, allowed_values="1-4")
        with pytest.raises(Migdesc.DocumentFailure) as caught:
            builder.build()
        assert caught.value.nick == "model-name"
