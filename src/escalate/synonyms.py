"""What people call the language's words: nothing of it is read, each is answered with the word that was probably meant.

One table for each place, named as in `keywords.py`: a word of ours, and what others write for it. What means several stands under each of them, and the
first that may stand in its place is named. What could mean its opposite, or more than one thing in one place, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Called = Mapping[str, tuple[str, ...]]  # from what others write to the words of ours that it may mean, the likeliest first


def _called(*tables: Mapping[str, str]) -> Called:
    pairs = [(said.replace("_", " "), word) for table in tables for word, others in table.items() for said in others.split()]
    return {said: tuple(word for other, word in pairs if other == said) for said, _ in pairs}


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "day": "今天 今日 本日 当日 同一天 当天内", "week": "本周 这周 本星期 这星期 当周内 本周内 同一周", "month": "本月 这个月 当月内 本月内 同一月",
    "term": "本学期 这学期 这个学期 学期内 当学期内 本学期内", "school year": "本学年 这学年 学年内 当学年内 本学年内",
}
_ANCHORS = {
    "term start": "开学 开学时 学期初 期初 开学日 开学第一天", "term end": "学期末 期末 放假前 学期结束时", "school year start": "学年初",
    "school year end": "学年末",
}
_LEVELS = {
    "student": "每生 每名学生 每个学生 各学生 学生个人", "household": "户 每户 各户 每个家庭 每家", "class": "班 每班 各班 每个班 每个班级 各班级 教学班",
    "grade": "级部 年段 每个年级 各年级 每年级", "school": "校 每校 各校 全校 本校 每个学校 每所学校", "village": "每村 各村 每个村 行政村 村委会",
    "township": "乡 镇 街道 每个乡镇 各乡镇", "county": "区 区县 县区 全县 每个县", "person": "每人 各人 每个人 个人 教师 老师 每位老师",
}

CALLED: Mapping[str, Called] = {
    "keys": _called({
        # the head
        "title": "名称 名字 题目", "cites": "法条 条文 引用条款 依据条款 出处", "extends": "继承 基于 扩展",
        "in_force": "生效 生效日期 施行日期 有效期 实施 执行",
        "from": "start begin 开始 开始日期 起始 起始日期 生效日期 从 自 始", "policy": "办法 规定 方案", "parameters": "参量 变量 设置",
        "students": "学生情况 学生标记 学生属性", "roles": "岗位 职务 角色表",
        "marks": "考勤代码 考勤记录 出勤 出勤情况", "measures": "统计 统计项 度量 计数", "ladders": "流程 处理流程 阶段 分级处理 逐级处理",
        "duties": "日常工作 常规工作 定期工作 例行任务 例行", "targets": "考核 考核目标", "registers": "台帐 登记表 登记簿 报表",
        # parameters, students, roles, the day
        "value": "数值 值 设为", "where": "适用范围 适用于 适用对象 条件", "required": "必须 必需", "is": "种类 类别",
        "kept": "保存期 保存期限 保存时间 保管期限",
        "of": "属于 隶属 归属 所在", "above": "上级领导 上一级 领导 主管", "absent_when": "缺勤认定 旷课认定 缺课标准", "closes": "日结时间 截止 截止时间",
        "lesson_hour": "一课时 课时长度",
        # measures
        "run": "连续天数", "count": "累计天数 计数", "sum": "总和 求和", "mean": "平均值 均值 平均数", "share": "比例 占 百分比", "unit": "计量单位",
        "neutral": "不算 忽略 不影响", "breaks": "打断", "floor": "最低 下限 最少", "within": "时间范围 时段 时间段 窗口 周期",
        "plus": "加上 另加 外加",
        # ladders and stages
        "stages": "阶段 步骤 级别 等级 梯级 环节", "ends": "until 结束 结束条件 终止 销案 了结 关闭", "lasts": "持续 有效期",
        "when": "条件 触发条件 触发 情形 如果 若", "need": "前提 前置条件 需要 证据", "do": "任务 措施 动作 事项 要做 做什么 处理 工作",
        "again": "重复 反复 再次触发",
        # items and consequences
        "kind": "类型 种类 分类", "form": "表格 文书 模板", "by": "owner who 负责人 负责 承办人 承办 责任人 责任 经办人 经办 执行人 谁来做 谁做 由谁 办理人",
        "notify": "cc 抄送 知会 通报 抄报", "about": "关于 有关 针对",
        "due": "deadline 截止 截止时间 截止日期 时限 完成时限 办理时限 限期 最后期限 完成期限 办理期限 到期",
        "if": "条件 若 仅当 前提", "then": "然后 之后 完成后 办完后 后续 接着 下一步", "if_outcome": "如果结果 结果是 结果后 按结果",
        "if_overdue": "逾期 超期 超期后 超时 超时后 过期 逾期未办 逾期处理", "results": "可能结果 办理结果",
        "done_when": "完成条件 完成标准 办结标准 视为办结",
        "replaces": "替代 代替", "keep": "保持", "optional": "选填 可不办", "times": "几次 遍数", "hold": "顺延 延期条件 暂缓 暂停", "list": "名单 清单 附表",
        "reassign": "转交 移交", "if_no_school": "无课 没课", "if_in_break": "寒暑假 遇寒暑假", "each": "每 每个 各个", "entry": "计分 记分 加分 扣分",
        # duties and targets
        "every": "频率 周期 间隔 多久", "on": "哪天 时间", "starting": "开始 起 从 自", "at_least": "最少 不少于 下限", "in_holidays": "节假日 遇假期 假日",
        "among": "总体 当中", "base": "基准 分母", "less": "减去 除去 不含", "at_most": "最多 至多 上限 不高于", "below": "小于 少于",
        "check": "核查 检查时间 检查日期", "if_broken": "不达标 没达标 未完成", "if_met": "已达标",
        # registers
        "columns": "栏目 字段 列名 栏 表头", "readers": "可看 可查看 查看 查阅 可见",
        # calendars
        "calendar": "日历", "week": "课表 课程表 周课程表 星期", "covers": "范围 覆盖范围 起止", "closed": "假期 节假日 放假日期 停课 假日",
        "make_up": "调休 补班 补课日 调课", "days": "特殊日期 特别日 例外", "office": "办公日", "years": "学年度 年度", "schools": "校区 分校 各校",
        "weekday": "课表 按星期几 按周几 星期", "reason": "理由 说明 事由", "open": "开放 办公 上班日", "sessions": "课节 时段 上课时间 作息 作息时间",
        # specs
        "cases": "案例 案件 用例 例子 测试 实例 示例 个案 样本", "until": "截止 截止日期 止 结束 到", "only": "仅看 只测 仅", "events": "事件 经过 情况 发生",
        "expect": "期望 期待 应有 应该 预计 结果",
    }, {
        # what several may be called is said of these last
        "why": "原因 说明 缘由 备注", "text": "正文 原句", "to": "end until 结束 结束日期 截止 截止日期 到 至 终 发给 报给 报送 对谁 给谁",
    }),
    "event": _called({
        "mark": "考勤记录 出勤 点名", "status": "学籍状态 学籍变动 状态", "flag": "标识 标签 标志", "outcome": "处理 完成 做了 办了 行动 待办",
        "document": "文件 资料 证明",
        "fact": "情况 事件", "void": "撤销 取消 删除", "assignment": "任命 任用 担任 职务", "roster": "花名册 学生信息", "at": "时间 发生时间 发生日期",
        "cause": "理由", "minutes": "分 时长", "value": "值 数值", "by": "负责 负责人 承办人 谁做 办理人", "to": "对象 给 对谁", "result": "办理结果",
        "about": "关于 有关",
        "session": "课节 第几节", "reason": "原因 理由 说明", "from": "开始 从 自", "person": "姓名 人 谁",
    }),
    "expected": _called({
        "issued": "下发 发出 生成 派出 发放 待办 安排 产生 分派", "told": "知会 抄送", "blocked": "待补 待补材料 缺依据", "overdue": "超期 过期 超时",
        "done": "完成 办完 已办结", "done late": "逾期完成 超期办结", "withdrawn": "撤回", "opened": "开案 建案", "ended": "销案 了结",
        "due": "截止 截止时间 截止日期 时限 限期", "by": "负责 负责人 承办人 责任人 谁做", "missing": "缺 缺失", "number": "次数 第几",
    }),
    "weekday": _called(
        {day: f"星期{sign} 礼拜{sign} {day[:3]}" for day, sign in zip(_WEEKDAYS, "一二三四五六日", strict=True)}, {"sunday": "星期天 礼拜天 周天"},
        {"tuesday": "tues", "thursday": "thur thurs"},
    ),
    "unit": _called({
        "day": "日 自然日 日历日 calendar_days calendar_day", "week": "星期 礼拜", "month": "月", "minute": "分 min mins", "hour": "钟头 hr hrs",
        "school day": "上学日 教学日 在校日 上课日 学日", "office day": "上班日", "session": "节课 课 堂 堂课", "student": "名 名学生 学生 pupil pupils",
    }),
    "every": _called({
        "session": "每节课 每堂课", "school day": "daily day 每天 每日 每上学日 每个教学日 天天", "week": "weekly 每星期 每个星期 每礼拜 每个礼拜 每周一次",
        "month": "monthly 每个月 每月一次", "term": "termly 每个学期", "school year": "yearly annually year 每年 每个学年",
    }),
    "level": _called(_LEVELS),
    "held": _called(_LEVELS),
    "role": _called({
        "student": "学生 本人 孩子 pupil child", "parent": "监护人 父母 学生家长 guardian guardians",
    }),
    "counted": _called({
        "present": "到校 已到 到课 出席 正常", "late": "晚到", "left_early": "早走 提前离校", "excused": "病假 事假 准假",
        "unexcused": "逃学 逃课 无故缺课 无故缺勤",
        "unknown": "未知 不明 未点名 没有记录 无记录", "not_expected": "免到 不用到校 不需到校",
    }),
    "status": _called({
        "enrolled": "在读 在学 在校生", "dropped_out": "失学 已辍学", "transferred_out": "转走 已转出", "transferred_in": "转来 已转入",
        "suspected_dropout": "疑辍",
        "on_leave": "休学中", "graduated": "已毕业 结业", "returned": "回校 复课 已返校", "removed": "除籍 注销",
    }),
    "due": _called({
        "end of school day": "放学前 当天放学前 放学时", "end of day": "当天 当日 当天内 当日内 今天 今天内 当日结束",
        "end of week": "本周 当周 本周内 当周内 本周结束 周末前 本周末前", "end of month": "本月 当月 本月内 当月内 本月结束 月底 月底前 月末 本月底前",
        "end of term": "本学期 本学期内 当学期内 本学期结束 学期末 学期末前 期末 期末前",
        "end of school year": "本学年内 当学年内 本学年结束 学年末 学年末前",
        "before the next school day": "次日上学前 第二天上学前 下个上学日前 下一上学日前 下一个上学日前 下个上学日开始前",
    }),
    "window": _called(_PERIODS, {
        "since enrolment": "入学以来 自入学以来 入学起", "since the case opened": "立案以来 自立案以来 立案起",
    }),
    "for": _called(_PERIODS),
    "lasts": _called({word: _PERIODS[word] for word in ("month", "term", "school year")}),
    "anchor": _called(_ANCHORS),
    "again": _called({"each school day": "每天 每日", "each month": "每个月", "each term": "每个学期", "each school year": "每年 每个学年"}),
    "absent_when": _called({"all sessions": "全天 全部 所有节次 每节都缺", "any session": "任意一节 任何一节 一节"}),
    "truth": _called({"true": "yes on 对 true", "false": "no off 不 false"}),
    "is": _called({"flag": "是否", "number": "数字 整数", "text": "文字 字符", "date": "日子"}),
    "if_no_school": _called({"next school day": "顺延 后移 下个上学日 下一上学日", "previous school day": "提前 上个上学日 上一上学日"}),
    "in_holidays": _called({"skip": "不做 暂停 停止", "keep": "照做 继续 照常进行", "only": "只在假期 仅在假期",
    "next school day": "顺延 下个上学日 下一上学日"}),
    "per": _called({"student": "每个学生 每生", "item": "每件 每项"}),
    "kept": _called({"forever": "永远 长期 终身"}),
    "kind": _called({"closed": "停课 休息 假期"}),
    # of a table's columns
    "columns": _called({
        "student": "学号 学生 学籍号 学生编号 学生学号 学生号 学籍辅号 student_id studentid pupil pupil_id",
        "name": "姓名 学生姓名 名字 student_name", "school": "学校 学校名称 校名 school_name", "class": "班级 班 班别 所在班级 行政班 class_name homeroom",
        "grade": "年级 所在年级 grade_level year_group", "birth_date": "出生日期 出生年月 生日 birthday date_of_birth dob",
        "date": "日期 考勤日期 缺课日期 上课日期 attendance_date absence_date day", "session": "节次 课节 时段 节 第几节 课次 period lesson",
        "code": "代码 考勤代码 考勤 状态 考勤状态 出勤 出勤情况 考勤结果 mark attendance attendance_code attendancecode status",
        "role": "角色 职务 岗位 担任", "of": "所属 所管 班级 范围 单位", "person": "人员 姓名 教师 老师 负责人 teacher name",
        "from": "起 开始 开始日期 起始日期 自 start start_date", "to": "止 至 结束 结束日期 截止日期 end end_date",
    }),
}  # fmt: skip

# What people write for the words and signs of conditions, unless they named something so.
IN_CONDITIONS: Mapping[str, str] = {
    **dict.fromkeys(("且", "并且", "而且", "和", "与", "及", "AND", "And"), "and"),
    **dict.fromkeys(("或", "或者", "OR", "Or"), "or"),
    **dict.fromkeys(("非", "不", "不是", "并非", "NOT", "Not"), "not"),
    "IN": "in",
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
    **dict.fromkeys(("大于等于", "大于或等于", "不小于", "不少于", "不低于", "至少", "达到", "满"), ">="),
    **dict.fromkeys(("小于等于", "小于或等于", "不大于", "不多于", "不高于", "不超过", "至多"), "<="),
    **dict.fromkeys(("大于", "多于", "高于", "超过"), ">"),
    **dict.fromkeys(("小于", "少于", "低于", "不足", "不满"), "<"),
    "等于": "==",
    "不等于": "!=",
    **dict.fromkeys(("None", "null", "Null", "NULL"), "none"),
}
# What stands behind a number there: `3天以上` counts the three, as the law says it.
BEHIND_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(("以上", "及以上", "或以上", "起", "或更多", "及更多"), ">="), **dict.fromkeys(("以下", "及以下", "或以下", "以内", "之内",
    "或更少"), "<="),
}


def called(word: str, known: Iterable[str], kind: str) -> str:
    """The word of ours that others call so in a kind of place, if it may stand there; empty where none is."""
    choices = tuple(known)
    return next((one for one in CALLED.get(kind, {}).get(" ".join(word.lower().split()), ()) if one in choices), "")
