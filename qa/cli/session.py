"""What commands work with: settings, the model, the service.

Importing the service loads hundreds of modules, so it happens inside these functions: ``qa --help`` and
``qa articles`` must not wait for it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.console import note

if TYPE_CHECKING:
    from qa.config import Settings
    from qa.models.encoder import Encoder
    from qa.service import Service


_GIVING_WAY = 10


def give_way() -> None:
    """Let a service on the same machine go first, where the system knows priorities."""
    if hasattr(os, "setpriority"):
        niceness = max(_GIVING_WAY, os.getpriority(os.PRIO_PROCESS, 0))
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def settings_for(data: Path | None = None, **overrides: object) -> Settings:
    """Read the settings; what was given on the command line wins.

    Raises:
        ConfigError: a setting has a wrong value.
    """
    from qa.config import load_settings, without_effect

    settings = load_settings(data_dir=data, **overrides)
    for remark in without_effect(settings):
        note(remark)
    return settings


def open_encoder(settings: Settings) -> Encoder:
    """Load the embedding model, telling on standard error what takes long.

    Raises:
        ModelError: it cannot be built or loaded.
    """
    from qa.assembly import load_encoder

    return load_encoder(settings, note)


def open_service(settings: Settings, question: str | None = None) -> Service:
    """Open the service over an index that exists.

    Args:
        settings: where it is.
        question: what will be asked; that it cannot be asked is told before the model is loaded.

    Raises:
        QuestionError: the question cannot be asked.
        SnapshotError: there is no index, or it is damaged or of another model.
        ModelError: the model cannot be loaded.
    """
    from qa.answers.answering import clean_question
    from qa.assembly import load_reranker, load_span_model
    from qa.metadata.catalogue import serving_folder
    from qa.service import Service

    if question is not None:
        clean_question(question)
    serving_folder(settings.data_dir)
    encoder = open_encoder(settings)
    service = Service(settings, encoder, load_span_model(settings, note), load_reranker(settings, note))
    service.index_info()
    return service
