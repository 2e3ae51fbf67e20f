"""How findings are shown: the sentence, both places, what to do; the same list in JSON."""

from collections.abc import Iterable, Sequence

from gbtool.cli import show
from gbtool.model.finding import Finding, Severity

WORDS = {Severity.ERROR: "错误", Severity.WARN: "提示", Severity.INFO: "说明"}
SHOWN = 12


def fault_lines(findings: Sequence[Finding]) -> None:
    """Each finding with its places and what to do; a long list is cut with its count."""
    for finding in findings[:SHOWN]:
        show.text(f"  · {finding.message}")
        for place in finding.places:
            show.text(f"      {place}")
        if finding.waived:
            show.text(f"      豁免：{finding.waived}")
        elif finding.fix:
            show.text(f"      → {finding.fix}")
    if len(findings) > SHOWN:
        show.text(f"  ……还有 {len(findings) - SHOWN} 条，用 --json 看全部")


def findings_json(findings: Iterable[Finding], names: Sequence[str]) -> list[dict[str, object]]:
    """Findings as mappings with these entries."""
    return [{name: getattr(finding, name) for name in names} for finding in findings]
