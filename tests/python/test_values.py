# SPDX-License-Identifier: LGPL-2.1-or-later

import pickle

import pytest
from gi.repository import GLib, Migdesc

BIGGEST = 2**64 - 1


class TestValueSet:
    def test_ints_from_text(self):
        values = Migdesc.ValueSet("1-64,128")
        assert (str(values), values.type, values.count, values.intervals) == (
            "1-64,128", "int", 65, [(1, 64), (128, 128)])
        assert 64 in values and 65 not in values and 128 in values

    def test_overlapping_and_adjacent_ranges_merge(self):
        assert str(Migdesc.ValueSet("5-9,1-4,8-12")) == "1-12"

    def test_the_widest_range_costs_nothing_and_its_count_saturates(self):
        values = Migdesc.ValueSet(f"0-{BIGGEST}")
        assert values.intervals == [(0, BIGGEST)]
        assert values.count == BIGGEST
        assert BIGGEST in values

    def test_strings(self):
        values = Migdesc.ValueSet(["b", "a,c"])
        assert (values.type, values.dup_strings(), str(values)) == ("str", ["a,c", "b"], "a,,c,b")
        assert "b" in values and "c" not in values

    def test_bools(self):
        values = Migdesc.ValueSet([True])
        assert (values.type, str(values)) == ("bool", "on")
        assert True in values and False not in values

    def test_any(self):
        values = Migdesc.ValueSet.any("int")
        assert values.is_any() and BIGGEST in values and values.count == BIGGEST

    def test_algebra(self):
        one, other = Migdesc.ValueSet("1-10"), Migdesc.ValueSet("5-20")
        assert str(one & other) == "5-10"
        assert str(one | other) == "1-20"
        assert Migdesc.ValueSet("2-3") <= one
        assert one >= Migdesc.ValueSet("2-3")
        assert not one <= other
        assert bool(one & Migdesc.ValueSet("30")) is False

    def test_equal_and_hash_by_value(self):
        assert Migdesc.ValueSet("1-3") == Migdesc.ValueSet([3, 1, 2])
        assert hash(Migdesc.ValueSet("1-3")) == hash(Migdesc.ValueSet("1,2,3"))
        assert Migdesc.ValueSet("1-3") != Migdesc.ValueSet("1-4")
        assert Migdesc.ValueSet("1") != "1"

    @pytest.mark.parametrize("values", [
        Migdesc.ValueSet("1-64,128"), Migdesc.ValueSet(["a,b", "c"]), Migdesc.ValueSet([False]),
        Migdesc.ValueSet.any("str")])
    def test_survives_pickle(self, values):
        assert pickle.loads(pickle.dumps(values)) == values

    @pytest.mark.parametrize("text, code", [
        ("9-5", "range-order"), ("1-", "range-syntax"), ("01", "range-syntax"),
        ("-1", "range-syntax")])
    def test_wrong_text_raises_with_the_code(self, text, code):
        with pytest.raises(Migdesc.DocumentFailure) as caught:
            Migdesc.ValueSet(text)
        assert caught.value.nick == code
        assert isinstance(caught.value, ValueError) and isinstance(caught.value, GLib.Error)

    @pytest.mark.parametrize("value", [-1, 2**64])
    def test_an_int_out_of_range_is_a_value_error(self, value):
        with pytest.raises(ValueError):
            value in Migdesc.ValueSet("1-3")

    def test_a_float_is_a_type_error(self):
        with pytest.raises(TypeError):
            1.5 in Migdesc.ValueSet("1-3")


class TestLimits:
    def test_defaults_and_setting(self):
        limits = Migdesc.Limits.new()
        assert limits.get(Migdesc.Limit.DEPTH) == 32
        limits.set(Migdesc.Limit.DEPTH, 3)
        with pytest.raises(Migdesc.LimitFailure) as caught:
            Migdesc.Descriptor.from_string('{"models": {"a.b/c": {"params": {}, "x": [[[[]]]]}}}',
                                           limits=limits)
        assert caught.value.nick == "limit-exceeded"


class TestEscapeText:
    def test_controls_and_bidi(self):
        assert Migdesc.escape_text("a\x1b[31m\n‮b\\") == "a\\x1b[31m\\n\\u202eb\\"
