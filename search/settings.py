"""The settings: what an operator may choose, where it may stand, and what it means.

A flag wins over the environment (``DATELINE_INDEX``), the environment over the TOML
file that ``--config`` or ``DATELINE_CONFIG`` names. An empty variable is one that is
not set. Nothing is read from the working folder. Only the command and ``wsgi.py`` call
:func:`load`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from search.errors import BadSetting

PREFIX = "DATELINE_"

# Variables with our prefix that are no settings: where the settings file is, whether
# to print tracebacks, and where maintainers keep the collections they measure on.
_RESERVED = frozenset({"DATELINE_CONFIG", "DATELINE_DEBUG", "DATELINE_DATA"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the command and the web process run with; :data:`TABLE` explains each."""

    index: str = "./dateline-index"
    names: Path | None = None
    places: Path | None = None
    memory: int = 224
    bind: str = "127.0.0.1:8000"
    workers: int = 2
    threads: int = 16
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    origin: str = ""
    cors: bool = True
    access: Path | None = None
    log_requests: bool | None = None
    log_queries: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its name, default and meaning, and how it is read.

    ``parse`` takes text from the environment or a value from TOML and raises
    ValueError, with what it must be, for anything else.
    """

    name: str
    default: str
    help: str
    parse: Callable[[Any], Any]

    @property
    def variable(self) -> str:
        """Return the environment variable that sets it."""
        return PREFIX + self.name.upper()


def load(
    environ: Mapping[str, str], config: Path | None = None, **flags: Any
) -> Settings:
    """Return the settings; a flag that is None was not given.

    Raises:
        BadSetting: one is unknown or malformed, or the file cannot be read. The
            message names the setting and where it stands.
    """
    values: dict[str, Any] = {}
    for where, name, value in (
        *_from_file(_config(environ, config)),
        *_from_environment(environ),
        *((f"--{k.replace('_', '-')}", k, v) for k, v in flags.items()),
    ):
        if value is not None:
            values[name] = _parsed(where, name, value)
    return Settings(**values)


def _config(environ: Mapping[str, str], config: Path | None) -> Path | None:
    """Return the settings file named by flag or environment."""
    named = environ.get("DATELINE_CONFIG", "")
    return config or (Path(named) if named.strip() else None)


def _from_file(path: Path | None) -> Iterator[tuple[str, str, Any]]:
    """Yield where, name and value of each setting in the TOML file at ``path``."""
    if path is None:
        return
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise BadSetting(f"settings file {path}: {reason}") from error
    except ValueError as error:
        raise BadSetting(f"settings file {path} is not TOML: {error}") from error
    yield from ((f"{name} in {path}", name, value) for name, value in content.items())


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield where, name and value of each variable with our prefix, in order.

    Unit files and compose files can leave a variable empty, but not take it away.
    """
    for variable, value in sorted(environ.items()):
        ours = variable.startswith(PREFIX) and variable not in _RESERVED
        if ours and value.strip():
            yield variable, variable.removeprefix(PREFIX).lower(), value


def _parsed(where: str, name: str, value: Any) -> Any:
    """Return ``value`` as the setting ``name`` holds it."""
    setting = _BY_NAME.get(name)
    if setting is None:
        known = ", ".join(_BY_NAME)
        raise BadSetting(f"{where}: no such setting; there are {known}")
    try:
        return setting.parse(value)
    except ValueError as error:
        raise BadSetting(f"{where}: {error}, not {value!r}") from error


def _text(value: Any) -> str:
    """Return a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value


def _path(value: Any) -> Path:
    """Return a path, as it stands."""
    return value if isinstance(value, Path) else Path(_text(value))


def _count(value: Any) -> int:
    """Return a whole number from 1 to 1024."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit()
    number = int(value) if digits else value
    if type(number) is not int or not 1 <= number <= 1024:
        raise ValueError("must be a whole number from 1 to 1024")
    return number


