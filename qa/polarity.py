"""Yes or no: whether a sentence affirms what a question asks, denies it, or leaves it open."""

from __future__ import annotations

import re

from qa.constraints import numerals
from qa.matching import word_coverage, word_weights
from qa.names import people
from qa.text import Segmenter, fold

_ASKING = re.compile(
    r"请问|(?:是不是|是否|有没有|有无|能不能|能否|可不可以|可否|会不会|会否|要不要|该不该|需不需要|用不用|行不行|对不对|算不算|"
    r"吗|么|没有?(?=[??]*$)|不(?=[??]*$))[??]*"
)
# An A-not-A question (去不去, 收不收费) asks for A.
_A_NOT_A = re.compile(r"([一-鿿])不\1")
_NEGATION = re.compile(
    r"不(?!仅|但|只|断|少于|低于|超过|到|足|等|同|久|光|单|管|论|妨|得不|可或缺|可分割|可替代|忘|懈|同寻常|得了|动产|锈钢)|"
    r"没有|没(?!收|落)|未(?!来|必|成年|婚)|无(?!论|线|人机|偿|障碍|数|限|疑|缝|诈|烟|纸|忧|主)|非(?!常|凡|遗|洲|物质|公有|税)|"
    r"禁止|严禁|谢绝|暂停|停止|停办|停发|取消|废止|拒绝|免除|杜绝|尚待|有待|暂缓|暂不"
)
# Words that exclude each other: a sentence with the one says no to a question with the other.
_OPPOSITES = tuple(
    (re.compile(a), re.compile(b))
    for a, b in (
        (r"收费|付费|花钱|交钱|收钱", r"免费|不收费|免收|减免|零收费"),
        (r"增长|上升|增加|提高|上涨|涨|多了|扩大", r"下降|减少|降低|下滑|回落|降至|降到|缩小"),
        (r"提前|早于", r"推迟|延期|延后|晚于|顺延"),
        (r"开放|开门|开馆|营业|进门|进去|能[进去]|可以[进去]|参观", r"闭馆|关闭|停业|不开放|歇业|闭园|闭门"),
        (r"全部|全都|都(?!市|会)|所有", r"部分|剩余|其余|仍有|个别|大部分|只有|除"),
        (r"允许|可以|可(?!不)|能(?!力|源|量|否|不)", r"禁止|严禁|不得|不准|谢绝|不许"),
        (r"必须|强制|非得|一定要", r"自愿|可选|可自行|不强制"),
        (r"同意|赞成|支持|通过", r"反对|否决|驳回|未通过"),
        (r"成功|达成|完成|建成|竣工", r"失败|未达成|未完成|在建|尚未"),
        (r"首次|第一次|第一届|头一回", r"再次|第[二三四五六七八九十\d]+[次届回]|又一次"),
        (r"线下|现场|当面", r"线上|网上|远程"),
        (r"有效|继续|仍然|还(?!款|书|原)", r"取消|废止|失效|终止|作废|停止"),
        (r"公办|国有|政府", r"民办|私营|社会资本"),
    )
)
_FIGURE = re.compile(
    r"(?P<value>\d+(?:\.\d+)?[万亿]?|[一二两三四五六七八九十百千]+)(?P<unit>%|[户个家名人项次条种亩元年天月日号公里米吨所座处件场])"
)
_WHEN = re.compile(r"(?:周|星期)[一二三四五六日天末]|[早中晚]上|[上下]午|夜间|节假日")
_DONE = re.compile(r"了[吗没]|了么|已经?|过吗|好了|完了")
_TO_COME = re.compile(r"预计|将(?!军)|计划|拟|力争|争取|有望|即将|正在|尚|目标|下一步|底前")
_MOSTLY = 0.55
_SOME = 0.3
_CLAUSE = re.compile(r"[^,，;；。:：!?！？\n]+")


def deciding_clause(question: str, sentence: str, segmenter: Segmenter) -> str:
    """Return the clause of a sentence that a yes/no question turns on, verbatim."""
    folded = fold(sentence)
    clause = _nearest_clause(_statement(question), folded, segmenter)
    at = folded.index(clause)
    return sentence[at : at + len(clause)].strip()


