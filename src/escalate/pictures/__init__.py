"""Pictures of a policy: the table that people sign, and a drawing of its ladders, in the policy's language or another."""

from .markdown import markdown
from .mermaid import mermaid
from .sheets import sheets_of
from .svg import svg
from .table import Row, Section, Table, table_of

__all__ = ["Row", "Section", "Table", "markdown", "mermaid", "sheets_of", "svg", "table_of"]
