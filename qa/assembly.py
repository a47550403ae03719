"""Builds the parts from one Settings: models, synonyms, what answers, what brings the index in step."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.answers.answering import Answerer
from qa.building.canaries import CANARIES_FILE, Ask, CanaryCheck
from qa.building.indexing import build_index
from qa.config import DEFAULT_MODEL, NO_MODEL, Settings
from qa.models import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.hub_span_model import HubSpanModel
from qa.models.span_model import CharacterSpanModel, SpanModel
from qa.reading.reader import SentenceReader
from qa.search.reranker import CrossEncoderReranker, Reranker
from qa.search.retrieval import Retriever
from qa.types import IndexReport, Progress
from qa.understanding import synonyms
from qa.understanding.synonyms import SYNONYMS_FILE, Synonyms

log = logging.getLogger(__name__)
MODELS_DIR = "models"


def load_encoder(settings: Settings, progress: Callable[[str], None] | None = None) -> Encoder:
    """Load the model that the settings name; the first start builds the default one.

    Raises:
        ModelError: it cannot be built or loaded.
    """
    return Encoder.load(settings.embedding_model, settings.data_dir / MODELS_DIR, progress)


def load_span_model(settings: Settings, progress: Callable[[str], None] | None = None) -> SpanModel | None:
    """Load the trained reader that the settings name, if they name one.

    Raises:
        ModelError: it cannot be loaded.
    """
    if settings.reader_model == NO_MODEL:
        return None
    if settings.reader_model == DEFAULT_MODEL:
        return CharacterSpanModel.load(ensure_default_model(settings.data_dir / MODELS_DIR, progress))
    return HubSpanModel.load(settings.reader_model, progress)


def load_reranker(settings: Settings, progress: Callable[[str], None] | None = None) -> Reranker | None:
    """Load the cross-encoder that the settings name, if they name one.

    Raises:
        ModelError: it cannot be loaded.
    """
    if settings.reranker_model is None:
        return None
    return CrossEncoderReranker.load(settings.reranker_model, progress)


def load_synonyms(settings: Settings) -> Synonyms:
    """Load the built-in synonyms and the editor's; a wrong line of his is left out and logged.

    Raises:
        ConfigError: the file that the settings name cannot be read.
    """
    kept = settings.data_dir / SYNONYMS_FILE
    found, problems = synonyms.load(settings.synonyms or (kept if kept.is_file() else None))
    for problem in problems:
        log.warning("近义词表%s", problem)
    return found


def index(
    settings: Settings,
    encoder: Encoder,
    paths: Sequence[Path] | None = None,
    progress: Callable[[Progress], None] | None = None,
    *,
    force: bool = False,
    guarded: Sequence[Path] = (),
    ask: Callable[[], Ask] | None = None,
) -> IndexReport:
    """Bring the index in step with some files, the seeds folder where none are given.

    A new generation that fails a canary question which the serving one passes is held, unless forced.

    Args:
        settings: where things are.
        encoder: the model.
        paths: files and folders.
        progress: told often.
        force: activate a new generation whatever its canaries say.
        guarded: folders that are not followed into being empty.
        ask: returns what answers the canaries; the models that the settings name are loaded for it where
            ``None``, but only if there is anything to ask.

    Raises:
        QAError: as :func:`qa.building.indexing.build_index`.
    """
    kept = settings.data_dir / CANARIES_FILE
    return build_index(
        list(paths) if paths else [settings.seeds_dir],
        settings.data_dir,
        encoder,
        progress=progress,
        model=settings.embedding_model,
        gate=CanaryCheck(
            ask=ask or (lambda: asking(answerer(settings, encoder))),
            file=settings.canaries or (kept if kept.is_file() else None),
            drawn=settings.canaries_drawn,
        ),
        force=force,
        guarded=guarded,
    )


def answerer(settings: Settings, encoder: Encoder) -> Answerer:
    """Return what answers with the models that the settings name."""
    retriever = Retriever(encoder, load_reranker(settings), load_synonyms(settings))
    return Answerer(retriever, SentenceReader(encoder, load_span_model(settings)))


def asking(answerer: Answerer) -> Ask:
    """Return how canaries are asked."""
    return lambda snapshot, question, history: answerer.answer(snapshot, question, history=history)
