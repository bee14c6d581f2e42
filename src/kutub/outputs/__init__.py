"""Events as files: JSON Lines, Parquet and CSV, each written whole or not at all."""

from kutub.outputs.atomic import check_target, partial_path, replacing
from kutub.outputs.files import KINDS, check_outputs, write_events

__all__ = ["KINDS", "check_outputs", "check_target", "partial_path", "replacing", "write_events"]
