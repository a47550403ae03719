"""An extractive reader whose answer boundaries are characters: question and window in, span or nothing out.

The encoder's vocabulary joins several Han characters to a piece, so a boundary between pieces often cuts an
answer. Each character is therefore represented by its piece's last hidden state, its own embedding, its
place in the piece and whether the question has it too; two convolutions of width 5 mix neighbours before
start and end are scored. Whether the window answers at all is scored from the first token, the question and
the characters that the boundaries point to, as a verifier would (Hu et al., arXiv 1808.05759).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel, BertPreTrainedModel
from transformers.modeling_outputs import QuestionAnsweringModelOutput

MAX_PLACE = 7
"""Places in a piece told apart; longer pieces are rare."""
MAX_QUESTION_PIECES = 96
MAX_PIECES = 448
_WIDTH = 256


@dataclass
class CharacterQuestionAnsweringOutput(QuestionAnsweringModelOutput):
    """As its base, with logits over characters; ``answerable_logits`` has shape ``(batch,)``."""

    answerable_logits: Tensor | None = None


class BertForCharacterQuestionAnswering(BertPreTrainedModel):  # type: ignore[no-untyped-call]
    """BERT with a span head over characters and an answerability head."""

    config_class = BertConfig
    base_model_prefix = "bert"

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        hidden = config.hidden_size
        self.place = nn.Embedding(MAX_PLACE + 1, hidden)
        self.overlap = nn.Embedding(3, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.first = nn.Conv1d(hidden, _WIDTH, 5, padding=2)
        self.second = nn.Conv1d(_WIDTH, _WIDTH, 5, padding=2)
        self.bounds = nn.Linear(_WIDTH, 2)
        self.verify = nn.Sequential(
            nn.Linear(2 * hidden + 2 * _WIDTH, _WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(_WIDTH, 1)
        )
        self.post_init()  # type: ignore[no-untyped-call]

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        question_mask: Tensor,
        char_pieces: Tensor,
        char_ids: Tensor,
        char_places: Tensor,
        char_overlap: Tensor,
        char_mask: Tensor,
        start_positions: Tensor | None = None,
        end_positions: Tensor | None = None,
        answerable: Tensor | None = None,
    ) -> CharacterQuestionAnsweringOutput:
        """Score the boundaries and the answerability of each window.

        Args:
            input_ids: ``(batch, pieces)``, question and window.
            attention_mask: 1 where a piece is.
            question_mask: 1 where a piece of the question is.
            char_pieces: ``(batch, characters)``, the piece that each character of the window belongs to.
            char_ids: the vocabulary's entry for the character by itself.
            char_places: place in its piece.
            char_overlap: 2 where the question has the bigram, 1 where it has the character.
            char_mask: 1 where a character may be in an answer.
            start_positions: first character of the answer, ``(batch,)``; read where ``answerable``.
            end_positions: last character of the answer.
            answerable: 1 or 0, ``(batch,)``.
        """
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        pieces = states.gather(1, char_pieces.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
        own = self.bert.embeddings.word_embeddings(char_ids)
        mixed = self.norm(pieces + own + self.place(char_places) + self.overlap(char_overlap))
        inside = char_mask.unsqueeze(1).to(mixed.dtype)
        mixed = nn.functional.gelu(self.first(mixed.transpose(1, 2) * inside)) * inside
        mixed = (mixed + nn.functional.gelu(self.second(mixed))) * inside
        chars = mixed.transpose(1, 2)
        scores = self.bounds(chars).float().masked_fill(char_mask.unsqueeze(-1) == 0, -1e4)
        start, end = scores.unbind(-1)
        asked = question_mask.unsqueeze(-1).to(states.dtype)
        question = (states * asked).sum(1) / asked.sum(1).clamp(min=1)
        # The verifier judges the boundaries, it does not move them.
        at_start = (start.detach().softmax(-1).unsqueeze(-1).to(chars.dtype) * chars).sum(1)
        at_end = (end.detach().softmax(-1).unsqueeze(-1).to(chars.dtype) * chars).sum(1)
        verdict = self.verify(torch.cat([states[:, 0], question, at_start, at_end], -1)).float().squeeze(-1)
        loss = None
        if answerable is not None and start_positions is not None and end_positions is not None:
            loss = nn.functional.binary_cross_entropy_with_logits(verdict, answerable.float())
            bounds = nn.functional.cross_entropy(start, start_positions, reduction="none")
            bounds = bounds + nn.functional.cross_entropy(end, end_positions, reduction="none")
            loss = loss + 0.5 * (bounds * answerable).mean()
        return CharacterQuestionAnsweringOutput(
            loss=loss, start_logits=start, end_logits=end, answerable_logits=verdict
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A question and a text to read, as numbers; lists over the text's characters unless said otherwise."""

    input_ids: list[int]
    """Pieces: ``<s> question </s> text </s>``."""
    question_pieces: int
    char_pieces: list[int]
    char_ids: list[int]
    char_places: list[int]
    char_overlap: list[int]
    char_mask: list[int]


