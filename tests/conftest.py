"""Fixtures that several test modules share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from qa.assembly import MODELS_DIR, index
from qa.building.activation import load_current
from qa.config import load_settings
from qa.index.snapshot import Snapshot
from qa.models import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.service import Service

ROOT = Path(__file__).parents[1]
# Tests time nothing: on a busy machine a first call takes as long as it takes.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """Keep the settings of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("QA_") and name != "QA_TEST_MODELS_DIR":
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let tests interrupt the processes they start.

    A shell that starts the tests in the background ignores SIGINT, and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def default_model_dir() -> Path:
    """Return the default model, built once a machine; its parent is the models directory to load it from.

    Kept between runs in ``QA_TEST_MODELS_DIR``, or in ``.cache/models`` of the checkout.
    """
    kept = os.environ.get("QA_TEST_MODELS_DIR")
    models_dir = Path(kept) if kept else ROOT / ".cache" / "models"
    return ensure_default_model(models_dir)


@pytest.fixture(scope="session")
def encoder(default_model_dir: Path) -> Encoder:
    """Return the default model, loaded."""
    return Encoder.load("default", default_model_dir.parent)


@pytest.fixture(scope="session")
def seeded_data(default_model_dir: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the index of ``seeds/`` and the default model; not to be changed."""
    data = tmp_path_factory.mktemp("seeded")
    (data / MODELS_DIR).symlink_to(default_model_dir.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # so that sources are called as in a real run
        index(load_settings(data_dir=data, seeds_dir=Path("seeds")), encoder)
    return data


@pytest.fixture(scope="session")
def span_model(default_model_dir: Path) -> CharacterSpanModel:
    """Return the trained reader that ships with the package."""
    return CharacterSpanModel.load(default_model_dir)


@pytest.fixture(scope="session")
def service(seeded_data: Path, encoder: Encoder, span_model: CharacterSpanModel) -> Iterator[Service]:
    """Return the real service over the seeds."""
    service = Service(load_settings(data_dir=seeded_data, seeds_dir=ROOT / "seeds"), encoder, span_model)
    yield service
    service.close()


@pytest.fixture(scope="session")
def snapshot(seeded_data: Path) -> Snapshot:
    """Return the seeds' snapshot."""
    return load_current(seeded_data)
