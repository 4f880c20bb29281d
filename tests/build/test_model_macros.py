# SPDX-License-Identifier: LGPL-2.1-or-later

"""Model tables compile in C11 and C++17; a parameter that its member cannot hold does not."""

import subprocess

import pytest
from buildlib import CLEAN_ENV, SOURCE
from test_field_macros import COMPILERS, WARNINGS, complaint, flags, macros, precompile

SAMPLE = """
#include <migdesc/migdesc.h>
#include <stdbool.h>
typedef enum { FAST, SLOW } Mode;
typedef struct
{
  guint8 u8; guint16 u16; guint32 u32; guint64 u64; gint16 i16; bool truth; gboolean flag;
  double real; Mode mode; const char *text; char *own; char chars[8]; guint8 u8s[4];
} Sample;
static const char *const words[] = { "fast", "slow" };
"""

NO_UINT = "the member is no unsigned integer"
NO_BOOL = "the member is neither gboolean nor bool"
NO_WORD = "the member is no unsigned integer or enum"
NO_TEXT = "the member is no const char pointer"

# the parameter, and what a C compiler says of it
REFUSED = [
    ('MIGDESC_PARAM_INT (Sample, i16, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_INT (Sample, truth, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_INT (Sample, flag, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_INT (Sample, real, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_INT (Sample, text, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_INT (Sample, u8s, "a", "1-4", "1")', NO_UINT),
    ('MIGDESC_PARAM_RANGE (Sample, i16, "a", 1, 4, "1")', NO_UINT),
    ('MIGDESC_PARAM_RANGE (Sample, u8, "a", 0, 256, "1")', "max does not fit the width"),
    ('MIGDESC_PARAM_RANGE (Sample, u16, "a", 0, 65536, "1")', "max does not fit the width"),
    ('MIGDESC_PARAM_RANGE (Sample, u8, "a", 4, 3, "1")', "min is above max"),
    ('MIGDESC_PARAM_BOOL (Sample, u8, "a", "on")', NO_BOOL),
    ('MIGDESC_PARAM_BOOL (Sample, u32, "a", "on")', NO_BOOL),
    ('MIGDESC_PARAM_BOOL (Sample, text, "a", "on")', NO_BOOL),
    ('MIGDESC_PARAM_ENUM (Sample, i16, "a", words, "fast")', NO_WORD),
    ('MIGDESC_PARAM_ENUM (Sample, truth, "a", words, "fast")', NO_WORD),
    ('MIGDESC_PARAM_ENUM (Sample, text, "a", words, "fast")', NO_WORD),
    ('MIGDESC_PARAM_STR (Sample, own, "a", "")', NO_TEXT),
    ('MIGDESC_PARAM_STR (Sample, chars, "a", "")', NO_TEXT),
    ('MIGDESC_PARAM_STR (Sample, u64, "a", "")', NO_TEXT),
]

# what has no init value, no set or no member; each compiler has words of its own for it
IMPOSSIBLE = [
    'MIGDESC_PARAM_INT (Sample, u8, "a", "1-4")',
    'MIGDESC_PARAM_RANGE (Sample, u8, "a", 1, 4)',
    'MIGDESC_PARAM_BOOL (Sample, flag, "a")',
    'MIGDESC_PARAM_ENUM (Sample, mode, "a", words)',
    'MIGDESC_PARAM_STR (Sample, text, "a")',
    'MIGDESC_PARAM_INT (Sample, missing, "a", "1-4", "1")',
    'MIGDESC_PARAM_ENUM (Sample, mode, "a", missing, "fast")',
]

GOOD = [
    'MIGDESC_PARAM_INT (Sample, u8, "a", "1-4", "1", MIGDESC_OFF ("1"))',
    'MIGDESC_PARAM_RANGE (Sample, u64, "a", 0, G_MAXUINT64, "1")',
    'MIGDESC_PARAM_BOOL (Sample, truth, "a", "on", MIGDESC_SINCE_VERSION ("2"))',
    'MIGDESC_PARAM_ENUM (Sample, mode, "a", words, "fast")',
    'MIGDESC_PARAM_ENUM (Sample, u8, "a", words, "fast")',
    'MIGDESC_PARAM_STR (Sample, text, "a", "", MIGDESC_OFF (""), MIGDESC_SINCE_VERSION ("2"), '
    'MIGDESC_DESCRIPTION ("a text"), MIGDESC_UNIT ("words"), '
    'MIGDESC_AFFECTS (MIGDESC_AFFECTS_STATE), MIGDESC_RUNTIME)',
]


ROW = "MigdescModelParam"


@pytest.fixture(scope="module")
def compilers(tmp_path_factory):
    return precompile(tmp_path_factory.mktemp("params"), SAMPLE)


@pytest.mark.parametrize("name", COMPILERS)
def test_a_whole_model_compiles(name):
    source = ('#include "backend-nic.h"\n'
              "extern const MigdescModelTable *const used;\n"
              "const MigdescModelTable *const used = &nic_model;\n"
              "MigdescBackend *make (void);\n"
              "MigdescBackend *make (void) { return nic_backend (NULL); }\n")
    result = subprocess.run([*COMPILERS[name], *WARNINGS, *flags(), "-fsyntax-only",
                             "-x", "c++" if "++" in name else "c", "-"],
                            input=source, capture_output=True, text=True, env=CLEAN_ENV)
    assert result.stderr == ""


@pytest.mark.parametrize("name", COMPILERS)
def test_good_parameters_compile(name, compilers):
    assert complaint(compilers[name], ",\n  ".join(GOOD), ROW) == ""


@pytest.mark.parametrize("name", COMPILERS)
def test_what_does_not_fit_says_so(name, compilers):
    for param, text in REFUSED:
        said = complaint(compilers[name], param, ROW)
        assert ("migdesc_check_" if "++" in name else f"libmigdesc: {text}") in said, (param, said)


@pytest.mark.parametrize("name", COMPILERS)
def test_what_is_left_out_does_not_compile(name, compilers):
    for param in IMPOSSIBLE:
        assert "error:" in complaint(compilers[name], param, ROW), param


def test_every_macro_is_tried():
    used = " ".join([param for param, text in REFUSED] + IMPOSSIBLE)
    whole = (SOURCE / "tests/unit/backend-nic.h").read_text()
    params = macros((SOURCE / "include/migdesc/migdesc-model-params.h").read_text())
    table = macros((SOURCE / "include/migdesc/migdesc-model-table.h").read_text())
    assert {name for name in params if name.startswith("MIGDESC_PARAM_")} == {
        name for name in params if f"{name} (" in used}
    assert {name for name in params | table if name not in whole} == {"MIGDESC_CREATE_ONLY"}
