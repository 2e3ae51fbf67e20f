"""The kinds of entries in the ledger, in the user's words."""

from gbtool.model.entry import EntryKind

KINDS = {
    EntryKind.RECORD: "记录",
    EntryKind.ABSENT: "本期未发生",
    EntryKind.PERSON: "人员",
    EntryKind.RIGHT: "权利",
    EntryKind.CONTRACT: "合同",
    EntryKind.PAPER: "文件日期",
    EntryKind.PROGRAMME: "审核方案",
    EntryKind.AUDIT_PLAN: "审核计划",
    EntryKind.AUDIT_REPORT: "审核报告",
    EntryKind.REVIEW_PLAN: "评审计划",
    EntryKind.REVIEW_REPORT: "评审报告",
    EntryKind.EFFECTIVENESS: "有效性",
    EntryKind.DIAGNOSIS: "诊断打分",
    EntryKind.FIGURE: "指标数据",
    EntryKind.DECLARATION: "声明",
    EntryKind.APPLICATION: "申请",
    EntryKind.BEFORE: "体系建立前",
    EntryKind.CREDIT: "学分",
    EntryKind.EVIDENCE: "证据",
    EntryKind.ANSWER: "审核记录",
    EntryKind.NOTICE: "官文",
    EntryKind.ACTION: "期限办理",
    EntryKind.PROMISE: "服务承诺",
    EntryKind.POSITION: "任职",
    EntryKind.DEPARTMENT: "部门更名",
    EntryKind.IMPORT: "导入",
}
