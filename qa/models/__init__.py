"""Where models come from and how the default one is built."""

from qa.models.default import default_model_path, ensure_default_model
from qa.models.quiet import quiet_loading

__all__ = ["default_model_path", "ensure_default_model", "quiet_loading"]
