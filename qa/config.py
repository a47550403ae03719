"""Settings, read once from the environment (prefix ``QA_``) and ``.env``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import ConfigError

DEFAULT_MODEL = "default"
"""``QA_EMBEDDING_MODEL`` and ``QA_READER_MODEL`` value that means the model that comes with the package."""
NO_MODEL = "none"
"""``QA_READER_MODEL`` value that means matching alone, without a trained reader."""

Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]

FAISS: Final = "faiss"
MILVUS: Final = "milvus"
"""``QA_VECTOR_STORE`` values."""


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
    reader_model: str = Field(
        DEFAULT_MODEL, description="阅读模型：default、none（只做匹配）、抽取式问答模型的名称或本地路径"
    )
    reranker_model: str | None = Field(
        None, description="重排模型：交叉编码器（CrossEncoder）的名称或本地路径；留空则不用"
    )
    admin_token: SecretStr | None = Field(None, description="管理口令；留空则不能通过接口重建索引")
    threads: Annotated[int, Field(ge=1, le=64)] = Field(8, description="同时回答的问题数")
    synonyms: Path | None = Field(
        None, description="近义词表，每行一组词；留空则用数据文件夹里的 synonyms.txt，没有就只用自带的"
    )
    canaries: Path | None = Field(
        None,
        description="校验题文件，格式同 qa eval；新索引答不出原来答得出的题就不启用。"
        "留空则用数据文件夹里的 canaries.jsonl，没有就只用从公报里抽的题",
    )
    canaries_drawn: Annotated[int, Field(ge=0, le=50)] = Field(3, description="从公报里抽几个校验题；0 不抽")
    vector_store: Literal["faiss", "milvus"] = Field(
        FAISS, description="问题的向量在哪里检索：faiss 或 milvus；milvus 用不上时由 faiss 检索"
    )
    milvus_uri: SecretStr | None = Field(
        None,
        description="Milvus 的地址，如 http://127.0.0.1:19530，或 Milvus Lite 的文件，以 .db 结尾；"
        "留空则用数据文件夹里的 milvus.db",
    )
    llm_base_url: str | None = Field(
        None, description="兼容 OpenAI 接口的大模型地址，通常以 /v1 结尾；留空则不用大模型"
    )
    llm_model: str | None = Field(None, description="大模型的名称")
    llm_api_key: SecretStr | None = Field(None, description="大模型的密钥；本地服务通常不需要")
    llm_connect_timeout: Seconds = Field(3.0, description="连接大模型最多等几秒")
    llm_read_timeout: Seconds = Field(15.0, description="大模型最多几秒没有动静")
    llm_timeout: Seconds = Field(60.0, description="大模型最多几秒答完")

    @field_validator("llm_base_url")
    @classmethod
    def _plain_url(cls, value: str | None) -> str | None:
        """Refuse a URL that carries secrets: it may be logged by a proxy or a library."""
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = None
        if not usable or not value.isascii() or any(char.isspace() for char in value):
            raise PydanticCustomError(
                "url", "应是 http:// 或 https:// 开头的地址，例如 http://127.0.0.1:8080/v1"
            )
        if parts.username is not None or parts.query or parts.fragment:
            raise PydanticCustomError("url", "不能带用户名、密码、查询参数或 #，密钥请写在 QA_LLM_API_KEY")
        return value

    @field_validator("milvus_uri")
    @classmethod
    def _server_or_file(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse what is neither a server nor a file; a server's address may hold user and password."""
        text = value.get_secret_value() if value is not None else ""
        if not text or ("://" not in text and text.endswith(".db")):
            return value
        try:
            parts = urlsplit(text)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = None
        if not usable or any(char.isspace() for char in text):
            raise PydanticCustomError(
                "uri", "应是 http://主机:19530 或 https:// 开头的地址，或以 .db 结尾的文件路径"
            )
        if parts.query or parts.fragment or "/" in parts.path.strip("/"):
            raise PydanticCustomError("uri", "地址后面只能有数据库名，不能有查询参数和 #")
        return value

    @field_validator("admin_token")
    @classmethod
    def _without_outer_blanks(cls, value: SecretStr | None) -> SecretStr | None:
        """Drop what a file or a shell left around the token: no header brings it, so nobody could get in."""
        stripped = value.get_secret_value().strip() if value is not None else ""
        return SecretStr(stripped) if stripped else None

    @field_validator("llm_api_key")
    @classmethod
    def _header_value(cls, value: SecretStr | None) -> SecretStr | None:
        """Refuse a key that no HTTP header can carry."""
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise PydanticCustomError("key", "密钥只能由可见的 ASCII 字符组成，不能有空格和换行")
        return value


def without_effect(settings: Settings) -> list[str]:
    """Return in Chinese which settings do nothing beside the others, so that nobody relies on them."""
    if settings.milvus_uri is not None and settings.vector_store != MILVUS:
        return [f"设置了 QA_MILVUS_URI，但 QA_VECTOR_STORE 不是 {MILVUS}，所以不起作用"]
    return []


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
        case "float_parsing":
            return f"应是数字，不能是 {error['input']!r}"
        case "literal_error":
            return f"应是 {bounds['expected'].replace(' or ', ' 或 ')}，不能是 {error['input']!r}"
        case "finite_number":
            return "应是有限的数字"
        case "greater_than":
            return f"应大于 {bounds['gt']}"
        case "greater_than_equal":
            return f"{error['input']} 太小，最小 {bounds['ge']}"
        case "less_than_equal":
            return f"{error['input']} 太大，最大 {bounds['le']}"
        case _:
            return error["msg"]
