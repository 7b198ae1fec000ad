"""Writing: counting months anew, entering what others published; and asking, where tries are counted."""

from payung.coverage.services.figures import load_known_figures, record_official_figure
from payung.coverage.services.protection import ask_protection
from payung.coverage.services.summary import count_needs, rebuild_everything, rebuild_summary, refresh_summary

__all__ = [
    "ask_protection",
    "count_needs",
    "load_known_figures",
    "rebuild_everything",
    "rebuild_summary",
    "record_official_figure",
    "refresh_summary",
]
