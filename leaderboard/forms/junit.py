"""JUnit XML for build servers: a suite per check, a case per group; only a new error is a failure.

What is not applicable, suppressed or known from the baseline is a skipped case with its reason; warnings, notes and
groups for review are passed cases with their text as output.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # writing only; nothing is parsed
from itertools import groupby

from leaderboard.checks import Report
from leaderboard.forms._parts import Options, header, parts, plain, word
from leaderboard.models import Finding


def render(report: Report, options: Options) -> str:
    """All groups in all states: in this form the passes are the denominator, whatever `options` say."""
    del options
    root = ET.Element("testsuites", name="leaderboard check")
    for check, found in groupby(sorted(report.findings, key=lambda finding: finding.check), lambda one: one.check):
        suite = ET.SubElement(root, "testsuite", name=check)
        for finding in found:
            _case(suite, finding, report)
        _counts(suite)
    _counts(root)
    about = ET.Element("testsuite", name="summary", tests="0", failures="0", errors="0", skipped="0")
    properties = ET.SubElement(about, "properties")
    for number, line in enumerate(header(report)):
        ET.SubElement(properties, "property", name=f"line{number}", value=line.strip())
    root.insert(0, about)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, finding: Finding, report: Report) -> None:
    """One group as a case; its name tells paper, numbers and fingerprint."""
    numbers = ", ".join(plain(operand.printed) for operand in finding.operands)
    name = f"{plain(finding.paper_id)}: {numbers} [{finding.fingerprint}]"
    case = ET.SubElement(suite, "testcase", classname=f"leaderboard.{finding.check}", name=name)
    skipped = _skipped(finding, report)
    if skipped:
        ET.SubElement(case, "skipped", message=plain(skipped))
    elif finding.state in {"fail", "review"}:
        told = "\n".join(f"{label}: {plain(body)}" if label else plain(body) for label, body in parts(finding, report))
        if finding.state == "fail" and finding.level == "error":
            failure = ET.SubElement(case, "failure", type=finding.check, message=plain(finding.message))
            failure.text = told
        else:
            ET.SubElement(case, "system-out").text = f"{word(finding)}: {plain(finding.message)}\n{told}"


def _skipped(finding: Finding, report: Report) -> str:
    """Why a case is skipped, or "" where it is not."""
    if finding.state == "not-applicable":
        return finding.reason or finding.message
    if finding.state == "suppressed":
        return f"suppressed: {finding.suppressed_by}"
    return "already in the baseline" if finding.state == "fail" and report.is_known(finding) else ""


def _counts(element: ET.Element) -> None:
    """Write the numbers of cases, failures and skipped cases below an element on it."""
    for name, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("skipped", ".//skipped")):
        element.set(name, str(len(element.findall(path))))
    element.set("errors", "0")
