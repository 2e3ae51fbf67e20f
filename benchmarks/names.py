"""`python -m benchmarks.names`: a whole set checked against the names of a thousand other clients."""

import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.timing import ROOT, medians, program, run, show

CLIENTS = 1000
ON = ("--on", "2026-05-15")
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "子明思远若水清扬一鸣书航云帆知行乐天景行怀瑾望舒星野听澜"
_SHAPES = ("精密机械", "信息技术", "新材料", "生物科技", "电子", "自动化设备")


def client(firm: Path, number: int) -> None:
    """A fictional client with its answers and a roster of sixty people."""
    folder = firm / f"客户{number:04d}"
    folder.mkdir()
    name = f"示例市虚构{number:04d}{_SHAPES[number % len(_SHAPES)]}有限公司"
    people = [_person(number * 61 + each) for each in range(60)]
    departments = "\n".join(f"- 部门: 部门{n}\n  负责人: {people[n]}\n  职能: rd\n  人数: 3" for n in range(8))
    (folder / "client.yaml").write_text(
        f"company_name: {name}\ncompany_short: 虚构{number:04d}\ncompany_code: {_code(number)}\n"
        f"uscc: 9199{number:04d}MA0XXXXX{number % 10}X\nlegal_rep: {people[0]}\ntop_manager: {people[0]}，总经理\n"
        f"contact_phone: 0999-{number:08d}\nregistered_address: 示例市虚构路{number}号\n"
        f"website: x{number:04d}.example\npeople_roster: roster.csv\ndepartments:\n{departments}\n"
        f"key_products:\n- 产品: 虚构{number:04d}型装置\n  对应知识产权: 发明1\n",
        encoding="utf-8",
    )
    rows = "\n".join(f"{person},部门1,2020-01-01," for person in people)
    (folder / "roster.csv").write_text(f"姓名,部门,入职日,离职日\n{rows}\n", encoding="utf-8")


def _person(number: int) -> str:
    family, rest = _FAMILY[number % len(_FAMILY)], number // len(_FAMILY)
    return f"{family}{_GIVEN[rest % len(_GIVEN)]}{_GIVEN[rest // len(_GIVEN) % len(_GIVEN)]}"


def _code(number: int) -> str:
    letters = "ABCDEFGHIJ"
    return "".join(letters[int(digit)] for digit in f"{number:04d}")


def main() -> None:
    """The example's whole set: alone, and beside a thousand others."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = str(Path(name) / "cache")
        firm, alone = Path(name) / "机构", Path(name) / "单独"
        firm.mkdir()
        (firm / "gbtool.yaml").write_text("name: 示例辅导机构\n", encoding="utf-8")
        ours = firm / "岚湾流控"
        shutil.copytree(ROOT / "examples" / "lanwan", ours)
        run([program("gbtool"), "generate", "-C", str(ours), *ON])
        shutil.copytree(ours, alone)
        for number in range(CLIENTS):
            client(firm, number)
        count = len(list((ours / "文件").rglob("*.docx")))
        cases = {
            "gbtool check, no other client": lambda: run(
                [program("gbtool"), "check", "-C", str(alone), *ON], codes=(0, 1)
            ),
            f"gbtool check, {CLIENTS} others": lambda: run(
                [program("gbtool"), "check", "-C", str(ours), *ON], codes=(0, 1)
            ),
        }
        show(f"{count} documents checked, whole process", medians(3, cases), "gbtool check, no other client")


if __name__ == "__main__":
    main()
