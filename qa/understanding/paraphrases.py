"""A question as an article would put it: 关门 as 结束经营, 75岁 as its row 70至79岁, 2号楼 as what that is.

The reader has met few everyday wordings, and doubts what it reads of a question put so. Asked again in words
that the article itself has it need not; whether they mean the same is certain here, not learnt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.index.lexicon import Lexicon
from qa.language.names import OFFICES, SURNAME, people
from qa.language.numerals import below_hundred
from qa.text import HAN, Segmenter, fold
from qa.understanding.synonyms import Synonyms

_MOST = 3
_EVERYDAY = tuple(
    (re.compile(everyday), words)
    for everyday, words in (
        (r"([省市区县])(?:里的?|委的?)?一把手", (r"\1委书记",)),
        (r"([镇乡])(?:里的?|上的?)?一把手", (r"\1党委书记",)),
        (r"村(?:里的?)?一把手", ("村党支部书记", "村党总支书记", "村支书")),
        (r"(?:大)?老板(?=是谁|叫什么|姓什么|是哪)", ("实际控制人", "控股股东", "董事长")),
        (
            r"(?<=[哪那][天年])(?:要)?(?:关门|关张|倒闭)|(?<=什么时候)(?:关门|关张|倒闭)|(?<=为什么)(?:要)?(?:关门|关张|倒闭)",
            ("结束经营", "停业", "歇业", "解散", "关停"),
        ),
        (r"(?<=多少)(?:个|名)?居民(?=[?]|$)", ("人口",)),
        (r"防腐败|反腐败?|防贪", ("廉政建设",)),
        (r"(?:上|听)课(?!时)", ("接受教育", "培训")),
        (r"(?<!没)(?:修|建|干|完|竣)[完好工成](?![成期])", ("完成建设",)),
        (r"卖(?=(?:些|点)?什么)", ("供应",)),
        (
            r"(?<=[天日号月年])(?:正式)?开始(?=的?[?]|的?$)|(?:(?<=时候)|(?<=何时))(?:正式)?开始(?=的?[?]|的?$)",
            ("启动",),
        ),
        (r"利息(?=是?(?:多[高少]|几)|高不高|[?]|$)", ("年利率", "利率")),
        (r"砍(?:掉|去|了)?(?=多少|几|百分)", ("压减", "压缩", "削减", "核减")),
        (r"(?:领取?)(?:养老金|退休金)", ("领取待遇", "领取养老待遇", "领取养老金")),
        (r"旧?(?:沙发|床垫|衣柜|书柜|橱柜)", ("大件家具", "大件垃圾")),
        (r"钱(?=[要都]?(?:投|用|花|拨|打)[到在给向去]*(?:哪|什么))", ("资金",)),
        (r"看望", ("走访",)),
        (
            r"(?<!没)(?<!被)抓(?:了|到|走|获)*(?=(?:多少|几)[个名位]?(?:人|嫌疑|犯|违|司机|$|[?]))",
            ("行政拘留", "刑事拘留", "拘留", "抓获", "刑拘"),
        ),
        (r"(?:开车)?(?:最快|最高)(?:只)?(?:能|可以|准|让|许)?(?:开|跑)(?:到)?多(?:少|快)", ("限速多少",)),
        (r"丢(?:失)?了?(?=多少|几|什么)", ("被盗", "失窃", "被偷")),
        (r"([省市区县])医院", (r"\1人民医院",)),
        (
            r"听取?了?(?:谁|哪些(?:单位|部门|人))的?(?:工作)?汇报|由?(?:谁|哪些(?:单位|部门))[来做作]+的?汇报",
            ("听取了谁的情况",),
        ),
        (r"(?:(?<=谁)|(?<=公司|单位|企业|哪家))[来在]?(?:负责)?[修建盖造](?![完好成造设])", ("承建", "施工")),
        (r"(?:能|可以?)(?:有|收)?(?:报名?|参加)多少个?人", ("名额有多少个",)),
        (
            r"(?:要|会|将)?(?:被)?(?:调|提拔)[去到往]?(?:哪里|哪儿|哪个单位|什么(?:单位|岗位|职务))",
            ("拟任什么",),
        ),
        (r"对[^,?]{1,6}有(?:意见|看法)", ("反映问题",)),
        (r"讲(?:的是)?什么(?:题目|主题)", ("讲座讲什么",)),
        (r"的?(?:本名|真名|原名|大名|真实姓名)(?:叫|是)?(?:什么|谁)(?:名字)?", ("是谁",)),
        (r"(?<=谁)(?:最[先早]|首先|头一个)?发现", ("翻到", "翻出", "找到", "看中", "捡到", "拾到")),
        (r"卖不(?:动|出去|掉)", ("没人买", "滞销", "没有销路", "无人问津")),
        (r"第一([批届次期])", (r"首\1",)),
        (r"卖多少钱", ("价格是多少", "售价是多少")),
        (r"搞", ("开展", "创建")),
    )
)
_SPLIT = {
    "接受教育": "接受.{0,14}教育",
    "听取了谁的情况": "听取.{2,40}(?:情况|进展)",
    "名额有多少个": "名额",
    "拟任什么": "拟任",
    "反映问题": "反映",
    "讲座讲什么": "讲座",
    "限速多少": "限速|时速",
    "是谁": "",
    "价格是多少": "价格",
    "售价是多少": "售价",
}
"""Words that an article may write apart, or of which it need have but one."""
_SUED_FOR = re.compile(rf"告(?![诉知别])(?P<whom>[{HAN}a-z0-9]{{1,12}}?)要(?=多少|几[{HAN}])")
_COUNTED_ALL = re.compile(
    rf"^(?P<what>[{HAN}]{{3,10}}?)(?<![一总拢])(?:一共|总共|拢共|(?<![一总拢])共)有?(?=(?:多少|几)[{HAN}]{{1,3}}[?]*$)"
)
_SEVERAL = re.compile("[两二三四五六七八九十几各每和与跟及]")
_NUMERALS = "一二三四五六七八九十"
_CLOCK = re.compile(
    rf"(?P<hour>\d{{1,2}}|十?[{_NUMERALS}两]|二十[一二三]?)点(?:钟|整|(?P<half>半)|(?P<minute>\d{{1,2}}|[零{_NUMERALS}]{{1,3}})分?)?(?![{HAN}]?[要建意])"
)
_LAST = re.compile(r"最后(?:的?那)?一(?P<kind>[批期轮场组])")
_NUMBERED = re.compile(rf"第(?P<n>[{_NUMERALS}])(?P<kind>[批期轮场组])")
_AMOUNT = re.compile(rf"(?<![\d.到至第—~～-])(?P<n>\d+(?:\.\d+)?)(?:周)?(?P<unit>[{HAN}])(?![至到以])")
_ROW = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?)(?:周?[{HAN}]{{1,2}})?(?:[(（]?含[)）]?)?(?:(?:[至到—~～-]|以上(?:至|、)?)(?P<high>\d+(?:\.\d+)?)(?:周)?(?P<unit>[{HAN}])(?:以[下内])?"
    rf"|(?P<above>以上))"
)
_ADDRESSED = re.compile(
    rf"(?P<surname>{SURNAME})(?:大爷|大妈|大叔|大娘|大嫂|大哥|大姐|阿姨|爷爷|奶奶|叔叔|老人|老汉|老师|老太太?|师傅|医生|大夫|先生|女士|同志|{OFFICES}|支书|教授)"
)
"""Somebody by surname and a title (吕大爷)."""
_BRACKETED = re.compile(rf"(?P<name>[{HAN}A-Za-z0-9]{{2,16}})[(（](?P<alias>[{HAN}A-Za-z0-9]{{2,8}})[)）]")
_LEADS = re.compile(r".*(?:的|在|将|把|对|和|与|及|为|位于|其中)")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A question in an article's words."""

    text: str
    words: str
    """A pattern of what a sentence that answers it holds; may be empty."""
    notice: str
    """What was assumed, for the reader."""


