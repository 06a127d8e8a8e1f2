"""JUnit XML, for build servers: a suite per target, a failure per finding that leads to review or block."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from mcpscan.finding import Finding, Report
from mcpscan.render import place


def junit(report: Report) -> str:
    """The report as JUnit XML. What was not scanned is an error, so that a build cannot pass on what nobody saw."""
    root = ET.Element("testsuites", name="mcpscan")
    properties = ET.SubElement(root, "properties")
    ET.SubElement(properties, "property", name="verdict", value=report.verdict.action.value)
    for target in report.targets or ():
        _suite(root, report, target.name)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(root: ET.Element, report: Report, name: str) -> None:
    findings = [finding for finding in report.findings if finding.target == name]
    missed = [entry for entry in report.not_scanned if entry.target == name]
    broken = [error for error in report.errors if error.target == name]
    total = len(findings) + len(missed) + len(broken) or 1
    suite = ET.SubElement(
        root, "testsuite", name=legal(name or "mcpscan"), tests=str(total), failures=str(len(findings)),
        errors=str(len(missed) + len(broken)),
    )  # fmt: skip
    for finding in findings:
        _failure(suite, finding)
    for entry in missed:
        case = ET.SubElement(suite, "testcase", name=f"not scanned: {entry.code}", classname="mcpscan.coverage")
        ET.SubElement(case, "error", message=legal(entry.reason)).text = legal(entry.pointer)
    for error in broken:
        case = ET.SubElement(suite, "testcase", name=f"failed: {error.where}", classname="mcpscan.errors")
        ET.SubElement(case, "error", message=legal(error.problem))
    if not (findings or missed or broken):
        ET.SubElement(suite, "testcase", name="nothing found", classname="mcpscan")


def _failure(suite: ET.Element, finding: Finding) -> None:
    where = place(finding.pointer, finding.owner, in_key=finding.in_key)
    case = ET.SubElement(suite, "testcase", name=legal(f"{finding.rule}: {where}"), classname=f"mcpscan.{finding.kind}")
    kind = f"{finding.severity.value}/{finding.confidence.value}"
    failure = ET.SubElement(case, "failure", message=legal(finding.message), type=kind)
    failure.text = legal(f"{finding.quote}\n{finding.pointer} characters {finding.span[0]}-{finding.span[1]}")


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 (section 2.2) forbids."""
    return "".join(
        char
        if char in "\t\n" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
        else "\ufffd"
        for char in text
    )
