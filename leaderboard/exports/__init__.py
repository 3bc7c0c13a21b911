"""Exports: a snapshot as files, one public module per format.

A format is a module with `FILE`, the name of its file in the folder of a build, and `write(snapshot, path)`, which
writes that file. Its name is its file name; `plugins.discover` finds it. Text of papers is data in every format:
escaped in HTML and Markdown, neutralised where a spreadsheet would run it, raw in JSON and Parquet.
"""

from __future__ import annotations
