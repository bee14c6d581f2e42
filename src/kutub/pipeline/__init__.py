"""Wires the stages: pages become articles, sentences, events; what is dropped is counted by reason."""

from kutub.pipeline.run import Counts, Run, code_paths
from kutub.pipeline.work import Coded, Settings, code_page

__all__ = ["Coded", "Counts", "Run", "Settings", "code_page", "code_paths"]
