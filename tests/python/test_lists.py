# SPDX-License-Identifier: LGPL-2.1-or-later

import pickle

import pytest
from conftest import DOCUMENT, NIC
from gi.repository import Migdesc


class TestParamList:
    def test_text(self):
        params = Migdesc.ParamList(f"{NIC}?num-queues=8,mode=a,,b,version=2")
        assert (params.model, params.version, dict(params)) == (
            (NIC, "2", {"num-queues": "8", "mode": "a,b"}))
        assert str(params) == f"{NIC}?version=2,num-queues=8,mode=a,,b"
        assert len(params) == 2 and "mode" in params and params["mode"] == "a,b"
        with pytest.raises(KeyError):
            params["x"]

    def test_from_native_values(self):
        params = Migdesc.ParamList({"a": 1, "b": True, "c": "x"}, model=NIC)
        assert str(params) == f"{NIC}?a=1,b=on,c=x"

    def test_dict_json_and_pickle_round_trips(self):
        params = Migdesc.ParamList("a=1,b=on", )
        assert params.to_dict() == {"params": {"a": "1", "b": "on"}}
        assert Migdesc.ParamList.from_dict(params.to_dict()) == params
        assert Migdesc.ParamList.from_dict({"params": {"a": 1, "b": True}}) == params
        assert pickle.loads(pickle.dumps(params)) == params
        assert hash(Migdesc.ParamList("a=1,b=on")) == hash(params)

    @pytest.mark.parametrize("text, code", [
        ("a", "list-syntax"), ("a=1,a=2", "list-duplicate"), ("=1", "list-syntax"),
        ("a=1\n", "value-text")])
    def test_malformed(self, text, code):
        with pytest.raises(Migdesc.Failure) as caught:
            Migdesc.ParamList(text)
        assert caught.value.nick == code and isinstance(caught.value, ValueError)


class TestConfig:
    def test_is_a_mapping_of_native_values(self, nic):
        config = nic.expand({"num-queues": 8}, version="2")
        assert dict(config) == {"num-queues": 8, "new-feature": True, "mode": "safe"}
        assert config.to_dict() == dict(config) and len(config) == 3 and "mode" in config
        assert config["num-queues"] == 8 and config.model == nic and config.version is None
        with pytest.raises(KeyError):
            config["x"]

    def test_lists(self, nic):
        config = nic.expand({"num-queues": 8}, version="2")
        assert str(config.param_list) == f"{NIC}?num-queues=8,new-feature=on,mode=safe"
        assert str(config.short_param_list) == f"{NIC}?version=2,num-queues=8,mode=safe"
        assert nic.expand(version="2").version == "2"
        assert nic.expand(version="latest").version == "2"

    def test_accepts_text_lists_and_dicts(self, nic):
        as_text = nic.expand("num-queues=8,new-feature=off")
        assert as_text == nic.expand({"num-queues": 8, "new-feature": False})
        assert as_text == nic.expand(Migdesc.ParamList("new-feature=off,num-queues=8"))
        assert hash(as_text) == hash(nic.expand("num-queues=8,new-feature=off"))
        assert as_text != nic.expand("num-queues=9,new-feature=off")

    def test_refusal_has_a_report(self, nic):
        with pytest.raises(Migdesc.RefusedFailure) as caught:
            nic.expand({"num-queues": 65, "x": 1, "mode": "slow"})
        assert [(finding.code, finding.param) for finding in caught.value.report] == [
            ("param-value-not-allowed", "num-queues"), ("param-unknown", "x"),
            ("param-value-not-allowed", "mode")]
        assert caught.value.nick == "refused" and isinstance(caught.value, ValueError)

    def test_survives_pickle(self, nic, host):
        for config in (nic.expand("num-queues=2,new-feature=off"),
                       host["vendor-a.com/old"].expand(version="v1")):
            assert pickle.loads(pickle.dumps(config)) == config

    def test_biggest_int(self):
        document = {"models": {"a.b/c": {"params": {"n": {"type": "int", "init_value": 2**53,
                                                          "off_value": 0}}}}}
        model = Migdesc.Descriptor.from_dict(document)["a.b/c"]
        assert model.expand({"n": 2**64 - 1})["n"] == 2**64 - 1
