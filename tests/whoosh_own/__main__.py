"""Run Whoosh's own tests against the columnar index: ``python -m tests.whoosh_own``.

The tests come from Whoosh's source distribution, fetched with pip or given as a folder
that it was unpacked in; nothing of it is kept. Those that cannot pass are listed here,
and why in docs/whoosh.md. Exits with 1 where another fails, or one of them passes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

RELEASE = "Whoosh==2.7.4"

# What there is of the index in them; the others are about parsers, files and codecs.
MODULES = [
    "classify",
    "collector",
    "dateparse",
    "fields",
    "flexible",
    "highlighting",
    "indexing",
    "matching",
    "misc",
    "nested",
    "parse_plugins",
    "parsing",
    "postings",
    "quality",
    "queries",
    "reading",
    "results",
    "searching",
    "sorting",
    "spans",
    "spelling",
    "vectors",
    "weightings",
    "writing",
]

# Why a test cannot pass, and which these are.
EXPECTED = {
    "vectors": [
        "classify::test_keyterms",
        "classify::test_more_like_this",
        "reading::test_vector_postings",
        "results::test_keyterms",
        "sorting::test_function_facet",
        "sorting::test_overlapping_vector",
        "sorting::test_sorting_function",
        "vectors::test_single_term",
        "vectors::test_vector_merge",
        "vectors::test_vector_reading",
        "vectors::test_vector_unicode",
        "writing::test_add_reader",
    ],
    "fixed fields": [
        "flexible::test_addfield",
        "flexible::test_addfield_spelling",
        "flexible::test_optimize_away",
        "flexible::test_removefield",
        "sorting::test_missing_column",
        "vectors::test_add_vectored_field",
        "writing::test_add_field",
    ],
    "readers as documents": [
        "writing::test_buffered",
        "writing::test_buffered_search",
        "writing::test_buffered_threads",
        "writing::test_buffered_update",
    ],
    "characters": ["highlighting::test_pinpoint", "spans::test_span_characters"],
    "weights": ["indexing::test_doc_boost", "writing::test_fractional_weights"],
    "no block quality": ["results::test_lengths"],
    "Whoosh's files": ["sorting::test_add_sortable"],
    "merging": ["reading::test_doc_count"],
    "classes": ["reading::test_first_id"],
}


def main() -> None:
    """Fetch, run and compare."""
    parser = argparse.ArgumentParser(prog="tests.whoosh_own", description=__doc__)
    parser.add_argument("sources", nargs="?", type=Path, help="the unpacked source")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = asked.sources or _fetched(Path(folder))
        passed, failed = _run(sources / "tests", Path(folder) / "report.xml")
    expected = {name for names in EXPECTED.values() for name in names}
    figures = {
        "passed": len(passed),
        "failed": {why: len(failed & {*names}) for why, names in EXPECTED.items()},
        "unexpected": sorted(failed - expected),
        "better_than_expected": sorted(passed & expected),
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    sys.exit(1 if figures["unexpected"] or figures["better_than_expected"] else 0)


def _fetched(folder: Path) -> Path:
    """Return the folder of the source distribution, fetched and unpacked."""
    pip = [sys.executable, "-m", "pip", "download", RELEASE, "--no-deps", "--quiet"]
    subprocess.run([*pip, "--no-binary", ":all:", "--dest", folder], check=True)
    (archive,) = (path for path in folder.iterdir() if path.is_file())
    shutil.unpack_archive(archive, folder)
    (sources,) = (path for path in folder.iterdir() if path.is_dir())
    return sources


def _run(tests: Path, report: Path) -> tuple[set[str], set[str]]:
    """Return the names of the tests that passed, and of those that failed."""
    root = Path(__file__).parents[2]
    settings = tests / "pytest.ini"
    settings.write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(settings)]
    plugins = [
        "-p",
        "tests.whoosh_own.substitute",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore",
    ]
    files = [str(tests / f"test_{name}.py") for name in MODULES]
    path = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    subprocess.run(
        [*command, *plugins, "--tb=no", f"--junitxml={report}", *files],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    passed: set[str] = set()
    failed: set[str] = set()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # pytest's own
        name = f"{case.get('classname', '').rpartition('test_')[2]}::{case.get('name')}"
        (passed if len(case) == 0 else failed).add(name)
    return passed, failed


if __name__ == "__main__":
    main()
