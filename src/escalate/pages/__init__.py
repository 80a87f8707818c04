"""Pages: one child and one school, each as an HTML file that needs nothing but itself."""

from .child import Child, timeline_page
from .drawer import ChildLine
from .school import School, report_page

__all__ = ["Child", "ChildLine", "School", "report_page", "timeline_page"]
