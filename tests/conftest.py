"""What most tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mcpscan.engine import Scanner

collect_ignore_glob = ["servers/*", "upstream/*", "fuzz/*", "refresh_corpora.py"]


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Compiled databases of a test run go to a folder of its own, shared by the programs that tests start."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MCPSCAN_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def scanner(private_cache: Path) -> Scanner:
    """A scanner with all rules under the default policy, without the classifier."""
    return Scanner(classifier=False)
