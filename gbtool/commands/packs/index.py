"""The index of an application: every material with its files, their pages and hashes, as a Word paper."""

from gbtool.documents.papers import Block, Heading, Paper, Table, Text
from gbtool.model.facts import Facts
from gbtool.model.outside.material import Application

KIND = "application"


def index(found: Application, facts: Facts) -> Paper:
    """The index of the pack: every material with its files, pages and hashes."""
    rows: list[tuple[str, ...]] = []
    for number, answer in enumerate(found.answers, 1):
        for place_, each in enumerate(answer.files or (None,)):
            first = (str(number), f"{answer.material.id} {answer.material.name}", answer.material.required.word)
            head = first if place_ == 0 else ("", "", "")
            rows.append((*head, *_file(each)))
    heads = ("序号", "材料", "要求", "文件", "页数", "SHA-256")
    blocks: tuple[Block, ...] = (
        Text(f"{facts.client.name}　{found.body or '认证机构未定，按通用组成'}　申请日 {facts.today}"),
        Table(heads, tuple(rows), (0.05, 0.2, 0.09, 0.33, 0.06, 0.27)),
        Heading("说明"),
        Text("页数空着的是没有出过 PDF 的 Word 文件；全部文件的大小和哈希也在清单 gbtool-archive.json 里。"),
    )
    return Paper(KIND, "认证申请材料目录", "", blocks, date=str(facts.today), wide=True)


def _file(each: object) -> tuple[str, str, str]:
    name, pages, digest = (getattr(each, key, None) for key in ("name", "pages", "sha256"))
    return str(name or "没有").partition("/")[2] or "没有", "" if pages is None else str(pages), str(digest or "")
