# SPDX-License-Identifier: LGPL-2.1-or-later

"""Writes the results of each pytest file where scripts/test counts them."""

import os
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    folder = os.environ.get("MIGDESC_JUNIT_DIR")
    if folder and config.args and not config.option.xmlpath:
        config.option.xmlpath = str(Path(folder) / (Path(config.args[0]).stem + ".xml"))
