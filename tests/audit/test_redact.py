"""Secrets: known by their form, by their name or by chance; places to fill in are none."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcpscan.audit.config.redact import KINDS, redacted, secrets

BODY = "k4Zq7RwT1mXb9LcVe2Ps8HdNu5Jf3GyA6o"
HEX = "9f1c3a7be05d2846"
FORMS = {
    "private key": f"-----BEGIN RSA PRIVATE KEY-----\n{BODY}\n-----END RSA PRIVATE KEY-----",
    "GitHub token": f"gho_{BODY}Qw",
    "GitLab token": f"glpat-{BODY[:20]}",
    "Slack token": f"xoxb-{BODY}",
    "Anthropic key": f"sk-ant-api03-{BODY}",
    "OpenAI key": f"sk-proj-{BODY}",
    "AWS access key": "AKIA" + "Q7M2X4LZ3T6VB5KD",
    "Google API key": f"AIza{BODY}Q",
    "Stripe key": f"sk_live_{BODY}",
    "SendGrid key": f"SG.{BODY[:22]}.{BODY}",
    "npm token": f"npm_{BODY}Qw",
    "Hugging Face token": f"hf_{BODY}",
    "Notion token": f"ntn_{BODY}Qw",
    "Linear key": f"lin_api_{BODY}Qw",
    "Tavily key": f"tvly-{BODY}",
    "Firecrawl key": f"fc-{HEX}{HEX}",
    "Telegram bot token": f"1234567890:AA{BODY[:33]}",
    "Vault token": f"hvs.{BODY}",
    "Shopify token": f"shpat_{HEX}{HEX}",
    "JSON web token": f"eyJ{BODY}.eyJ{BODY}.{BODY}",
    "password in an address": f"postgres://app:{BODY}@db.example/x",
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_token_is_known_by_its_form_and_taken_out(kind):
    text = f"before {FORMS[kind]} after"
    assert [found.kind for found in secrets(text)] == [kind]
    shown = redacted(text)
    assert BODY[:16] not in shown
    assert HEX not in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


def test_every_form_is_a_pattern_that_needs_more_than_its_prefix():
    for kind, pattern in KINDS:
        assert not re.search(pattern, ""), kind
    assert len(KINDS) >= 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_KEY", "${API_KEY}"), ("API_KEY", "$API_KEY"), ("API_KEY", "%API_KEY%"), ("API_KEY", "{{ key }}"), ("API_KEY", "<your key>"),
        ("API_KEY", "YOUR_API_KEY"), ("API_KEY", "xxxxxxxx"), ("API_KEY", "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), ("API_KEY", "changeme"),
        ("API_KEY", "op://a/b/c"), ("API_KEY", "..."), ("API_KEY", ""), ("API_KEY", "${input:key}"), ("TOKEN", "ghp_" + "x" * 36),
        ("MAX_TOKENS", "400000"), ("KEY_FILE", "/run/secrets/key"), ("PUBLIC_KEY", BODY[:20]), ("MODE", "production"),
        ("", "3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e"), ("", "sha256:" + HEX * 4), ("", "/home/alex/a/very/long/path/To/Some9/file8"),
        ("SORT_KEY", "created_at"), ("Authorization", "Bearer ${TOKEN}"),
    ],
)  # fmt: skip
def test_a_place_to_fill_in_or_a_plain_value_is_no_secret(name, value):
    assert list(secrets(value, name)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "correct-horse"),
        ("X-Api-Key", BODY),
        ("--token", "abc123def"),
        ("PASSWORD", "${PASSWORD:-winter26}"),
        ("", BODY),
    ],
)
def test_a_name_or_chance_makes_a_value_a_secret(name, value):
    (found,) = secrets(value, name)
    assert not found.sure
    assert "•••" in redacted(value, name)


@given(st.text(max_size=80), st.text(alphabet=string.ascii_letters + "_-", max_size=12))
def test_no_value_crashes_it(text, name):
    assert isinstance(redacted(text, name), str)
