"""The sub-commands of `leaderboard`, one public module each.

A command is a module whose docstring's first line is its help, with `arguments(parser)`, which adds its options, and
`run(options)`, which does the job and returns the exit status. Its name is its file name. Only the module of the
command that runs is imported, so that every command starts fast.
"""

from __future__ import annotations
