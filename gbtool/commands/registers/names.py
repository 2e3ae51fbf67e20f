"""What the tables of the ledger are called, on sheets and in files, and by which names their columns go."""

from collections.abc import Mapping

from gbtool.commands.ledger.sheets import SHEETS, Sheet
from gbtool.exchange.matching import plain
from gbtool.structs import Frozen

# The title of each table, then the other names by which a sheet or a file may say that it is one.
TITLES: Mapping[str, tuple[str, ...]] = {
    "roster": ("人员名册", "花名册", "员工花名册", "员工名册", "人员清单", "名册"),
    "positions": ("任职表", "岗位表", "任职记录"),
    "renames": ("部门更名表", "部门更名", "部门变更"),
    "patents": ("专利清单", "专利列表", "专利", "授权专利", "有效专利", "有效专利清单"),
    "applications": ("在审申请清单", "在审申请", "专利申请", "专利申请清单", "申请清单", "在审专利"),
    "trademarks": ("商标清单", "商标列表", "商标"),
    "copyrights": ("著作权清单", "软著清单", "软件著作权清单", "软件著作权", "软著", "著作权"),
    "trade-secrets": ("商业秘密清单", "商业秘密"),
    "other-ip": ("其他知识产权清单", "其他知识产权", "域名清单", "域名"),
    "notices": ("官文清单", "官文", "官文与事件", "通知书清单"),
    "contracts": ("合同清单", "合同列表", "合同"),
    "fees": ("费用清单", "发票清单", "费用与发票清单", "费用"),
    "grants": ("奖补清单", "补助清单", "奖补", "补助"),
    "promises": ("服务承诺表", "服务承诺", "合同承诺"),
}
# Other names of columns; those with a table hold there only and go before the others.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "姓名": ("员工姓名", "人员姓名", "名字"),
    "工号": ("员工编号", "员工号", "人员编号"),
    "部门": ("所属部门", "部门名称", "所在部门"),
    "岗位": ("职务", "职位", "岗位名称"),
    "入职日": ("入职日期", "入职时间", "入司日期", "到岗日期"),
    "离职日": ("离职日期", "离职时间", "离司日期"),
    "涉密": ("涉密等级", "涉密人员类别"),
    "关键岗位": ("是否关键岗位",),
    "专利号": ("专利号码", "授权号"),
    "申请号": ("专利申请号", "申请号码"),
    "patents.名称": ("专利名称", "发明名称", "发明创造名称"),
    "applications.名称": ("专利名称", "发明名称", "发明创造名称"),
    "patents.类型": ("专利类型", "专利种类"),
    "applications.类型": ("专利类型", "专利种类"),
    "copyrights.类型": ("作品类型", "著作权类型"),
    "申请日": ("申请日期", "递交日"),
    "优先权日": ("优先权日期",),
    "公开日": ("公开日期", "申请公布日"),
    "授权公告日": ("授权日", "授权日期", "授权公告日期"),
    "实审请求日": ("实质审查请求日", "提实审日"),
    "届满日": ("到期日", "专利到期日", "期限届满日"),
    "下次年费截止日": ("下次年费日", "下一年费截止日", "年费截止日", "下次缴费截止日"),
    "上次缴费年度": ("已缴年度", "已缴年费年度"),
    "费减": ("费减比例", "费用减缴", "减缴比例"),
    "权利人": ("专利权人", "申请人", "注册人", "所有人"),
    "发明人": ("发明人或设计人", "发明设计人", "设计人"),
    "状态": ("法律状态", "当前状态", "案件状态", "专利状态"),
    "注册号": ("商标注册号", "申请号或注册号", "注册证号"),
    "商标": ("商标名称", "商标图样"),
    "类别": ("国际分类", "商标类别", "国际分类号"),
    "核定商品服务": ("核定商品", "核定使用商品", "核定商品或服务"),
    "初步审定公告日": ("初审公告日", "初审公告日期"),
    "注册公告日": ("注册公告日期", "注册日", "注册日期"),
    "专用权起始日": ("专用权开始日", "专用期起", "专用权起"),
    "专用期至": ("有效期至", "专用权截止日", "专用期止", "专用权至"),
    "登记号": ("软著登记号", "著作权登记号"),
    "名称及版本": ("软件名称", "软件全称", "作品名称", "软件名称及版本号"),
    "开发完成日": ("开发完成日期", "完成日期"),
    "首次发表日": ("首次发表日期", "发表日期"),
    "登记日": ("登记日期", "发证日期"),
    "著作权人": ("权利人",),
    "代号": ("秘密代号", "商业秘密代号"),
    "other-ip.名称": ("域名", "权利名称"),
    "到期": ("到期时间", "有效期至"),
    "权利编号": ("专利号或申请号", "案号", "申请号"),
    "notices.事项": ("通知书名称", "官文名称", "文书名称"),
    "发票号": ("发票号码", "发票编号"),
    "日期": ("开票日期", "付款日期", "到账日期"),
    "金额": ("金额（元）", "价税合计"),
    "发文日": ("发文日期",),
    "收到日": ("收文日", "收文日期", "收到日期"),
    "合同编号": ("合同号",),
    "contracts.名称": ("合同名称",),
    "对方": ("对方单位", "合同相对方", "相对方", "对方名称"),
    "对方信用代码": ("统一社会信用代码",),
    "contracts.类型": ("合同类型", "合同类别"),
    "签订日期": ("签订日", "签署日期", "签约日期"),
    "生效日期": ("生效日",),
    "到期日期": ("合同到期日", "终止日期", "到期日"),
    "备案日": ("备案日期",),
    "经办人": ("经办", "承办人"),
}


class Register(Frozen):
    """A table of the ledger: the name by which commands know it, its rows, its title."""

    key: str
    sheet: Sheet

    @property
    def title(self) -> str:
        """As people call it."""
        return TITLES[self.key][0]

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Its columns, each with the names by which it goes; what names one column of the table names no other."""
        own = frozenset(self.sheet.known)
        found = {column: COLUMNS.get(f"{self.key}.{column}", COLUMNS.get(column, ())) for column in self.sheet.known}
        return {column: (column, *(name for name in names if name not in own)) for column, names in found.items()}


REGISTERS: Mapping[str, Register] = {key: Register(key, sheet) for key, sheet in SHEETS.items()}


_SHORT = 3


def within(text: str) -> Register | None:
    """The table that a longer text names, such as 甲公司员工花名册2026; None where it names none or several."""
    wanted = plain(text)
    found = {
        register.key: register
        for register in REGISTERS.values()
        for name in map(plain, TITLES[register.key])
        if len(name) >= _SHORT and name in wanted
    }
    return next(iter(found.values())) if len(found) == 1 else None


def named(text: str) -> Register | None:
    """The table whose name, title or other name a text is."""
    wanted = plain(text)
    found = (r for r in REGISTERS.values() if wanted in map(plain, (r.key, *TITLES[r.key])))
    return next(found, None) if wanted else None
