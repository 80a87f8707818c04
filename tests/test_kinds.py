"""Which kind of file a text is, also of one that cannot be read."""

import pytest

from escalate.kinds import kind_of, kind_of_keys
from escalate.source import Source


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("p.yaml", "policy: p\nladders: {}\n", "policy"),
        ("p.yaml", "制度：p\n阶梯: {}\n", "policy"),
        ("own.yaml", "extends: county.yaml\n", "policy"),
        ("p.yaml", "title: [\n", "policy"),
        ("p.spec.yaml", "extends: county.yaml\n", "spec"),
        ("cases.yaml", "policy: p.yaml\ncases: {}\n", "spec"),
        ("cases.yaml", "制度: p.yaml\n样例:\n  甲: {标记: [}\n", "spec"),
        ("c.yaml", "calendar: c\ntimezone: Asia/Shanghai\nsessions: {am: [\n", "calendar"),
        ("c.yaml", "校历: c\n学期: {}\n", "calendar"),
        ("m.yaml", "format: csv\ncolumns: {student: id}\n", "mapping"),
        ("m.yaml", "columns: {student: id}\ncodes: {absent: A}\n", "mapping"),
        ("README.md", "# A policy\n", "policy"),
    ],
)
def test_a_file_is_known_by_its_name_and_its_keys(path, text, kind):
    """What tells nothing is read as a policy."""
    assert kind == kind_of(Source(path, text))


@pytest.mark.parametrize("keys", [(), ("name", "on", "jobs"), ("calendar",), ("columns",), ("version", "services")])
def test_other_yaml_is_of_no_kind(keys):
    """An editor leaves it alone."""
    assert kind_of_keys(keys) == ""
