"""Whole numbers in digits or Chinese characters."""

from __future__ import annotations

import re

import cn2an

_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


def whole_number(text: str) -> int:
    """Return a number in digits or characters; characters without 十 are read one by one.

    >>> whole_number("二〇二一"), whole_number("二十三"), whole_number("两"), whole_number("零五")
    (2021, 23, 2, 5)

    Raises:
        ValueError: the text is no number.
    """
    if text.isdigit():
        return int(text)
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(_DIGITS[char] for char in text))
    return int(cn2an.cn2an(text.replace("两", "二"), "smart"))


_LABEL = re.compile(r"[一二三四五六七八九十百]+(?=[层楼号期级类栋座路日月年岁批届单户])")


def labels_in_digits(text: str) -> str:
    """Return a text with the numbers of labels in digits, as notices print them.

    >>> labels_in_digits("六楼和十二层呢"), labels_in_digits("一下子")
    ('6楼和12层呢', '一下子')
    """
    return _LABEL.sub(lambda number: str(whole_number(number.group())), text)


def below_hundred(text: str) -> int:
    """Return a number below a hundred as a reader types it; negative for what is none, never an error.

    >>> below_hundred("二十三"), below_hundred("十"), below_hundred("零五"), below_hundred("7")
    (23, 10, 5, 7)
    """
    if text.isdigit():
        return int(text)
    digits = " 一二三四五六七八九"
    tens, ten, ones = text.replace("两", "二").replace("零", "").rpartition("十")
    if not ten:
        return digits.find(ones) if ones else 0
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)
