"""Fail if a report of the tests shows a skipped browser test, or none at all."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET


def main(report: str) -> int:
    """Return 0 if every browser test of the JUnit file ``report`` was run."""
    cases = [
        case
        for case in ET.parse(report).iter("testcase")
        if "test_browser" in case.get("classname", "")
    ]
    skipped = [case.get("name") for case in cases if case.find("skipped") is not None]
    for name in skipped:
        sys.stderr.write(f"skipped: {name}\n")
    if not cases:
        sys.stderr.write("no browser test was run\n")
    return 1 if skipped or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
