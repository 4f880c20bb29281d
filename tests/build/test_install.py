# SPDX-License-Identifier: LGPL-2.1-or-later

"""An installed tree serves C, Vala, Python and gjs by pkg-config alone."""

import subprocess
from pathlib import Path

import pytest
from buildlib import CLEAN_ENV, MAIN_C, build_options, install, project, run

VERSION = project()["version"]


@pytest.fixture(scope="module")
def prefix(tmp_path_factory) -> Path:
    """What `meson install` makes, in a place of its own."""
    return install(tmp_path_factory.mktemp("destdir"))


@pytest.fixture(scope="module")
def pkg_config(prefix):
    env = {"PKG_CONFIG_PATH": str(prefix / build_options()["libdir"] / "pkgconfig")}

    def ask(*arguments) -> str:
        return run("pkg-config", "migdesc-1.0", *arguments, env=env).strip()
    return ask


@pytest.fixture(scope="module")
def runtime_env(prefix, pkg_config) -> dict:
    overrides = next(prefix.rglob("gi/overrides/Migdesc"))
    return {"LD_LIBRARY_PATH": pkg_config("--variable=libdir"),
            "GI_TYPELIB_PATH": pkg_config("--variable=typelibdir"),
            "PYTHONPATH": str(overrides.parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.parametrize("variable, name", [
    ("girdir", "Migdesc-1.0.gir"),
    ("typelibdir", "Migdesc-1.0.typelib"),
    ("schemadir", "migdesc-1.0.schema.json"),
    ("vapidir", "migdesc-1.0.vapi"),
    ("vapidir", "migdesc-1.0.deps"),
    ("libdir", "libmigdesc-1.0.so"),
    ("libdir", "libmigdesc-1.0.so.0"),
    ("includedir", "migdesc-1.0/migdesc/migdesc.h"),
    ("includedir", "migdesc-1.0/migdesc-testkit.h"),
    ("libdir", "libmigdesc-testkit-1.0.a"),
])
def test_each_variable_leads_to_its_file(prefix, pkg_config, variable, name):
    path = Path(pkg_config(f"--variable={variable}")) / name
    assert path.is_relative_to(prefix) and path.is_file()


@pytest.mark.parametrize("name", [
    "bin/migdesc",
    "share/man/man1/migdesc.1",
    "share/bash-completion/completions/migdesc",
])
def test_the_command_comes_with_its_documentation(prefix, name):
    assert (prefix / name).is_file()


def test_the_package_says_what_it_is(pkg_config):
    assert pkg_config("--modversion") == VERSION
    assert pkg_config("--print-requires").splitlines() == [
        "glib-2.0 >= 2.74", "gobject-2.0 >= 2.74", "gio-2.0 >= 2.74", "json-glib-1.0 >= 1.6"]
    assert "-lmigdesc-1.0" in pkg_config("--libs").split()


def test_nothing_internal_is_installed(prefix):
    installed = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()}
    assert not [name for name in installed if "internal" in name or "-private" in name]


def test_a_c_program_builds_by_pkg_config_alone(tmp_path, pkg_config, runtime_env):
    program = tmp_path / "program"
    run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", MAIN_C, "-o", program,
        *pkg_config("--cflags", "--libs").split())
    assert run(program, env=runtime_env) == f"{VERSION}\n"


def test_a_header_by_itself_is_refused(tmp_path, pkg_config):
    source = tmp_path / "wrong.c"
    source.write_text("#include <migdesc/migdesc-macros.h>\n")
    result = subprocess.run(["gcc", "-fsyntax-only", source, *pkg_config("--cflags").split()],
                            capture_output=True, text=True, env=CLEAN_ENV)
    assert result.returncode == 1
    assert "Only <migdesc/migdesc.h> can be included directly." in result.stderr


def test_a_vala_program_builds_with_the_vapi(tmp_path, prefix, pkg_config, runtime_env):
    source = tmp_path / "main.vala"
    source.write_text('void main () { print ("%u\\n", Migdesc.get_major_version ()); }\n')
    program = tmp_path / "program"
    flags = [part for flag in pkg_config("--cflags", "--libs").split() for part in ("-X", flag)]
    run("valac", f"--vapidir={pkg_config('--variable=vapidir')}", "--pkg=migdesc-1.0", *flags,
        "-o", program, source, cwd=tmp_path,
        env={"PKG_CONFIG_PATH": str(Path(pkg_config("--variable=libdir")) / "pkgconfig")})
    assert run(program, env=runtime_env) == VERSION.split(".")[0] + "\n"


def test_python_finds_the_binding_and_its_override(runtime_env):
    code = ("import gi; gi.require_version('Migdesc', '1.0');"
            "from gi.repository import Migdesc; import gi.overrides.Migdesc as override;"
            "print(Migdesc.get_major_version(), override.__file__)")
    major, path = run("/usr/bin/python3", "-c", code, env=runtime_env, cwd="/").split()
    assert major == VERSION.split(".")[0]
    assert path.startswith(runtime_env["PYTHONPATH"])


def test_gjs_finds_the_binding(runtime_env):
    code = "imports.gi.versions.Migdesc = '1.0'; print(imports.gi.Migdesc.get_major_version());"
    assert run("gjs", "-c", code, env=runtime_env) == VERSION.split(".")[0] + "\n"


ASK = Path(__file__).resolve().parents[2] / "examples" / "ask"
NIC = ASK.parent / "data" / "my-nic.json"


@pytest.fixture(scope="module")
def askers(tmp_path_factory, pkg_config):
    """The same ten-line task in four languages, built as its first lines say."""
    folder = tmp_path_factory.mktemp("ask")
    flags = pkg_config("--cflags", "--libs").split()
    run("gcc", "-Wall", "-Wextra", "-Werror", ASK / "ask.c", "-o", folder / "ask-c", *flags)
    run("valac", f"--vapidir={pkg_config('--variable=vapidir')}", "--pkg=migdesc-1.0",
        *(part for flag in flags for part in ("-X", flag)), "-o", folder / "ask-vala",
        ASK / "ask.vala", cwd=folder,
        env={"PKG_CONFIG_PATH": str(Path(pkg_config("--variable=libdir")) / "pkgconfig")})
    return {"c": [folder / "ask-c"], "vala": [folder / "ask-vala"], "gjs": ["gjs", ASK / "ask.js"],
            "python": ["/usr/bin/python3", ASK / "ask.py"]}


@pytest.mark.parametrize("language", ["c", "vala", "gjs", "python"])
def test_ask_answers_the_same_in_every_language(language, askers, runtime_env):
    def ask(params):
        result = subprocess.run([*askers[language], NIC, params], capture_output=True, text=True,
                                env={**CLEAN_ENV, **runtime_env})
        return result.returncode, result.stdout
    assert ask("num-queues=8") == (0, "--m-num-queues=8\n--m-new-feature=off\n")
    assert ask("num-queues=65") == (1, (
        "blocker: param-value-not-allowed: num-queues=65 is not allowed; "
        "the destination accepts 1-64,128\n"
        "  remedy: restart the source with num-queues=64 or num-queues=128\n"))
    assert ask("num-queues") == (1, "")
