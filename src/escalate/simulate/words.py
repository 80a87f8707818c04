"""The words in which a made-up school is told of, one table a language."""

from __future__ import annotations

from collections.abc import Mapping

from ..phrases import of_language

EN = {
    "school": "A made-up school: {students} students in {classes} classes, grades {low} to {high}, seed {seed}; {first} to {until}",
    "rates": "away {absence} of school days ({unexcused} of absences without leave, {spell} days on average); "
    "items done in time {in_time}, late {late}, never {never}",
    "came": "It came to {absence} of all sessions missed, {unexcused} of these without leave; {answers} outcomes, {dropped} dropouts",
    "stages": "Stages reached", "stage": "stage", "whom": "students or groups", "times": "times", "items": "items", "done": "done", "late": "ever late",
    "overdue": "overdue at the end", "cancelled": "cancelled", "gone": "withdrawn", "total": "all",
    "caveats": "Note", "nothing": "The policy asks for nothing here.",
    "caveat.made-up": "nobody of this exists: what a real school will see depends on its own rates; absences do not depend on what is done about them",
    "caveat.facts": "the policy reads what is not made up, and what depends on it does not come: {names}",
    "caveat.empty": "of students these are left empty: {names}",
    "caveat.in-force": "{name} is in force {span} only, and asks for nothing outside it",
    "caveat.no-code": "no code of the policy says `{meaning}`, and nobody is marked so",
    "again": "The same again, as files: {command}", "written": "written to {folder}",
    "fact": "fact {name}", "document": "document {name}",
}  # fmt: skip

ZH = {
    "school": "虚构的学校：学生 {students} 人，{classes} 个班，{low} 至 {high} 年级，种子 {seed}；{first} 至 {until}",
    "rates": "每人缺勤占上学日 {absence}（其中无假 {unexcused}，平均每次 {spell} 天）；事项按时办结 {in_time}，逾期办结 {late}，始终不办 {never}",
    "came": "实际生成：缺勤占全部节次 {absence}，其中无假 {unexcused}；办理结果 {answers} 条，辍学 {dropped} 人次",
    "stages": "到达的台阶", "stage": "台阶", "whom": "学生或集体", "times": "次数", "items": "事项", "done": "已办结", "late": "曾逾期",
    "overdue": "期末仍逾期", "cancelled": "已取消", "gone": "已撤销", "total": "合计",
    "caveats": "注意", "nothing": "制度在这所学校没有要求任何事。",
    "caveat.made-up": "以上人和事都是虚构的：真实的学校要看自己的缺勤和办结情况；这里的缺勤不因有人家访而改变",
    "caveat.facts": "制度要看而这里没有虚构的内容（与之有关的事项不会出现）：{names}",
    "caveat.empty": "学生的这些信息空着：{names}",
    "caveat.in-force": "{name} 只在{span}施行，此外不要求任何事",
    "caveat.no-code": "制度没有表示 `{meaning}` 的代码，没有人被这样记录",
    "again": "用文件重算一遍：{command}", "written": "已写入 {folder}",
    "fact": "事实 {name}", "document": "材料 {name}",
}  # fmt: skip


def words_for(lang: str) -> Mapping[str, str]:
    """The table of a language; English where there is none of its own."""
    return of_language({"zh": ZH, "en": EN}, lang)
