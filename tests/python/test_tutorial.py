# SPDX-License-Identifier: LGPL-2.1-or-later

"""The tutorial says what is true: its code is run, its answers are compared."""

import doctest
import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tutorial_is_true():
    text = (ROOT / "docs" / "tutorial.md").read_text()
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "tutorial", "docs/tutorial.md", 0)
    output = []
    directory = os.getcwd()
    os.chdir(ROOT)
    try:
        result = doctest.DocTestRunner().run(test, out=output.append)
    finally:
        os.chdir(directory)
    assert result.failed == 0, "".join(output)
    assert result.attempted > 40
