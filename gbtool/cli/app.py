"""The Typer app: its table of lazy sub-commands and the error boundary."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

import typer
from typer._click.core import Command, Context
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from gbtool import __version__
from gbtool.cli import show
from gbtool.cli.options import cache_folder, data_folder, machine, now
from gbtool.cli.words import Formatter, explained
from gbtool.errors import GbtoolError, UsageError
from gbtool.remembering import remembering
from gbtool.session import Session, sitting
from gbtool.structs import Frozen


class Verb(Frozen):
    """A command: the module that holds its function `command` or its Typer app `app`, and its line in the help."""

    module: str
    help: str


# In the order in which a consultant works. A help line is the first line of the docstring that `gbtool VERB --help`
# shows.
VERBS: Mapping[str, Verb] = {
    "init": Verb("gbtool.cli.init", "新建客户文件夹，问第一轮问题"),
    "profile": Verb("gbtool.cli.profile", "企业情况：继续回答、查看、修改"),
    "diagnose": Verb("gbtool.cli.diagnosis.verb", "管理诊断：打分、基准数据、雷达图、要写哪些文件"),
    "figures": Verb("gbtool.cli.measuring.figures", "年度数据：导出要填的表，收回来登记，看几年的变化，出填报表"),
    "grade": Verb("gbtool.cli.measuring.grading", "分级自评：能申请几级、差什么、证据在哪里；门槛没有确认的不判通过"),
    "generate": Verb("gbtool.cli.documents.generate", "生成体系文件：手册、制度、流程、任命、表单和台账"),
    "diff": Verb("gbtool.cli.documents.diff", "手改过的文件：手改了哪里、新稿改了哪里、哪里有冲突"),
    "issue": Verb("gbtool.cli.issue", "批准、发布文件，起算运行期"),
    "control": Verb("gbtool.cli.custody.control", "文件控制：更改、版本、发放、受控清单、待复核"),
    "ledger": Verb("gbtool.cli.ledger", "台账：登记、导入、证据、声明、核对"),
    "period": Verb("gbtool.cli.period", "运行期：逐月有什么、缺什么、最早哪天可以申请"),
    "audit": Verb("gbtool.cli.audit", "内部审核（检查监督）：计划、检查表、登记、不符合、报告"),
    "review": Verb("gbtool.cli.reviews.every", "管理评审（评审改进）：输入、计划、会议和报告"),
    "readiness": Verb("gbtool.cli.readiness", "现在能不能申请：结论、理由、出处、最早哪天"),
    "programme": Verb("gbtool.cli.programmes.verbs", "地方项目：有哪些、够不够、倒排日期、补助能拿多少"),
    "changeover": Verb("gbtool.cli.certification.changeover", "换版：沿用、新增、还要做的，倒排日期，作废旧版文件"),
    "check": Verb("gbtool.cli.checking.check", "找自相矛盾的地方，和文件里不该有的：别家客户的名称、宏、读不出的"),
    "clean": Verb("gbtool.cli.checking.clean", "清理文件属性：作者、单位、模板、时间，存成副本"),
    "waive": Verb("gbtool.cli.checking.waive", "豁免检查里的一条发现：谁、为什么、到哪天；照样列出"),
    "status": Verb("gbtool.cli.status", "一页看一家客户：阶段、运行期、缺口、文件、期限、下一步"),
    "portfolio": Verb(
        "gbtool.cli.portfolio.every",
        "全部客户：一张表、到期、日历、网页；变化影响到谁、成批做、发布到数据库",
    ),
    "team": Verb("gbtool.cli.portfolio.team", "一家客户几个人做：拿、放、谁在做"),
    "page": Verb("gbtool.cli.portfolio.page", "一家客户的进度做成一个网页文件，给企业的负责人看"),
    "template": Verb("gbtool.cli.documents.template", "模板：从哪个书架来，写自己的，看自带的改了没有"),
    "pack": Verb("gbtool.cli.packs.packing", "打包：认证申请材料、项目移交；有错误的不打包"),
    "unpack": Verb("gbtool.cli.packs.unpacking", "打开包：每份文件的哈希都核对，有一处不对就什么都不建"),
    "backup": Verb("gbtool.cli.custody.backup", "备份：整个客户文件夹成一个文件，逐份核对哈希"),
    "restore": Verb("gbtool.cli.custody.restore", "从备份恢复成一个新的客户文件夹"),
    "forget": Verb("gbtool.cli.custody.forget", "服务终止：移除客户文件夹，留下移除清单"),
    "clauses": Verb("gbtool.cli.standards.clauses", "查条款：编号、标题、可引用到哪一级、依据是否证实"),
    "demo": Verb("gbtool.cli.demo", "演示：三家虚构的企业，从资料走到结论"),
}

PIPE_CLOSED = 141

Context.formatter_class = Formatter


class Boundary(TyperGroup):
    """Loads a command when it is called, and turns every error of ours into a sentence and an exit code."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - Typer's signature
        """The names of the commands, none of them loaded."""
        return list(VERBS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - Typer's signature
        """The command of this name, loaded now."""
        return load(cmd_name) if cmd_name in VERBS else None

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - Typer's signature
        """The list of commands, written from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, verb.help) for name, verb in VERBS.items()])

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that is meant; an unknown one gets a guess."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            guess = get_close_matches(args[0], VERBS, n=1)
            meant = f"，是不是想用 {guess[0]}？" if guess else ""
            raise UsageError(f"没有命令“{args[0]}”{meant}", "全部命令见 gbtool --help")
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: object
    ) -> Context:
        """Read the words of the command line."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except ClickException as error:
            raise _ended(error) from error

    def invoke(self, ctx: Context) -> object:
        """Run the command that was called."""
        try:
            with remembering(cache_folder), sitting(Session(now, machine, data_folder)):
                return super().invoke(ctx)
        except GbtoolError as error:
            show.error(error)
            raise typer.Exit(error.exit_code) from error
        except ClickException as error:
            raise _ended(error) from error
        except (EOFError, typer.Abort) as error:
            raise KeyboardInterrupt from error
        except BrokenPipeError as error:
            show.silence()
            raise typer.Exit(PIPE_CLOSED) from error


def _ended(error: ClickException) -> typer.Exit:
    if isinstance(error, NoArgsIsHelpError):
        typer.echo(error.format_message())
    else:
        show.error(explained(error))
    return typer.Exit(error.exit_code)


def load(name: str) -> Command:
    """The command of a verb: a whole app or a single function."""
    module = importlib.import_module(VERBS[name].module)
    whole = getattr(module, "app", None)
    if whole is None:
        whole = typer.Typer(add_completion=False, rich_markup_mode=None)
        whole.command(name)(module.command)
    command = typer.main.get_command(whole)
    command.name = name
    return command


app = typer.Typer(
    cls=Boundary,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gbtool {__version__}")
        raise typer.Exit


@app.callback()
def _gbtool(
    *,
    version: Annotated[bool, typer.Option("--version", help="显示版本号。", is_eager=True, callback=_version)] = False,
) -> None:
    """知识产权贯标（GB/T 29490）辅导工具：体系文件、台账、运行期、内审、就绪检查。

    新客户从 gbtool init 文件夹名 开始；在客户文件夹里用 gbtool status 看进度和下一步。
    """
    del version  # told by its callback
