"""Settings: where they come from, which of them wins, what is said of wrong ones, and what nobody gets to see."""

import json

import pytest

from mcpscan_service.guard import Channel, Failing, Mode
from mcpscan_service.load import Origin, SettingsError, dumped, loaded, shown
from mcpscan_service.settings import Settings

FILE = """
port = 9000
[upstreams.files]
url = "http://127.0.0.1:1/mcp?key=query-secret"
headers = { Authorization = "Bearer header-secret" }
[guard]
mode = "redact"
modes = { result = "block" }
[auth.keys]
ci = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "service.toml"
    path.write_text(FILE)
    return path


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for name in ("MCPSCAN_PORT", "MCPSCAN_GUARD__MODE"):
        monkeypatch.delenv(name, raising=False)


def test_the_command_line_comes_before_the_environment_before_the_file(file, monkeypatch):
    monkeypatch.setenv("MCPSCAN_PORT", "9001")
    monkeypatch.setenv("MCPSCAN_HOST", "127.0.0.2")
    monkeypatch.setenv("MCPSCAN_GUARD__ON_FAILURE", "open")
    monkeypatch.setenv("MCPSCAN_UPSTREAMS__OTHER__URL", "http://127.0.0.1:2/mcp")
    settings = Origin(file, {"host": "127.0.0.3", "upstreams": {"third": {"url": "http://127.0.0.1:3/mcp"}}}).load()
    assert (settings.port, settings.host) == (9001, "127.0.0.3")
    assert set(settings.upstreams) == {"files", "other", "third"}
    assert settings.guard.on_failure is Failing.OPEN
    assert settings.guard.mode_of(Channel.RESULT) is Mode.BLOCK
    assert settings.guard.mode_of(Channel.PROMPT) is Mode.REDACT


def test_without_anything_the_defaults_hold():
    assert Origin().load() == Settings()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"port": 99_999}, "setting port"),
        ({"upstreams": {"v1": {"url": "http://a/"}}}, "cannot name an upstream"),
        ({"upstreams": {"../x": {"url": "http://a/"}}}, "cannot name an upstream"),
        ({"upstreams": {"a": {"url": "file:///etc/passwd"}}}, "http(s)://HOST"),
        ({"upstreams": {"a": {"url": "http://user:pw@a/"}}}, "no user name"),
        ({"guard": {"act_on": "allow"}}, "would stop everything"),
        ({"guard": {"mode": "maybe"}}, "guard.mode"),
        ({"colour": "red"}, "setting colour"),
    ],
)
def test_a_wrong_setting_is_named_with_the_reason(said, words):
    with pytest.raises(SettingsError) as caught:
        Origin(None, said).load()
    assert words in str(caught.value)
    assert "pw" not in str(caught.value)


def test_a_variable_that_names_no_setting_is_not_overlooked(monkeypatch):
    monkeypatch.setenv("MCPSCAN_PROT", "9000")
    with pytest.raises(SettingsError, match="MCPSCAN_PROT"):
        Origin().load()


@pytest.mark.parametrize("text", ["port = ", "port = 1\nport = 2", "\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path, text):
    path = tmp_path / "service.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"service\.toml"):
        Origin(path).load()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        Origin(tmp_path / "gone.toml").load()


def test_the_settings_in_force_are_shown_without_any_secret(file):
    text = json.dumps(shown(Origin(file).load()))
    assert "http://127.0.0.1:1/mcp" in text
    for secret in ("query-secret", "header-secret", "5e884898"):
        assert secret not in text


def test_an_origin_survives_the_way_to_a_worker(file):
    origin = Origin(file, {"port": 0, "guard": {"mode": "monitor"}})
    assert loaded(dumped(origin)).load() == origin.load()
