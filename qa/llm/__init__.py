"""An optional chat model words the answer; every sentence of it is checked against the quotes it cites."""

from qa.llm.generation import GenerativeAnswerer
from qa.llm.support import EncoderSupport, Support

__all__ = ["EncoderSupport", "GenerativeAnswerer", "Support"]