def paraphrases(
    question: str, texts: Sequence[str], lexicon: Lexicon, synonyms: Synonyms, segmenter: Segmenter
) -> list[Paraphrase]:
    """Return how the articles that were read would ask a question, the likeliest first.

    Args:
        question: standalone.
        texts: the folded bodies of the articles.
        lexicon: of the corpus.
        synonyms: everyday and official words.
        segmenter: of the corpus.
    """
    asked = fold(question).replace("啥", "什么")
    found: dict[str, Paraphrase] = {}
    for ways in (
        _in_a_row(asked, texts),
        _under_its_name(asked, texts),
        _by_full_name(asked, texts, segmenter),
        _as_the_old_one(asked, texts, segmenter),
        _numbered(asked, texts),
        _at_the_clock(asked, lexicon),
        _in_official_words(asked, texts),
        _with_a_synonym(asked, texts, synonyms, segmenter),
        _without_adverbs(asked),
    ):
        for one in ways:
            found.setdefault(one.text, one)
    found.pop(asked, None)
    return list(found.values())[:_MOST]


def _put(question: str, typed: str, meant: str, words: str | None = None) -> Paraphrase:
    text = question.replace(typed, meant, 1)
    return Paraphrase(text, re.escape(meant) if words is None else words, f"“{typed}”按“{meant}”查找。")


