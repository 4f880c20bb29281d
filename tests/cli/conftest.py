# SPDX-License-Identifier: LGPL-2.1-or-later

import pytest

from box import Box


@pytest.fixture
def box(tmp_path):
    return Box(tmp_path)
