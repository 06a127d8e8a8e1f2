"""JUnit XML, for build servers: a suite per server, a failure per finding of medium severity or more.

Milder findings are cases that pass and say so in their output: a build that breaks on remarks is soon not looked at.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from mcpscan.finding import Action, Difference, Finding, Severity
from mcpscan.fleet import Audit, Flow
from mcpscan.render.audit.missed import Missed, missed
from mcpscan.render.audit.standing import Standing, standings
from mcpscan.render.changes import marked
from mcpscan.render.junit import legal
from mcpscan.render.shown import shown


def junit(audit: Audit) -> str:
    """The audit as JUnit XML. What was not looked at is an error, so that a build cannot pass on what nobody saw."""
    root = ET.Element("testsuites", name="mcpscan audit")
    everything = missed(audit)
    for standing in standings(audit):
        _server(root, standing, [entry for entry in everything if entry.server == standing.server.id])
    _fleet(root, audit, [entry for entry in everything if not entry.server])
    for counted in ("tests", "failures", "errors"):
        root.set(counted, str(sum(int(suite.get(counted, "0")) for suite in root)))
    root.set("time", f"{sum(server.seconds for server in audit.servers):.3f}")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _server(root: ET.Element, standing: Standing, lost: list[Missed]) -> None:
    server = standing.server
    installed = server.installed
    suite = ET.SubElement(root, "testsuite", name=_out(server.id), time=f"{server.seconds:.3f}")
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("client", installed.client), ("scope", installed.scope), ("file", installed.file),
        ("line", str(installed.line)), ("status", server.status.value), ("purl", installed.package.purl),
    ):  # fmt: skip
        ET.SubElement(properties, "property", name=name, value=_out(value))
    for finding in standing.findings:
        _finding(suite, finding, standing.where(finding), f"{installed.file}:{standing.line(finding)}")
    for change in standing.changes:
        _change(suite, change)
    for finding, reason in standing.accepted:
        name = _out(f"accepted {finding.rule}: {standing.where(finding)}")
        case = ET.SubElement(suite, "testcase", name=name, classname="mcpscan.accepted")
        ET.SubElement(case, "skipped", message=_out(reason))
    _close(suite, lost)


def _fleet(root: ET.Element, audit: Audit, lost: list[Missed]) -> None:
    """The suite of what belongs to no server alone."""
    suite = ET.SubElement(root, "testsuite", name="fleet", time="0.000")
    for finding in audit.across:
        _finding(suite, finding, shown(finding.owner or finding.pointer), finding.target)
    names = {server.id: server.installed.name for server in audit.servers}
    for flow in audit.flows:
        _flow(suite, flow, names)
    _close(suite, lost)


def _finding(suite: ET.Element, finding: Finding, where: str, at: str) -> None:
    case = ET.SubElement(
        suite, "testcase", name=_out(f"{finding.rule}: {where}"), classname=f"mcpscan.{_out(finding.kind)}"
    )
    text = _out(f"{at}\n{finding.quote}\n{finding.pointer} characters {finding.span[0]}-{finding.span[1]}")
    if finding.severity.rank < Severity.MEDIUM.rank:
        ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {_out(finding.message)}\n{text}"
        return
    kind = f"{finding.severity.value}/{finding.confidence.value}"
    ET.SubElement(case, "failure", message=_out(finding.message), type=kind).text = text


def _change(suite: ET.Element, change: Difference) -> None:
    name = _out(f"drift: {change.family} {change.name} {change.path or change.kind}")
    case = ET.SubElement(suite, "testcase", name=name, classname="mcpscan.drift")
    if change.grade is Action.ALLOW:
        ET.SubElement(case, "system-out").text = _out(f"{change.label}: {marked(change)}")
        return
    message = _out(change.reason or change.label)
    ET.SubElement(case, "failure", message=message, type=change.grade.value).text = _out(marked(change))


def _flow(suite: ET.Element, flow: Flow, names: dict[str, str]) -> None:
    steps = " → ".join(f"{names.get(step.server, step.server)}.{step.tool}" for step in flow.steps)
    case = ET.SubElement(suite, "testcase", name=_out(f"flow in {flow.client}: {steps}"), classname="mcpscan.flow")
    because = "\n".join(f"{step.tool}: {step.ability.value}, {step.because}" for step in flow.steps)
    if flow.sure:
        ET.SubElement(case, "failure", message=_out(flow.message), type="flow").text = _out(because)
    else:
        ET.SubElement(case, "system-out").text = _out(f"a guess: {flow.message}\n{because}")


def _close(suite: ET.Element, lost: list[Missed]) -> None:
    """What was not looked at, and the counts that build servers show."""
    for entry in lost:
        case = ET.SubElement(suite, "testcase", name=_out(f"{entry.code}: {entry.where}"), classname="mcpscan.coverage")
        ET.SubElement(case, "skipped" if entry.expected else "error", message=_out(entry.reason))
    if suite.find("testcase") is None:
        ET.SubElement(suite, "testcase", name="nothing found", classname="mcpscan")
    suite.set("tests", str(len(suite.findall("testcase"))))
    for noun, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(noun, str(len(suite.findall(f"testcase/{tag}"))))


def _out(text: str) -> str:
    """The text with nothing unseen and nothing that XML forbids; line ends stay."""
    return legal("\n".join(map(shown, text.split("\n"))))
