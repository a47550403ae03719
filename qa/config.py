"""Settings, read once from the environment (prefix ``QA_``) and ``.env``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import ConfigError

DEFAULT_MODEL = "default"
"""``QA_EMBEDDING_MODEL`` value that means the bundled multilingual-e5-small."""


PLANNED = (
    "QA_READER_MODEL", "QA_RERANKER_MODEL", "QA_LLM_BASE_URL", "QA_LLM_MODEL", "QA_LLM_API_KEY",
    "QA_VECTOR_STORE", "QA_MILVUS_URI",
)  # fmt: skip
"""Variables that this version does not act on yet."""


class Settings(BaseSettings):
    """Everything an operator can set; immutable once read.

    An empty variable counts as unset, so ``QA_PORT= make run`` behaves as expected.
    """

    model_config = SettingsConfigDict(
        env_prefix="QA_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True,
        frozen=True, extra="ignore",
    )  # fmt: skip

    seeds_dir: Path = Field(Path("seeds"), description="公报文件所在的文件夹")
    data_dir: Path = Field(Path("data"), description="数据文件夹：文库、索引快照、默认模型")
    host: str = Field("127.0.0.1", description="服务监听的地址")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8000, description="服务监听的端口；0 表示任选空闲端口"
    )
    embedding_model: str = Field(DEFAULT_MODEL, description="句向量模型：default、模型名或本地路径")
    admin_token: SecretStr | None = Field(None, description="管理口令；留空则不能通过接口重建索引")
    threads: Annotated[int, Field(ge=1, le=64)] = Field(8, description="同时处理的请求数")


def without_effect() -> list[str]:
    """Return the planned variables that are set in the environment, so that nobody relies on them."""
    return [name for name in PLANNED if os.environ.get(name)]


def load_settings(**overrides: object) -> Settings:
    """Read the settings; keyword arguments win over the environment, which wins over ``.env``.

    ``None`` overrides are ignored, so command-line options pass straight through.

    Raises:
        ConfigError: a variable has a wrong value; the message names each one.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "；".join(
            f"QA_{'_'.join(map(str, e['loc'])).upper()}：{_explain(e)}" for e in error.errors()
        )
        raise ConfigError(f"配置有误：{problems}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"无法读取 .env：{error}") from error


def _explain(error: ErrorDetails) -> str:
    """Return in Chinese what is wrong with a value."""
    bounds = error.get("ctx", {})
    match error["type"]:
        case "int_parsing":
            return f"应是整数，不能是 {error['input']!r}"
        case "greater_than_equal":
            return f"{error['input']} 太小，最小 {bounds['ge']}"
        case "less_than_equal":
            return f"{error['input']} 太大，最大 {bounds['le']}"
        case _:
            return error["msg"]
