"""What an operator may set, and where."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from search.errors import BadSetting
from search.settings import TABLE, Settings, load

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture
def toml(tmp_path):
    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text)
        return path

    return write


def test_nothing_set_gives_the_defaults():
    assert load({}, None) == Settings()


def test_a_flag_wins_over_the_environment():
    assert load({"DATELINE_INDEX": "env"}, None, index="flag").index == "flag"


def test_a_flag_not_given_leaves_the_environment():
    assert load({"DATELINE_INDEX": "env"}, None, index=None).index == "env"


def test_the_environment_wins_over_the_file(toml):
    settings = load({"DATELINE_WORKERS": "3"}, toml("workers = 5\nthreads = 4"))
    assert (settings.workers, settings.threads) == (3, 4)


def test_the_environment_may_name_the_file(toml):
    assert load({"DATELINE_CONFIG": str(toml('index = "a"'))}).index == "a"


def test_a_file_in_the_working_folder_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "dateline.toml").write_text('index = "planted"')
    monkeypatch.chdir(tmp_path)
    assert load({}) == Settings()


@pytest.mark.parametrize("value", ["", " "])
@pytest.mark.parametrize("setting", [*TABLE], ids=lambda setting: setting.name)
def test_an_empty_variable_is_not_set(toml, setting, value):
    file = toml('index = "a"\nlog_queries = true\nworkers = 3')
    assert load({setting.variable: value}, file) == load({}, file)


def test_an_empty_variable_names_no_file():
    assert load({"DATELINE_CONFIG": ""}) == Settings()


def test_hosts_are_a_list_in_toml_and_have_commas_in_the_environment(toml):
    listed = load({}, toml('trusted_hosts = ["a.example", "b.example"]'))
    assert listed == load({"DATELINE_TRUSTED_HOSTS": "a.example, b.example"})


@pytest.mark.parametrize(
    "environ",
    [
        {"DATELINE_WROKERS": "2"},
        {"DATELINE_WORKERS": "0"},
        {"DATELINE_WORKERS": "two"},
        {"DATELINE_THREADS": "²"},
        {"DATELINE_MEMORY": "8"},
        {"DATELINE_BIND": "8000"},
        {"DATELINE_BIND": "localhost:70000"},
        {"DATELINE_BIND": "::1:8000"},
        {"DATELINE_TRUSTED_HOSTS": "a,,b"},
    ],
)
def test_a_wrong_variable_is_an_error_that_names_it(environ):
    with pytest.raises(BadSetting, match=next(iter(environ))):
        load(environ)


@pytest.mark.parametrize(
    "line", ["colour = 1", "workers = true", "index = 5", "trusted_hosts = [1]"]
)
def test_a_wrong_line_of_the_file_is_an_error_that_names_it(toml, line):
    with pytest.raises(BadSetting, match=rf"{line.split()[0]} in .*settings\.toml"):
        load({}, toml(line))


@pytest.mark.parametrize("text", ["= broken", "index = 'a"])
def test_a_file_that_is_not_toml_is_an_error_that_names_it(toml, text):
    with pytest.raises(BadSetting, match=r"settings\.toml is not TOML"):
        load({}, toml(text))


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(BadSetting, match=r"gone\.toml: No such file"):
        load({}, tmp_path / "gone.toml")


def test_the_table_has_a_row_for_each_setting_and_its_default():
    assert {row.name for row in TABLE} == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_docs_name_each_setting_with_its_variable_and_default(row):
    line = next(
        line
        for line in DOCS.read_text().splitlines()
        if line.startswith(f"| `{row.name}`")
    )
    assert row.variable in line
    assert row.default in line


@pytest.mark.parametrize(
    "value",
    [
        "news.example",
        "https://",
        "ftp://a.example",
        "https://a.example/x",
        "//a",
        "x y",
    ],
)
def test_an_origin_is_a_scheme_and_a_host_alone(value):
    with pytest.raises(BadSetting, match="DATELINE_ORIGIN"):
        load({"DATELINE_ORIGIN": value})


def test_an_origin_ends_without_a_slash():
    assert load({"DATELINE_ORIGIN": "https://a.example:8/"}).origin == (
        "https://a.example:8"
    )
