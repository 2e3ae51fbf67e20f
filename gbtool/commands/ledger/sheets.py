"""The tables of the ledger: what names a row of people, rights, notices, contracts, and which columns are days."""

from collections.abc import Mapping

from gbtool.model.entry import EntryKind
from gbtool.rules.gates import money
from gbtool.structs import Frozen, field

NUMBER = "序号"


class Sheet(Frozen):
    """A table of the ledger.

    `names` are the columns that name a row (the first that is filled), `joined` those that name it together where none
    of `names` is; `apart` tells rows of one name apart, with `again` only the second and later ones; `when` are the
    columns that say on which day it happened; `columns` are the usual ones, `only` says why others are refused;
    `amounts` are in yuan with at most two decimals, `choices` have one of some values.
    """

    kind: EntryKind
    names: tuple[str, ...]
    days: tuple[str, ...]
    right: str = ""
    needed: tuple[str, ...] = ()
    apart: str = ""
    again: bool = False
    joined: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: str = ""

    @property
    def known(self) -> tuple[str, ...]:
        """Every column that the table usually has, each once."""
        return tuple(dict.fromkeys((*self.names, *self.joined, *self.needed, *self.days, *self.amounts, *self.columns)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SHEETS: Mapping[str, Sheet] = {
    "roster": Sheet(
        EntryKind.PERSON,
        ("工号", "姓名"),
        ("入职日", "离职日"),
        needed=("姓名",),
        apart="入职日",
        again=True,
        columns=_words("部门 岗位 学历 关键岗位 涉密"),
    ),
    "positions": Sheet(
        EntryKind.POSITION,
        (),
        ("起", "止"),
        needed=("姓名", "部门"),
        joined=("工号", "姓名", "部门", "岗位", "起"),
        when=("起",),
        columns=_words("负责人 可签 依据"),
    ),
    "renames": Sheet(
        EntryKind.DEPARTMENT,
        (),
        ("起",),
        needed=("原名", "新名", "起"),
        joined=("原名", "新名", "起"),
        when=("起",),
        columns=("依据",),
    ),
    "patents": Sheet(
        EntryKind.RIGHT,
        ("专利号", "申请号", NUMBER),
        _words("申请日 优先权日 公开日 实审请求日 授权公告日 届满日 下次年费截止日 上市许可日"),
        "patent",
        ("名称",),
        columns=_words("类型 发明人 权利人 费减 开放许可 状态 上次缴费年度 级别 对应产品 标注"),
    ),
    "applications": Sheet(
        EntryKind.RIGHT,
        ("申请号", NUMBER),
        _words("申请日 优先权日 首次申请日 国际申请日 进入国家阶段日 公开日 受理通知收到日")
        + _words("申请费缴纳日 实审请求日 优先权副本提交日"),
        "application",
        ("名称",),
        columns=_words("类型 发明人 权利人 费减 状态 标注"),
    ),
    "trademarks": Sheet(
        EntryKind.RIGHT,
        ("注册号", NUMBER),
        _words("申请日 优先权日 初步审定公告日 注册公告日 专用权起始日 专用期至 最近使用日"),
        "trademark",
        ("商标",),
        "类别",
        columns=_words("类别 核定商品服务 注册地 状态 权利人 备注 标注"),
    ),
    "copyrights": Sheet(
        EntryKind.RIGHT,
        ("登记号", NUMBER),
        _words("开发完成日 创作完成日 首次发表日 登记日"),
        "copyright",
        ("名称及版本",),
        columns=_words("类型 权利取得方式 著作权人 对应产品 源代码保管位置 含开源成分 标注"),
    ),
    "trade-secrets": Sheet(
        EntryKind.RIGHT,
        ("代号",),
        _words("形成日期 复核日期 保密期限至 解密日期"),
        "trade-secret",
        ("代号",),
        columns=_words("序号 类别 密级 来源项目 保密期限 知悉范围 载体与存放位置 保护措施 责任人 状态 标注"),
        only="商业秘密只登记代号和控制要素，不收秘密的内容",
    ),
    "other-ip": Sheet(
        EntryKind.RIGHT,
        (NUMBER, "名称"),
        _words("到期 到期日 续费日 取得日 申请日 首次商业利用日 创作完成日"),
        "other",
        ("名称",),
        columns=_words("类型 登记或注册号 责任人 状态 标注"),
    ),
    "notices": Sheet(
        EntryKind.NOTICE,
        ("编号",),
        _words("发文日 收到日 起算日 办结日"),
        needed=("权利编号", "事项"),
        joined=("权利编号", "事项", "发文日", "收到日", "起算日"),
        when=("发文日", "收到日", "起算日"),
        columns=_words("名称 送达方式 指定期限 备注"),
    ),
    "promises": Sheet(
        EntryKind.PROMISE,
        ("阶段",),
        ("起", "止"),
        needed=("阶段",),
        columns=_words("次数 小时 方式 交付物 备注"),
    ),
    "contracts": Sheet(
        EntryKind.CONTRACT,
        ("合同编号",),
        _words("送审日期 审查日期 签订日期 生效日期 到期日期 备案日"),
        needed=("合同编号",),
        columns=_words("名称 对方 对方信用代码 类型 审查表编号 权属约定摘要 保密期限 履行状态 经办人"),
    ),
    "fees": Sheet(
        EntryKind.FEE,
        ("发票号",),
        ("日期",),
        needed=("日期", money.AMOUNT, money.PURPOSE),
        joined=("日期", money.PURPOSE, money.AMOUNT),
        when=("日期",),
        columns=_words("收款方 付款方 周期 备注"),
        amounts=(money.AMOUNT,),
        choices={money.PURPOSE: money.PURPOSES},
    ),
    "grants": Sheet(
        EntryKind.GRANT,
        ("批准文件",),
        ("日期",),
        needed=("日期", money.AMOUNT, "级别", money.STATE),
        joined=("日期", "级别", money.AMOUNT),
        when=("日期",),
        columns=_words("项目 拨款单位 备注"),
        amounts=(money.AMOUNT,),
        choices={"级别": money.LEVELS, money.STATE: money.STATES},
    ),
}


def sheet_of(name: str) -> Sheet | None:
    """The table that a file's name (without suffix) says it is."""
    return SHEETS.get(name)
