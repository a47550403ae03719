"""Talk to an OpenAI-compatible server: one streamed chat completion, bounded in time and size.

Nothing that the server says is trusted here or passed on in an error: an error names what went wrong, never
a header, a URL or a body, so the key cannot leak.
"""

from __future__ import annotations

import codecs
import json
import logging
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from qa.errors import PIP_INSTALL, ConfigError, LlmError

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

Message = dict[str, str]
MAX_REPLY_BYTES = 512 * 1024
"""Of a whole reply, wire format included; an answer of a few sentences takes a hundredth of it."""
MAX_CALLS = 4
"""Calls under way at a time; a caller beyond that is told at once instead of holding a request open."""
_MAX_TOKENS = 1024


class ChatClient:
    """A chat model behind ``POST {base_url}/chat/completions``; safe for concurrent use.

    Args:
        base_url: as OpenAI's clients take it, usually ending in ``/v1``.
        model: the model's name.
        api_key: sent as a bearer token.
        connect_timeout: seconds to connect.
        read_timeout: seconds of silence.
        timeout: seconds for the whole reply, whatever the server does.

    Raises:
        ConfigError: the HTTP client is not installed.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: SecretStr | None = None,
        *,
        connect_timeout: float = 3.0,
        read_timeout: float = 15.0,
        timeout: float = 60.0,
    ) -> None:
        try:
            import httpx2
        except ImportError:
            raise ConfigError(
                f"设置了 QA_LLM_BASE_URL，但没有安装 httpx2，请运行 {PIP_INSTALL} 'bulletin-qa[llm]'"
            ) from None
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._model = model
        self._api_key = api_key
        self._timeout = timeout
        self._slots = threading.BoundedSemaphore(MAX_CALLS)
        self._http = httpx2.Client(
            timeout=httpx2.Timeout(read_timeout, connect=connect_timeout),
            follow_redirects=False,  # the key is for this server only
            limits=httpx2.Limits(max_connections=MAX_CALLS),
        )

    def __repr__(self) -> str:
        return f"ChatClient(model={self._model!r})"

    def close(self) -> None:
        """Close idle connections."""
        self._http.close()

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the reply's text in pieces, as they come; closing the iterator ends the call.

        Raises:
            LlmError: no complete reply came; what was yielded before is all there is.
        """
        if not self._slots.acquire(blocking=False):
            raise LlmError("大模型正忙")
        # A thread of its own: a server that drips its headers, or a name server that hangs, is under none of
        # the client's timeouts, and the deadline must hold all the same.
        items: queue.SimpleQueue[str | LlmError | None] = queue.SimpleQueue()
        cancelled = threading.Event()
        thread = threading.Thread(target=self._receive, args=(messages, items, cancelled), daemon=True)
        try:
            thread.start()
        except RuntimeError:
            self._slots.release()
            raise LlmError("大模型正忙") from None
        deadline = time.monotonic() + self._timeout
        try:
            while True:
                try:
                    item = items.get(timeout=max(deadline - time.monotonic(), 0.0))
                except queue.Empty:
                    raise LlmError("大模型没有在规定时间内答完") from None
                if item is None:
                    return
                if isinstance(item, LlmError):
                    raise item
                yield item
        finally:
            cancelled.set()

    def _receive(
        self,
        messages: Sequence[Message],
        items: queue.SimpleQueue[str | LlmError | None],
        cancelled: threading.Event,
    ) -> None:
        """Put the pieces of a reply, then ``None``, or an error."""
        try:
            for piece in self._pieces(messages, cancelled):
                items.put(piece)
            items.put(None)
        except LlmError as error:
            items.put(error)
        except Exception as error:  # its text may hold the key (an illegal header), so only its kind is told
            log.warning("调用大模型时出错：%s", type(error).__name__)
            items.put(LlmError("调用大模型时出错"))
        finally:
            self._slots.release()

    def _pieces(self, messages: Sequence[Message], cancelled: threading.Event) -> Iterator[str]:
        import httpx2

        request = self._request(messages)
        try:
            try:
                response = self._http.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                response = self._http.send(self._request(messages), stream=True)
            try:
                yield from _content(response, cancelled)
            finally:
                response.close()
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            raise LlmError("无法连接大模型") from None
        except httpx2.TimeoutException:
            raise LlmError("大模型没有在规定时间内答完") from None
        except httpx2.TransportError:
            raise LlmError("大模型的回答中途断开") from None

    def _request(self, messages: Sequence[Message]) -> httpx2.Request:
        # Not compressed: a small reply that unpacks to a large one would pass the limit on its size.
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        if self._api_key is not None:
            headers["Authorization"] = f"Bearer {self._api_key.get_secret_value()}"
        body = {
            "model": self._model,
            "messages": list(messages),
            "stream": True,
            "temperature": 0,
            "max_tokens": _MAX_TOKENS,
        }
        return self._http.build_request("POST", self._url, json=body, headers=headers)


