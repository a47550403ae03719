"""The trained reader: windows, predictions, packed weights, models of other makers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tiny_models import save_tiny, tiny_config
from transformers import AutoTokenizer

from qa.errors import ModelError
from qa.models.character_reader import (
    MAX_PIECES,
    BertForCharacterQuestionAnswering,
    WindowEncoder,
    collate,
)
from qa.models.hub_span_model import HubSpanModel
from qa.models.packed import pack, unpack
from qa.models.span_model import CharacterSpanModel, SpanPrediction

TEXT = "市气象台昨日发布消息,本周六将有3级东北风,最高气温31.5℃。Wi-Fi 信号已覆盖全部27座车站。"


def log_probabilities(size: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, size, elements=st.floats(-20, 0, width=32)).map(
        lambda a: a - np.log(np.exp(a).sum(dtype=np.float64)).astype(np.float32)
    )


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(log_probabilities(n), log_probabilities(n))), st.data())
def test_the_best_span_is_the_best_of_all(pair: tuple[np.ndarray, np.ndarray], data: st.DataObject) -> None:
    prediction = SpanPrediction(*pair, answerable=0.0)
    first = data.draw(st.integers(0, len(pair[0]) - 1))
    last = data.draw(st.integers(first + 1, len(pair[0])))
    start, end, score = prediction.best(first, last)
    assert first <= start < end <= last
    every = [float(pair[0][i] + pair[1][j]) for i in range(first, last) for j in range(i, last)]
    assert score == pytest.approx(max(every), abs=1e-4)


@given(st.integers(2, 30).flatmap(lambda n: st.tuples(log_probabilities(n), log_probabilities(n))))
def test_a_place_left_out(pair: tuple[np.ndarray, np.ndarray]) -> None:
    prediction = SpanPrediction(*pair, answerable=0.0)
    start, _, score = prediction.without(0, 1).best(0, len(pair[0]))
    assert start > 0
    assert score <= prediction.best(0, len(pair[0]))[2]


@given(st.integers(2, 30).flatmap(lambda n: st.tuples(log_probabilities(n), log_probabilities(n))))
def test_boundaries_lie_somewhere(pair: tuple[np.ndarray, np.ndarray]) -> None:
    prediction = SpanPrediction(*pair, answerable=0.0)
    assert prediction.within(0, len(pair[0])) == pytest.approx(0, abs=1e-3)
    assert prediction.within(0, 1) <= prediction.within(0, len(pair[0])) + 1e-3


@pytest.fixture(scope="module")
def windows(default_model_dir: Path) -> WindowEncoder:
    return WindowEncoder(AutoTokenizer.from_pretrained(default_model_dir))


def test_each_character_knows_its_piece(windows: WindowEncoder, default_model_dir: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(default_model_dir)
    window = windows.encode("周六刮几级风?", TEXT)
    assert len(window.char_pieces) == len(TEXT)
    pieces = tokenizer.convert_ids_to_tokens(window.input_ids)
    for at, char in enumerate(TEXT):
        if not char.isspace():
            piece = pieces[window.char_pieces[at]].lstrip("▁")
            # The mark of a text's beginning claims its first character; ℃ becomes °C in two pieces.
            assert char in piece or at == 0 or char == "℃", (char, piece)
            assert window.char_places[at] <= max(len(piece) - 1, 0)
    assert sorted(window.char_pieces) == window.char_pieces


def test_overlap_marks_what_the_question_has_too(windows: WindowEncoder) -> None:
    window = windows.encode("周六刮几级风?", TEXT)
    marked = {char: flag for char, flag in zip(TEXT, window.char_overlap, strict=True) if flag}
    assert marked["周"] == marked["六"] == 2
    assert marked["风"] == 1
    assert "北" not in marked


def test_a_headline_and_what_is_cut_off_are_never_answers(windows: WindowEncoder) -> None:
    head = "天气预报\n"
    window = windows.encode("周六刮几级风?", head + TEXT, len(head))
    assert window.char_mask == [0] * len(head) + [1] * len(TEXT)
    long = windows.encode("问" * 400, TEXT * 60)
    assert len(long.input_ids) <= MAX_PIECES
    assert 0 < sum(long.char_mask) < len(TEXT * 60)
    assert long.char_mask == sorted(long.char_mask, reverse=True)


def test_the_network_learns_two_windows_by_heart(windows: WindowEncoder, default_model_dir: Path) -> None:
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(default_model_dir)
    network = BertForCharacterQuestionAnswering(tiny_config(tokenizer))
    asked = [windows.encode("周六刮几级风?", TEXT), windows.encode("市长是谁?", TEXT)]
    at = TEXT.index("3级")
    inputs = collate(asked, tokenizer.pad_token_id) | {
        "start_positions": torch.tensor([at, 0]),
        "end_positions": torch.tensor([at + 1, 0]),
        "answerable": torch.tensor([1, 0]),
    }
    optimizer = torch.optim.Adam(network.parameters(), 5e-3)
    for _ in range(60):
        optimizer.zero_grad()
        loss = network(**inputs).loss
        loss.backward()
        optimizer.step()
    network.eval()
    model = CharacterSpanModel(network, tokenizer)
    yes, no = (model.predict(q, [("", TEXT)])[0] for q in ("周六刮几级风?", "市长是谁?"))
    start, end, _ = yes.best(0, len(TEXT))
    assert TEXT[start:end] == "3级"
    assert yes.answerable > 0 > no.answerable


@given(arrays(np.float32, (70, 64), elements=st.floats(-5, 5, width=32)))
def test_packing_rounds_to_a_254th_of_the_row(values: np.ndarray) -> None:
    import tempfile

    weights = {"big": torch.from_numpy(values.copy()), "small": torch.arange(12.0).view(3, 4)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.safetensors"
        pack(weights, path, {"note": "x"})
        loaded, metadata = unpack(path)
    assert metadata["note"] == "x"
    assert torch.equal(loaded["small"], weights["small"])
    bound = weights["big"].abs().amax(1, keepdim=True) / 254
    assert bool(((loaded["big"] - weights["big"]).abs() <= bound * 1.001 + 1e-7).all())


def test_damaged_weights_are_named(tmp_path: Path, default_model_dir: Path) -> None:
    path = tmp_path / "reader.safetensors"
    path.write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"reader\.safetensors"):
        CharacterSpanModel.load(default_model_dir, path)
    pack({"bert.encoder.layer.0.attention.self.query.weight": torch.zeros(384, 384)}, path, {})
    with pytest.raises(ModelError, match="与编码模型不符"):
        CharacterSpanModel.load(default_model_dir, path)


def test_a_readers_folder_can_take_its_place(tmp_path: Path, default_model_dir: Path) -> None:
    folder = save_tiny("reader", default_model_dir, tmp_path / "reader")
    model = HubSpanModel.load(str(folder))
    first, second = model.predict("周六刮几级风?", [("天气预报", TEXT), ("", "今天晴。")])
    assert len(first.start) == len(first.end) == len(TEXT)
    assert len(second.start) == len("今天晴。")
    assert np.isfinite(first.answerable)
    assert np.exp(first.start).sum() == pytest.approx(1, abs=1e-3)
    start, end, _ = first.best(0, len(TEXT))
    assert 0 <= start < end <= len(TEXT)


def test_a_model_that_reads_nothing_is_refused(tmp_path: Path, default_model_dir: Path) -> None:
    folder = save_tiny("bare", default_model_dir, tmp_path / "bare")
    with pytest.raises(ModelError, match="不是抽取式问答模型"):
        HubSpanModel.load(str(folder))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("新馆有多少册藏书?", "12万册"),
        ("新馆订了多少种报刊?", "340种"),
        ("阅览座位有几个?", "860个"),
        ("馆长是谁?", "周婉清"),
        ("新馆哪天开放?", "5月6日"),
    ],
)
def test_the_shipped_reader_points_at_the_thing_asked_for(
    span_model: CharacterSpanModel, question: str, answer: str
) -> None:
    text = "5月6日,枫桥县图书馆新馆开放。馆长周婉清介绍,新馆有藏书12万册,报刊340种,阅览座位860个。"
    (prediction,) = span_model.predict(question, [("枫桥县图书馆新馆开放", text)])
    start, end, _ = prediction.best(0, len(text))
    assert answer in text[start:end]
    assert len(text[start:end]) <= len(answer) + 4


def test_the_shipped_reader_tells_near_misses(span_model: CharacterSpanModel) -> None:
    text = "5月6日,枫桥县图书馆新馆开放。馆长周婉清介绍,新馆有藏书12万册,报刊340种,阅览座位860个。"
    answered = ("新馆有多少册藏书?", "馆长是谁?", "新馆哪天开放?", "阅览座位有几个?")
    missing = ("新馆的电话是多少?", "副馆长是谁?", "新馆哪天开工?", "新馆的停车位有几个?")

    def odds(questions: tuple[str, ...]) -> list[float]:
        return [span_model.predict(q, [("枫桥县图书馆新馆开放", text)])[0].answerable for q in questions]

    yes, no = odds(answered), odds(missing)
    above = [y > n for y in yes for n in no]
    assert sum(above) >= 0.9 * len(above), (yes, no)