def _statement(question: str) -> str:
    """Return what a yes/no question asks to be confirmed, folded."""
    return _A_NOT_A.sub(r"\1", _ASKING.sub("", fold(question))).strip(" ,?？")


def verdict(question: str, sentence: str, headline: str, segmenter: Segmenter) -> bool | None:
    """Tell whether a sentence answers a yes/no question with yes or no; ``None`` where it decides neither.

    It decides where it holds most of the question's words, and its people and names. No is said by a
    negation that the question doesn't have, by the opposite of its verb, or by another number of the same
    unit.

    >>> verdict("博物馆周一开放吗?", "博物馆每周一闭馆,国家法定节假日除外。", "", Segmenter())
    False
    """
    asked, said, head = fold(question), fold(sentence), fold(headline)
    statement = _statement(question)
    statement_negated = _negated(statement)
    near = _nearest_clause(statement, said, segmenter)
    for this, that in (*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)):
        opposed = that.search(near) or that.search(said)
        if this.search(statement) and opposed and not that.search(statement):
            if this.search(said) and not that.search(near):
                continue
            if support(statement, said + head, segmenter, without=this) >= _SOME:
                return statement_negated
    if not names_held(question, sentence + headline, segmenter):
        return None
    if support(statement, said + head, segmenter) < _MOSTLY or not _predicated(statement, said, segmenter):
        return None
    if _other_figure(statement, near) or _other_figure(statement, said):
        return statement_negated
    if numerals(statement) - numerals(sentence + headline):
        return None
    if _DONE.search(asked) and _TO_COME.search(near):
        return statement_negated
    return _negated(near) == statement_negated


def support(
    statement: str, text: str, segmenter: Segmenter, *, without: re.Pattern[str] | None = None
) -> float:
    """Return the share of a statement's weighted words that a folded text holds, 0 to 1; 0 for no words.

    Numbers and words that a pattern matches are left out.
    """
    weights = {
        word: weight
        for word, weight in word_weights(statement, segmenter).items()
        if not word[0].isdigit() and (without is None or not without.search(word))
    }
    total = sum(weights.values())
    return sum(w * word_coverage(word, text) for word, w in weights.items()) / total if total else 0.0


def _predicated(statement: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a sentence has what a statement says of its subject: its last content word."""
    words = _words(statement, segmenter)
    return not words or word_coverage(words[-1], said) >= _MOSTLY


def _words(statement: str, segmenter: Segmenter) -> list[str]:
    """Return the words of a statement that name things and events, in order."""
    return [
        word
        for word in segmenter.content_words(_FIGURE.sub(" ", statement))
        if not word[0].isdigit() and len(word) > 1
    ]


def _negated(text: str) -> bool:
    """Tell whether a text says no; two negations say yes."""
    return len(_NEGATION.findall(text)) % 2 == 1


def _nearest_clause(statement: str, said: str, segmenter: Segmenter) -> str:
    """Return the clause that a statement is about: that of its day, else of its predicate, of its words."""
    days = {m.group() for m in _WHEN.finditer(statement)}
    words = _words(statement, segmenter)
    return max(
        (m.group() for m in _CLAUSE.finditer(said)),
        key=lambda clause: (
            sum(day in clause for day in days),
            bool(words) and word_coverage(words[-1], clause) >= _MOSTLY,
            sum(word_coverage(word, clause) for word in words),
        ),
        default=said,
    )


def names_held(question: str, text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text names everybody whom a question names."""
    folded = fold(text)
    return all(fold(name) in folded for name, _ in people(question, segmenter))


def _other_figure(statement: str, said: str) -> bool:
    """Tell whether a sentence gives another number of the unit that a statement gives one of."""
    given = {(m["unit"], m["value"]) for m in _FIGURE.finditer(said)}
    units = {unit for unit, _ in given}
    asked = {(m["unit"], m["value"]) for m in _FIGURE.finditer(statement)}
    return any(
        unit in units and not numerals(value) & {n for u, v in given if u == unit for n in numerals(v)}
        for unit, value in asked
    )
