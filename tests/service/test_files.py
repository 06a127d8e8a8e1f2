"""What is shipped to run the filter: it names what exists, and says what the program takes."""

import re

import yaml
from cases import ROOT

from mcpscan_service.load import Origin
from mcpscan_service.settings import AuthMode

SERVICE = ROOT / "service"


def test_the_example_of_settings_is_read_and_is_not_open():
    settings = Origin(SERVICE / "service.toml").load()
    assert settings.auth.mode is AuthMode.KEYS
    assert "everything" in settings.upstreams
    assert settings.audit.chain


def test_the_image_copies_what_is_there_and_runs_as_nobody_in_particular():
    lines = (SERVICE / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert "USER mcpscan" in lines
    assert lines.index("USER mcpscan") < next(at for at, line in enumerate(lines) if line.startswith("ENTRYPOINT"))


def test_the_compose_file_builds_that_image_and_hides_the_server():
    compose = yaml.safe_load((SERVICE / "compose.yaml").read_text(encoding="utf-8"))
    built = compose["services"]["filter"]
    assert (ROOT / built["build"]["dockerfile"]).exists()
    assert built["read_only"] is True
    assert "ports" not in compose["services"]["everything"]
    mounted = [volume.split(":")[0] for volume in built["volumes"]]
    assert all((SERVICE / name).exists() for name in mounted if name.startswith("./"))


def test_the_unit_leaves_more_time_than_the_filter_takes_to_end():
    unit = (SERVICE / "mcpscan.service").read_text(encoding="utf-8")
    patience = int(re.search(r"TimeoutStopSec=(\d+)", unit)[1])
    assert patience > Origin().load().limits.shutdown_seconds
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