def _content(response: httpx2.Response, cancelled: threading.Event) -> Iterator[str]:
    if response.status_code != 200:
        raise LlmError(_status_reason(response.status_code))
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = _decoded(response.iter_raw(), cancelled)
    if kind == "text/event-stream":
        yield from _deltas(text)
    elif kind == "application/json":  # a server that does not stream
        yield from _whole("".join(text))
    else:
        raise LlmError("大模型的回复无法识别")


def _status_reason(status: int) -> str:
    match status:
        case 401 | 403:
            return f"大模型拒绝访问（HTTP {status}），请检查 QA_LLM_API_KEY"
        case 404:
            return "大模型服务没有这个地址或模型（HTTP 404）"
        case 429:
            return "大模型正忙（HTTP 429）"
        case _:
            return f"大模型服务出错（HTTP {status}）"


def _decoded(chunks: Iterator[bytes], cancelled: threading.Event) -> Iterator[str]:
    """Decode a reply strictly; stop when nobody waits for it any more.

    Raises:
        LlmError: it is too long, or not UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    received = 0
    for chunk in chunks:
        if cancelled.is_set():
            return
        received += len(chunk)
        if received > MAX_REPLY_BYTES:
            raise LlmError("大模型的回复过长")
        try:
            yield decoder.decode(chunk)
        except UnicodeDecodeError:
            raise LlmError("大模型的回复无法识别") from None


def _deltas(text: Iterator[str]) -> Iterator[str]:
    """Yield the text of server-sent chunks of a chat completion.

    Raises:
        LlmError: a chunk is none, or the stream ends before the model said that it is done.
    """
    finish: object = None
    for line in _lines(text):
        if not line.startswith("data:"):
            continue  # comments and event names
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            break
        choice = _choice(data)
        if choice is None:
            continue
        delta = choice.get("delta")
        content = delta.get("content") if isinstance(delta, dict) else None
        if isinstance(content, str) and content:
            yield content
        finish = choice.get("finish_reason") or finish
    _check_finish(finish)


def _lines(text: Iterator[str]) -> Iterator[str]:
    rest = ""
    for piece in text:
        *lines, rest = (rest + piece).split("\n")
        yield from (line.rstrip("\r") for line in lines)
    if rest:
        yield rest


def _whole(data: str) -> Iterator[str]:
    """Yield the text of a chat completion that came in one piece."""
    choice = _choice(data)
    message = choice.get("message") if choice is not None else None
    content = message.get("content") if isinstance(message, dict) else None
    if choice is None or not isinstance(content, str):
        raise LlmError("大模型的回复无法识别")
    yield content
    _check_finish(choice.get("finish_reason"))


def _choice(data: str) -> dict[str, Any] | None:
    """Return the first choice of a completion or chunk; ``None`` for one without any (usage figures)."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        raise LlmError("大模型的回复无法识别") from None
    if not isinstance(parsed, dict) or parsed.get("error"):
        raise LlmError("大模型的回复无法识别")
    choices = parsed.get("choices")
    if not isinstance(choices, list):
        raise LlmError("大模型的回复无法识别")
    if not choices:
        return None
    if not isinstance(choices[0], dict):
        raise LlmError("大模型的回复无法识别")
    return choices[0]


def _check_finish(finish: object) -> None:
    if finish != "stop":
        raise LlmError("大模型的回答中途断开")
