# SPDX-License-Identifier: LGPL-2.1-or-later

"""Field tables compile in C11 and C++17; a field that cannot be right does not, and says why."""

import itertools
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from buildlib import BUILD, CLEAN_ENV, SOURCE, run

COMPILERS = {
    "gcc": ["gcc", "-std=c11"],
    "clang": ["clang", "-std=c11"],
    "g++": ["g++", "-std=c++17"],
    "clang++": ["clang++", "-std=c++17"],
}
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wpedantic", "-Werror"]

SAMPLE = """
#include <migdesc/migdesc.h>
#include <stdbool.h>
typedef struct { guint32 x; } Inner;
typedef struct { guint32 x; } Other;
typedef struct
{
  guint8 u8; guint16 u16; guint32 u32; guint64 u64;
  gint8 i8; gint16 i16; gint32 i32; gint64 i64;
  float f32; double f64; bool truth; gpointer pointer;
  guint8 u8s[4]; guint16 u16s[4]; guint32 u32s[4]; guint64 u64s[4];
  guint16 *u16p; guint8 *u8p; char *text; const char *fixed; char chars[8];
  Inner inner; Other other; Inner inners[4]; Other others[4]; Inner *innerp; Other *otherp;
  GPtrArray *list; GList *glist; GQueue gqueue;
} Sample;
static const char *const words[] = { "a", "b" };
static const MigdescField inner_fields[] = { MIGDESC_U32 (Inner, x, 0, 1) };
gboolean is_needed (gconstpointer state);
MIGDESC_STRUCT (inner, Inner, 1, 1, inner_fields, NULL);
"""

NO_COUNT = "the count is not a guint8, guint16 or guint32"
NO_WORD = "the member is no unsigned integer or enum"
NO_INDEX = "the member is not a guint8, guint16 or guint32"
NO_STRUCT = "the member is not of the type of inner"
UNFIT = "max does not fit the width"
UNFIT_SIGNED = "min or max does not fit the width"
REVERSED = "min is above max"