def _megabytes(value: Any) -> int:
    """Return a whole number from 16 to 65536."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit()
    number = int(value) if digits else value
    if type(number) is not int or not 16 <= number <= 65_536:
        raise ValueError("must be a whole number of MB from 16 to 65536")
    return number


def _address(value: Any) -> str:
    """Return ``HOST:PORT``; an IPv6 host stands in brackets."""
    host, colon, port = _text(value).rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    fits = port.isascii() and port.isdigit() and int(port) <= 65_535
    odd = any(c.isspace() or c in "/[]@" for c in bare)
    if not colon or not bare or odd or not fits or (":" in bare and bare == host):
        raise ValueError("must be HOST:PORT as in 127.0.0.1:8000")
    return str(value)


def _origin(value: Any) -> str:
    """Return a scheme and a host without a path, as in ``https://news.example.org``."""
    given = _text(value).rstrip("/")
    parts = urlsplit(given)
    bare = f"{parts.scheme}://{parts.netloc}" == given and "@" not in given
    odd = any(c.isspace() or c in "\"'<>\\" for c in given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or odd or not bare:
        raise ValueError("must be like https://news.example.org, without a path")
    return given


def _hosts(value: Any) -> tuple[str, ...]:
    """Return host names, given as a list or as a text with commas."""
    listed = value.split(",") if isinstance(value, str) else value
    if isinstance(listed, list | tuple):
        hosts = tuple(host.strip() for host in listed if isinstance(host, str))
        if len(hosts) == len(listed) and all(hosts):
            return hosts
    raise ValueError("must be host names with commas between")


def _networks(value: Any) -> tuple[str, ...]:
    """Return addresses or networks, given as a list or as a text with commas."""
    try:
        return tuple(str(ip_network(host)) for host in _hosts(value))
    except ValueError as error:
        raise ValueError("must be addresses or networks as in 10.0.0.0/8") from error


def _truth(value: Any) -> bool:
    """Return a yes or no."""
    known = {"1": True, "true": True, "0": False, "false": False}
    found = known.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise ValueError("must be true or false")  # noqa: TRY004 - as all parsers here
    return found


_DEFAULTS = Settings()

TABLE = (
    Setting(
        "index",
        _DEFAULTS.index,
        "The index: a folder, or opensearch+http://HOST:9200/NAME.",
        _text,
    ),
    Setting(
        "names",
        "the bundled list",
        "A CSV file of names with several spellings, one group a line.",
        _path,
    ),
    Setting(
        "places",
        "GeoNames and our own table",
        "A CSV file of places and spellings that are known beside those.",
        _path,
    ),
    Setting(
        "memory",
        str(_DEFAULTS.memory),
        "How many MB of changes `dateline reindex` holds before it writes them out.",
        _megabytes,
    ),
    Setting(
        "bind",
        _DEFAULTS.bind,
        "The address and port that `dateline serve` listens on; port 0 takes a free "
        "one.",
        _address,
    ),
    Setting(
        "workers",
        str(_DEFAULTS.workers),
        "How many processes `dateline serve` answers with.",
        _count,
    ),
    Setting(
        "threads",
        str(_DEFAULTS.threads),
        "How many requests each of those processes answers at once.",
        _count,
    ),
    Setting(
        "trusted_hosts",
        "the loopback names where it listens on one, else any",
        "The host names the site answers to; others get a 400.",
        _hosts,
    ),
    Setting(
        "trusted_proxies",
        "none",
        "Addresses of proxies whose X-Request-ID is taken over.",
        _networks,
    ),
    Setting(
        "origin",
        "none, but where it is asked by a loopback name",
        "The site's own address, as in https://news.example.org, for feeds and for "
        "browsers' search boxes.",
        _origin,
    ),
    Setting(
        "cors",
        "true",
        "Whether pages of other sites may read /api, where browsers let them.",
        _truth,
    ),
    Setting(
        "access",
        "everybody may look",
        "A file of keys, NAME:PASSWORD or a token a line; who has none gets a 401.",
        _path,
    ),
    Setting(
        "log_requests",
        "true unless stderr is a terminal",
        "Whether each request is logged; faults always are.",
        _truth,
    ),
    Setting(
        "log_queries",
        "false",
        "Whether the log tells what people search for.",
        _truth,
    ),
)

_BY_NAME = {setting.name: setting for setting in TABLE}
