"""What an application lacks, as a table and as JSON."""

from gbtool.cli import show
from gbtool.model.finding import Verdict
from gbtool.model.outside.material import Answer, Application, Wrong


def tell(found: Application) -> None:
    """Every material, what is wrong with it, what to do."""
    show.text(f"{found.client}　{found.body or '认证机构未定，按通用组成'}　申请门槛：{found.verdict.word}")
    show.text()
    show.table(("材料", "要求", "文件", "页数", "情况"), [_row(answer) for answer in found.answers])
    for answer in found.answers:
        blocking = [each for each in answer.problems if each.blocks]
        if blocking:
            show.text()
            show.text(f"{answer.material.id} {answer.material.name}")
        for each in blocking:
            show.text(f"  · {each.wrong.value}：{each.message}{f'　→ {each.fix}' if each.fix else ''}")
    show.text()
    counts = "，".join(f"{wrong.value} {found.count(wrong)} 处" for wrong in Wrong if found.count(wrong))
    if counts:
        show.text(f"没有打包：{counts}。")
        show.text("客户自己的、盖了章的放进 申请材料/，文件名以编号开头，如 M02 营业执照.pdf；也可以替代上面缺的。")
    else:
        show.done("要的都有，没有太薄的，日期都对。")
    if found.verdict is not Verdict.READY:
        show.next_step("gbtool readiness", "申请门槛还没有都过")


def _row(answer: Answer) -> tuple[object, ...]:
    material, files = answer.material, answer.files
    pages = [each.pages for each in files if each.pages is not None]
    wrong = dict.fromkeys(each.wrong.value for each in answer.problems if each.blocks)
    state = "、".join(wrong) if wrong else "有" if files else "没有放"
    shown = f"{sum(pages)}{'' if len(pages) == len(files) else '+'}" if pages else ""
    return f"{material.id} {material.name}", material.required.word, len(files) or "", shown, state


def mapping(found: Application) -> dict[str, object]:
    """The materials as scripts read them."""
    return {
        "client": found.client,
        "body": found.body or None,
        "source": found.source,
        "verdict": found.verdict.value,
        "complete": not found.problems,
        "materials": [_material(answer) for answer in found.answers],
    }


def _material(answer: Answer) -> dict[str, object]:
    material = answer.material
    return {
        "id": material.id,
        "name": material.name,
        "required": material.required.value,
        "files": [{"name": f.name, "pages": f.pages, "size": f.size, "sha256": f.sha256} for f in answer.files],
        "problems": [
            {"wrong": p.wrong.value, "message": p.message, "fix": p.fix, "blocks": p.blocks} for p in answer.problems
        ],
    }