# the field, and what a C compiler says of it
REFUSED = [
    ("MIGDESC_U8 (Sample, u16, 0, 1)", "the member is not a U8"),
    ("MIGDESC_U8 (Sample, i8, 0, 1)", "the member is not a U8"),
    ("MIGDESC_U8 (Sample, truth, 0, 1)", "the member is not a U8"),
    ("MIGDESC_U8 (Sample, u8, 0, 256)", UNFIT),
    ("MIGDESC_U8 (Sample, u8, 2, 1)", REVERSED),
    ("MIGDESC_U8 (Sample, u8, -1, 1)", REVERSED),
    ("MIGDESC_U16 (Sample, u8, 0, 1)", "the member is not a U16"),
    ("MIGDESC_U16 (Sample, u16, 0, 65536)", UNFIT),
    ("MIGDESC_U32 (Sample, u64, 0, 1)", "the member is not a U32"),
    ("MIGDESC_U32 (Sample, u32, 0, G_GUINT64_CONSTANT (0x100000000))", UNFIT),
    ("MIGDESC_U64 (Sample, i64, 0, 1)", "the member is not a U64"),
    ("MIGDESC_U64 (Sample, pointer, 0, 1)", "the member is not a U64"),
    ("MIGDESC_U64 (Sample, u64, 2, 1)", REVERSED),
    ("MIGDESC_U64 (Sample, u64, G_MAXUINT64, 0)", REVERSED),
    ("MIGDESC_I8 (Sample, u8, 0, 1)", "the member is not a I8"),
    ("MIGDESC_I8 (Sample, i8, -129, 1)", UNFIT_SIGNED),
    ("MIGDESC_I16 (Sample, i32, 0, 1)", "the member is not a I16"),
    ("MIGDESC_I16 (Sample, i16, 0, 32768)", UNFIT_SIGNED),
    ("MIGDESC_I32 (Sample, u32, 0, 1)", "the member is not a I32"),
    ("MIGDESC_I32 (Sample, i32, 1, -1)", REVERSED),
    ("MIGDESC_I64 (Sample, i32, 0, 1)", "the member is not a I64"),
    ("MIGDESC_F64 (Sample, f32, 0, 1)", "the member is not a F64"),
    ("MIGDESC_F64_ANY (Sample, u64)", "the member is not a F64"),
    ("MIGDESC_BOOL (Sample, u8)", "the member is not a BOOL"),
    ("MIGDESC_TIMER (Sample, u64)", "the member is not a TIMER"),
    ("MIGDESC_TIMER (Sample, i32)", "the member is not a TIMER"),
    ("MIGDESC_ENUM (Sample, i16, words)", NO_WORD),
    ("MIGDESC_ENUM (Sample, truth, words)", NO_WORD),
    ("MIGDESC_FLAGS (Sample, f64, words)", NO_WORD),
    ("MIGDESC_INDEX (Sample, u64, u8s)", NO_INDEX),
    ("MIGDESC_INDEX_OR_NONE (Sample, i8, u8s, 255)", NO_INDEX),
    ("MIGDESC_ARRAY (Sample, u16s, U32, 0, 1)", "the member is not a U32"),
    ("MIGDESC_ARRAY (Sample, u16p, U16, 0, 1)", "the member is no array"),
    ("MIGDESC_ARRAY (Sample, u8s, U8, 0, 256)", UNFIT),
    ("MIGDESC_ARRAY_N (Sample, u16s, i8, U16, 0, 1)", NO_COUNT),
    ("MIGDESC_ARRAY_N (Sample, u16s, u8, U8, 0, 1)", "the member is not a U8"),
    ("MIGDESC_ARRAY_COUNTED (Sample, u16s, u64, U16, 0, 1)", NO_COUNT),
    ("MIGDESC_ARRAY_PARAM (Sample, u16s, \"n\", I16, 0, 1)", "the member is not a I16"),
    ("MIGDESC_VARRAY (Sample, u16p, i16, 4, U16, 0, 1)", NO_COUNT),
    ("MIGDESC_VARRAY (Sample, u16p, u16, 4, U8, 0, 1)", "the member is not a U8"),
    ("MIGDESC_BYTES (Sample, u16s)", "the member is no array of bytes"),
    ("MIGDESC_BYTES (Sample, u8p)", "the member is no array"),
    ("MIGDESC_BYTES_N (Sample, u8s, u64)", NO_COUNT),
    ("MIGDESC_BYTES_COUNTED (Sample, u8s, i8)", NO_COUNT),
    ("MIGDESC_VBYTES (Sample, u16p, u8, 4)", "the member is no pointer to bytes"),
    ("MIGDESC_VBYTES (Sample, u8p, i32, 4)", NO_COUNT),
    ("MIGDESC_STRING (Sample, fixed, 4)", "the member is no char pointer"),
    ("MIGDESC_STRING (Sample, chars, 4)", "the member is no char pointer"),
    ("MIGDESC_STRING_N (Sample, u8s)", "the member is no array of char"),
    ("MIGDESC_STRING_N (Sample, text)", "the member is no array"),
    ("MIGDESC_BITMAP (Sample, u16s, 1)", "the member is no array of guint8, guint32 or guint64"),
    ("MIGDESC_BITMAP (Sample, u32s, 129)", "the member has fewer bits"),
    ("MIGDESC_BITMAP_COUNTED (Sample, u64s, i8)", NO_COUNT),
    ("MIGDESC_NESTED (Sample, other, inner)", NO_STRUCT),
    ("MIGDESC_STRUCTS (Sample, others, inner)", NO_STRUCT),
    ("MIGDESC_STRUCTS (Sample, innerp, inner)", "the member is no array"),
    ("MIGDESC_STRUCTS_N (Sample, inners, i8, inner)", NO_COUNT),
    ("MIGDESC_STRUCTS_COUNTED (Sample, inners, u64, inner)", NO_COUNT),
    ("MIGDESC_STRUCTS_PARAM (Sample, others, \"n\", inner)", NO_STRUCT),
    ("MIGDESC_VSTRUCTS (Sample, otherp, u8, 4, inner)", NO_STRUCT),
    ("MIGDESC_VSTRUCTS (Sample, innerp, u64, 4, inner)", NO_COUNT),
    ("MIGDESC_POINTER (Sample, otherp, inner)", NO_STRUCT),
    ("MIGDESC_LIST (Sample, glist, inner, 4)", "the member is not a GPtrArray *"),
    ("MIGDESC_GLIST (Sample, list, inner, 4)", "the member is not a GList *"),
    ("MIGDESC_GQUEUE (Sample, glist, inner, 4)", "the member is not a GQueue"),
    ("MIGDESC_CONSTANT (\"magic\", U8, 256)", UNFIT),
    ("MIGDESC_GONE (\"old\", U8, 2, 1)", REVERSED),
    ("MIGDESC_GONE (\"old\", U8, 0, 256)", UNFIT),
]

# what has no bounds, no maximum or no member; each compiler has words of its own for it
IMPOSSIBLE = [
    "MIGDESC_U8 (Sample, u8)",
    "MIGDESC_U8 (Sample, u8, 0)",
    "MIGDESC_F64 (Sample, f64)",
    "MIGDESC_ENUM (Sample, u8)",
    "MIGDESC_ARRAY (Sample, u8s, U8)",
    "MIGDESC_VARRAY (Sample, u16p, u8, U16, 0, 1)",
    "MIGDESC_VBYTES (Sample, u8p, u8)",
    "MIGDESC_STRING (Sample, text)",
    "MIGDESC_LIST (Sample, list, inner)",
    "MIGDESC_U8 (Sample, missing, 0, 1)",
    "MIGDESC_INDEX (Sample, u8, missing)",
    "MIGDESC_NESTED (Sample, inner, missing)",
    "MIGDESC_RELATION (Sample, u8, MIGDESC_LT, missing)",
    "MIGDESC_SECTION (\"more\", inner_fields, MIGDESC_DEFAULT (0), MIGDESC_REQUIRED)",
    "MIGDESC_SECTION (\"more\", inner_fields, MIGDESC_DROPPABLE, MIGDESC_DROPPABLE)",
]


