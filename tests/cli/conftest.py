"""The command, run within the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaderboard import cli


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`command(*arguments)`: exit status, standard output and standard error of the command."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