def _in_official_words(question: str, texts: Sequence[str]) -> Iterator[Paraphrase]:
    for everyday, official in _EVERYDAY:
        match = everyday.search(question)
        if match is None:
            continue
        for meant in official:
            word = match.expand(meant)
            pattern = _SPLIT.get(word, re.escape(word))
            if any(re.search(pattern, text) for text in texts):
                text = question[: match.start()] + word + question[match.end() :]
                yield Paraphrase(text, pattern, f"“{match.group()}”按“{word}”查找。")
    if sued := _SUED_FOR.search(question):
        yield _put(question, sued.group(), f"起诉{sued['whom']}索赔", "索赔")


def _with_a_synonym(
    question: str, texts: Sequence[str], synonyms: Synonyms, segmenter: Segmenter
) -> Iterator[Paraphrase]:
    edges = {at for _, _, at in segmenter.tagged(question)} | {len(question)}
    for word in synonyms.words:
        at = question.find(word)
        if at >= 0 and len(word) > 1 and {at, at + len(word)} <= edges:
            for other in synonyms.of(word):
                known = any(other in text and word not in text for text in texts)
                if len(other) > 1 and other not in question and known:
                    yield _put(question, word, other)


def _by_full_name(question: str, texts: Sequence[str], segmenter: Segmenter) -> Iterator[Paraphrase]:
    """Yield 「吕德厚」 for 「吕大爷」, where an article names one person of that surname and nobody so."""
    addressed = _ADDRESSED.search(question)
    for text in texts if addressed else ():
        if addressed is None or addressed.group() in text:
            continue
        named = people(text, segmenter)
        # What the tagger takes for no name may be one: nothing else may begin like it.
        begun = {at for word, _, at in segmenter.tagged(text) if word.startswith(addressed["surname"])}
        told = {name for name, at in named if at in begun}
        if len(told) == 1 and begun <= {at for _, at in named}:
            yield _put(question, addressed.group(), told.pop(), "")  # a later sentence may say 他