class WindowEncoder:
    """Turn questions and texts into windows with a fast tokenizer of Hugging Face."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab()
        self._unknown = vocabulary[tokenizer.unk_token]
        self._ids = {piece: i for piece, i in vocabulary.items() if len(piece) == 1}
        self._bos, self._eos = tokenizer.cls_token_id, tokenizer.sep_token_id

    def encode(self, question: str, text: str, readable_from: int = 0) -> Window:
        """Return a window; what does not fit is cut off at the end.

        Args:
            question: simplified Chinese.
            text: what to read.
            readable_from: characters before it are context (a headline), never part of an answer.
        """
        asked = self._tokenizer(question, add_special_tokens=False)["input_ids"][:MAX_QUESTION_PIECES]
        read = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        room = MAX_PIECES - len(asked) - 3
        ids, offsets = read["input_ids"][:room], read["offset_mapping"][:room]
        shift = len(asked) + 2
        pieces, places = [-1] * len(text), [0] * len(text)
        for i, (start, end) in enumerate(offsets):
            for at in range(start, end):
                if pieces[at] < 0:
                    pieces[at], places[at] = i + shift, min(at - start, MAX_PLACE)
        fits = max((end for _, end in offsets), default=0)
        last = shift
        for at in range(len(text)):  # blanks belong to no piece
            last = pieces[at] = pieces[at] if pieces[at] >= 0 else last
        pairs = {question[i : i + 2] for i in range(len(question) - 1)}
        single = set(question)
        overlap = [
            2 if text[max(at - 1, 0) : at + 1] in pairs or text[at : at + 2] in pairs else int(c in single)
            for at, c in enumerate(text)
        ]
        return Window(
            input_ids=[self._bos, *asked, self._eos, *ids, self._eos],
            question_pieces=len(asked),
            char_pieces=pieces,
            char_ids=[self._ids.get(c, self._unknown) for c in text],
            char_places=places,
            char_overlap=overlap,
            char_mask=[int(readable_from <= at < fits) for at in range(len(text))],
        )


def collate(windows: Sequence[Window], pad: int) -> dict[str, Tensor]:
    """Return the model's inputs for some windows, padded at the end."""
    pieces = max(len(w.input_ids) for w in windows)
    chars = max(max(len(w.char_ids) for w in windows), 1)

    def padded(rows: list[list[int]], width: int, value: int = 0) -> Tensor:
        return torch.tensor([row + [value] * (width - len(row)) for row in rows])

    return {
        "input_ids": padded([w.input_ids for w in windows], pieces, pad),
        "attention_mask": padded([[1] * len(w.input_ids) for w in windows], pieces),
        "question_mask": padded([[0] + [1] * w.question_pieces for w in windows], pieces),
        "char_pieces": padded([w.char_pieces for w in windows], chars),
        "char_ids": padded([w.char_ids for w in windows], chars, pad),
        "char_places": padded([w.char_places for w in windows], chars),
        "char_overlap": padded([w.char_overlap for w in windows], chars),
        "char_mask": padded([w.char_mask for w in windows], chars),
    }
