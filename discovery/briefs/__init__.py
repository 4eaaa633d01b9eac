"""Programme design briefs: material in, a format-free brief, and writers for Word, Markdown and HTML."""

from discovery.briefs.compose import compose_brief
from discovery.briefs.docx import write_docx
from discovery.briefs.html import write_html
from discovery.briefs.markdown import write_markdown
from discovery.briefs.material import Material
from discovery.briefs.model import Brief

__all__ = ["Brief", "Material", "compose_brief", "write_docx", "write_html", "write_markdown"]