def flags() -> list[str]:
    found = run("pkg-config", "--cflags-only-I", "gio-2.0", "json-glib-1.0").split()
    return [f"-I{SOURCE}/include", f"-I{BUILD}/include", f"-I{SOURCE}/tests/unit",
            *["-isystem" + flag[2:] for flag in found]]


def suffix(name: str) -> str:
    return "cc" if "++" in name else "c"


def precompile(folder, sample):
    """A command for each compiler, with the headers compiled already: a test is then quick."""
    commands = {}
    for name, command in COMPILERS.items():
        header = folder / f"{name}.h"
        header.write_text(sample)
        clang = "clang" in name
        made = folder / (f"{name}.h.pch" if clang else f"{name}.h.gch")
        language = "c++-header" if "++" in name else "c-header"
        full = [*command, "-Wall", "-Wextra", "-Werror", "-Wno-unused", *flags()]
        subprocess.run([*full, "-x", language, str(header), "-o", str(made)], check=True,
                       env=CLEAN_ENV)
        commands[name] = [*full, "-fsyntax-only",
                          *(["-include-pch", str(made)] if clang else ["-include", str(header)]),
                          "-x", "c++" if "++" in name else "c", "-"]
    return commands


@pytest.fixture(scope="module")
def compilers(tmp_path_factory):
    return precompile(tmp_path_factory.mktemp("fields"), SAMPLE)


def complaint(command: list[str], field: str, row: str = "MigdescField") -> str:
    source = f"static const {row} rows[] = {{\n  {field}\n}};\n"
    result = subprocess.run(command, input=source, capture_output=True, text=True,
                            env={**CLEAN_ENV, "LC_ALL": "C"})
    return result.stderr if result.returncode != 0 else ""


def complaints(command: list[str], fields: list[str]) -> dict[str, str]:
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(fields, pool.map(lambda field: complaint(command, field), fields)))


@pytest.mark.parametrize("name", COMPILERS)
def test_every_macro_compiles(name):
    source = ('#include "state-every-field.h"\n'
              "extern const MigdescStruct *const every_used;\n"
              "const MigdescStruct *const every_used = &every_state;\n")
    result = subprocess.run([*COMPILERS[name], *WARNINGS, *flags(), "-fsyntax-only",
                             "-x", "c++" if "++" in name else "c", "-"],
                            input=source, capture_output=True, text=True, env=CLEAN_ENV)
    assert result.stderr == ""


@pytest.mark.parametrize("name", COMPILERS)
def test_a_good_field_compiles(name, compilers):
    assert complaint(compilers[name], "MIGDESC_U8 (Sample, u8, 0, 255)") == ""


WHEN = ["", ", MIGDESC_SINCE (2)", ", MIGDESC_IF (\"rss\")",
        ", MIGDESC_SINCE (2), MIGDESC_UNTIL (3), MIGDESC_IF_VALUE (\"rss\", \"full\")"]
NEEDED = ["", ", MIGDESC_NEEDED (is_needed)"]
ABSENT = ["", ", MIGDESC_DEFAULT (0)", ", MIGDESC_REQUIRED"]
DROPPABLE = ["", ", MIGDESC_DROPPABLE"]


@pytest.mark.parametrize("name", COMPILERS)
def test_a_section_takes_all_gates_together(name, compilers):
    sections = [f"MIGDESC_SECTION (\"more\", inner_fields{''.join(gates)})"
                for gates in itertools.product(WHEN, NEEDED, ABSENT, DROPPABLE)]
    assert complaint(compilers[name], ",\n".join(sections)) == ""


@pytest.mark.parametrize("name", COMPILERS)
def test_what_does_not_fit_says_so(name, compilers):
    plus = "++" in name
    for field, text in REFUSED:
        said = complaint(compilers[name], field)
        assert ("migdesc_check_" if plus else f"libmigdesc: {text}") in said, (field, said)
        assert plus or field.split(" ")[0] in said, (field, said)


@pytest.mark.parametrize("name", COMPILERS)
def test_what_is_left_out_does_not_compile(name, compilers):
    for field, said in complaints(compilers[name], IMPOSSIBLE).items():
        assert "error:" in said, field


def test_every_macro_is_tried():
    used = " ".join([field for field, text in REFUSED] + IMPOSSIBLE)
    text = (SOURCE / "tests/unit/state-every-field.h").read_text()
    checked = {word for header in ("scalars", "arrays", "structs", "tables", "checks")
               for path in [SOURCE / f"include/migdesc/migdesc-field-{header}.h"] if path.exists()
               for word in macros(path.read_text())}
    assert checked
    unchecked = {"MIGDESC_UNUSED", "MIGDESC_SECTION_VERSION", "MIGDESC_STRUCT",
                 "MIGDESC_RELATION_PARAM"}
    assert {name for name in checked if f"{name} (" not in used} == unchecked
    assert {name for name in checked if f"{name} (" not in text} == set()


def macros(text: str) -> set[str]:
    """The macros with arguments that are for use: documented ones."""
    return {line.removeprefix(" * ").rstrip(":") for line in text.splitlines()
            if line.startswith(" * MIGDESC_") and line.endswith(":") and " " not in line[3:]}
