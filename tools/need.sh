# Sourced by check and setup.sh; `allowed` is --install or empty.

need() { # a list of Debian packages, and what is missing without them
    if [ "$allowed" = --install ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "$2; installing $1 ..." >&2
        apt-get update -qq >&2
        # shellcheck disable=SC2086  # a list of packages
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >&2
        return
    fi
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo "
    echo "$2. Run this line, then try again:" >&2
    echo "  ${sudo}apt-get update && ${sudo}apt-get install -y $1" >&2
    exit 1
}
