"""Models of the real architectures with two small layers and random weights, over the default tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertModel,
)


def tiny_config(tokenizer: Any, **more: Any) -> BertConfig:
    """Return the architecture."""
    return BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=512,
        pad_token_id=tokenizer.pad_token_id,
        **more,
    )


def save_tiny(kind: str, tokenizer_dir: Path, target: Path, **more: Any) -> Path:
    """Save a model with its tokenizer; kinds: ``bare``, ``reader``, ``cross-encoder``."""
    classes = {
        "bare": BertModel,
        "reader": BertForQuestionAnswering,
        "cross-encoder": BertForSequenceClassification,
    }
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_dir)
    classes[kind](tiny_config(tokenizer, **more)).save_pretrained(target)
    tokenizer.save_pretrained(target)
    return target
