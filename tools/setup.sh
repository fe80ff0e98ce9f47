#!/bin/sh
# Makes the environment VENV hold exactly what a lock file pins, and the project itself, editable.
#
#   [VENV=.venv] tools/setup.sh LOCK [--install]
#
# Where a system package is missing it is installed if --install allows it and we are
# root; otherwise the one line that installs it is printed and the script ends with 1.
set -eu
cd "$(dirname "$0")/.."
lock=$1
allowed=${2:-}
venv=${VENV:-.venv}

. tools/need.sh

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    need "python3 python3-venv" "Python 3.11 or newer is missing"
    python=$(find_python)
    [ -n "$python" ] || { echo "The system's python3 is older than 3.11." >&2; exit 1; }
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    need python3-venv "Python's venv module is missing"

# Whatever can change the installation is part of the stamp; the code is editable.
stamp=$venv/installed-$({ pwd; cat "$lock" setup.cfg pyproject.toml tools/setup.sh tools/need.sh; } | cksum | tr " " -)
[ -x "$venv/bin/python" ] && [ -e "$stamp" ] && exit 0
echo "Setting up $venv from $lock ..." >&2
# A half-made environment is made anew: its python may be the system's own.
"$venv/bin/python" -c 'import sys, pip; sys.exit(sys.prefix == sys.base_prefix)' \
    2>/dev/null || rm -rf "$venv"
if [ ! -x "$venv/bin/python" ] && ! said=$("$python" -m venv "$venv" 2>&1); then
    rm -rf "$venv"
    case $said in
    *ensurepip*)
        need python3-venv "Python's venv module is missing"
        "$python" -m venv "$venv"
        ;;
    *)
        echo "$said" >&2
        exit 1
        ;;
    esac
fi
export PIP_REQUIRE_VIRTUALENV=1 # nothing is ever installed outside it
pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --require-hashes --requirement "$lock" >&2
$pip install --no-deps --no-build-isolation --editable . >&2
rm -f "$venv"/installed-*
: > "$stamp"
