"""The real service over the real seeds, on the default model."""

from __future__ import annotations

import time
from pathlib import Path

from qa.assembly import index
from qa.config import Settings
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.service import Service

SEEDS = Path(__file__).parents[2] / "seeds"
EXAMPLES_WITHIN_S = 180
QUESTION = "二七经开区有多少家高新技术企业?"


def build(default_model_dir: Path, data_dir: Path) -> Service:
    """Index the seeds into ``data_dir`` and return the service over them."""
    settings = Settings(_env_file=None, seeds_dir=SEEDS, data_dir=data_dir, embedding_model="default")
    encoder = Encoder.load(settings.embedding_model, default_model_dir.parent)
    report = index(settings, encoder)
    assert report.articles
    assert not report.failed
    service = Service(settings, encoder, CharacterSpanModel.load(default_model_dir))
    deadline = time.monotonic() + EXAMPLES_WITHIN_S
    while not service.examples():  # found in a thread, which must not outlive the tests
        assert time.monotonic() < deadline, "the service found no example questions"
        time.sleep(0.1)
    return service
