"""Writing: counting months anew, and entering what others published."""

from payung.coverage.services.figures import load_known_figures, record_official_figure
from payung.coverage.services.summary import count_needs, rebuild_summary, refresh_summary

__all__ = ["count_needs", "load_known_figures", "rebuild_summary", "record_official_figure", "refresh_summary"]
