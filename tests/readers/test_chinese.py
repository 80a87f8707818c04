"""A calendar in Chinese, or in both languages: the same calendar, and problems in its words."""

import pytest

from escalate.readers.calendar import check_close, parse_calendar
from escalate.source import Source

ENGLISH = """\
calendar: a
timezone: Asia/Shanghai
sessions: {上午: "08:00-11:40", 下午: "14:00-17:00"}
week: {monday: [上午, 下午], saturday: [上午]}
terms: {term: {from: 2025-09-01, to: 2026-01-23}}
covers: {from: 2025-08-25, to: 2026-02-01}
closed: {2025-10-01..2025-10-08: 国庆}
make_up: {2025-10-12: monday}
days: {2025-11-15: {kind: closed, reason: 暴雪}, 2025-11-17: {kind: exam, sessions: [上午]}}
office: {closed: [2025-10-01..2025-10-08], open: [2025-09-28]}
years: {2025: [term]}
schools: {north: {closed: {2025-12-01: 停电}}}
"""
CHINESE = """\
校历: a
时区: Asia/Shanghai
节次: {上午: "08:00-11:40", 下午: "14:00-17:00"}
周课表: {周一: [上午, 下午], 周六: [上午]}
学期: {term: {起: 2025-09-01, 止: 2026-01-23}}
覆盖: {起: 2025-08-25, 止: 2026-02-01}
放假: {2025-10-01..2025-10-08: 国庆}
补课: {2025-10-12: 周一}
特殊日: {2025-11-15: {类别: 放假, 原因: 暴雪}, 2025-11-17: {类别: exam, 节次: [上午]}}
办公: {放假: [2025-10-01..2025-10-08], 上班: [2025-09-28]}
学年: {2025: [term]}
学校: {north: {放假: {2025-12-01: 停电}}}
"""


def read(text):
    return parse_calendar(Source("c.yaml", text))


def test_it_is_the_same_calendar():
    mixed = CHINESE.replace("周六", "saturday").replace("放假: {2025-10", "closed: {2025-10")

    assert read(ENGLISH)[0] == read(CHINESE)[0] == read(mixed)[0] is not None


@pytest.mark.parametrize(("wrong", "right"), [("周课程表:", "周课表"), ("办公时间:", "办公")])
def test_a_misspelt_key_is_told_in_chinese(wrong, right):
    _, problems = read(CHINESE.replace(f"{right}:", wrong))

    assert [("unknown-key", f"did you mean `{right}`?")] == [(problem.kind, problem.help) for problem in problems]


def test_a_key_in_both_languages():
    _, problems = read(CHINESE + "terms: {}\n")

    assert [("repeated-key", 13)] == [(problem.kind, problem.span.line) for problem in problems]


def test_a_session_has_its_place():
    """Where a policy's close is before it."""
    source = Source("c.yaml", CHINESE)
    (problem,) = check_close(read(CHINESE)[0], read(CHINESE)[0].periods[1].start, source)

    assert 3 == problem.span.line