def _as_the_old_one(question: str, texts: Sequence[str], segmenter: Segmenter) -> Iterator[Paraphrase]:
    """Yield 「老人」 for 「吕德厚」, where an article begins with him, aged, and goes on about 老人."""
    for name in {name for name, _ in people(question, segmenter)}:
        aged = re.compile(rf"[6-9]\d岁的?[{HAN}]{{0,6}}{name}|{name}[^。]{{0,6}}[6-9]\d岁")
        for text in texts:
            if aged.search(text[:_LEAD_CHARS]) and min(text.count(name), text.count("老人")) >= _AGAIN:
                yield _put(question, name, "老人", "(?<![的位名])老人")


_LEAD_CHARS = 200
_AGAIN = 3


def _without_adverbs(question: str) -> Iterator[Paraphrase]:
    """Yield 「研发中心有几个」 for 「研发中心一共几个」, of one thing: several are added up elsewhere."""
    match = _COUNTED_ALL.search(question)
    if match and not _SEVERAL.search(match["what"]):
        yield Paraphrase(question[: match.end("what")] + "有" + question[match.end() :], "", "")


def _at_the_clock(question: str, lexicon: Lexicon) -> Iterator[Paraphrase]:
    """Yield 「8时30分」 for 「八点半」, where the corpus writes it so."""
    match = _CLOCK.search(question)
    if match is None:
        return
    hour, minute = (
        below_hundred(match["hour"]),
        30 if match["half"] else below_hundred(match["minute"] or "0"),
    )
    for written in (f"{hour}时{minute:02}分", f"{hour}:{minute:02}", f"{hour}时{'' if minute else '整'}"):
        if lexicon.has(written):
            yield _put(question, match.group(), written)
    if not minute and re.search(rf"(?<!\d){hour}时(?!\d)", lexicon.corpus):
        yield _put(question, match.group(), f"{hour}时")


def _numbered(question: str, texts: Sequence[str]) -> Iterator[Paraphrase]:
    """Yield 「第三批」 for 「最后一批」 where an article tells of a first, second, third and no more."""
    last = _LAST.search(question)
    for text in texts if last else ():
        told = {m["n"] for m in _NUMBERED.finditer(text) if last and m["kind"] == last["kind"]}
        count = len(told)
        if last and count > 1 and told == set(_NUMERALS[:count]):
            yield _put(question, last.group(), f"第{_NUMERALS[count - 1]}{last['kind']}")


def _in_a_row(question: str, texts: Sequence[str]) -> Iterator[Paraphrase]:
    for text in texts:
        yield from (_put(question, typed, row) for typed, row in rows_of(question, text))


def rows_of(question: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield each amount of a question with the row of a text that holds it, and itself is not there.

    >>> list(rows_of("75岁收多少", "60到69岁收10元,70到79岁收8元,80岁以上收6元"))
    [('75岁', '70到79岁')]
    >>> list(rows_of("250亩补多少", "50亩以上200亩以下的补30元;200亩以上的补45元"))
    [('250亩', '200亩以上')]
    """
    for asked in _AMOUNT.finditer(question):
        value, unit = float(asked["n"]), asked["unit"]
        rows = []
        for row in _ROW.finditer(text) if asked.group() not in text else ():
            own = row["unit"] or re.sub(r"[\d.]|周|以上|[(（]?含[)）]?", "", row.group())
            low, high = float(row["low"]), float(row["high"] or "inf")
            if own == unit and low <= value <= high:
                rows.append((high == float("inf"), -low, row.group()))
        if rows:
            yield asked.group(), min(rows)[2]


def _under_its_name(question: str, texts: Sequence[str]) -> Iterator[Paraphrase]:
    """Yield 「老住院楼」 for 「2号楼」 where an article has 老住院楼(2号楼)."""
    for text in texts:
        for named in _BRACKETED.finditer(text):
            name = _LEADS.sub("", named["name"])
            alike = named["alias"][-1] == name[-1:]  # of a kind: no district, no 试行
            if alike and named["alias"] in question and 2 <= len(name) <= 10 and name not in question:
                yield _put(question, named["alias"], name)
