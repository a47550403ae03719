"""A refused question is asked again in the words of an article, where they mean the same beyond doubt."""

import datetime as dt

import pytest

from qa.answers.other_words import bears_out
from qa.index.lexicon import Lexicon
from qa.text import Segmenter, fold
from qa.types import Article, Evidence
from qa.understanding.paraphrases import Paraphrase, paraphrases
from qa.understanding.synonyms import read

SEGMENTER = Segmenter()
SYNONYMS, _ = read("高速铁路 高铁\n召开 举行")


def article(body: str) -> Article:
    return Article("1", "新闻", body, dt.date(2024, 5, 1), None, (), (), "a.txt", 1)


def asked(question: str, body: str) -> list[str]:
    lexicon = Lexicon([article(body)], SEGMENTER)
    return [p.text for p in paraphrases(question, [fold(body)], lexicon, SYNONYMS, SEGMENTER)]


@pytest.mark.parametrize(
    ("question", "body", "other"),
    [
        (
            "76岁的老人一餐收多少钱?",
            "60到69岁收9元,70到79岁收7元,80岁以上收5元。",
            "70到79岁的老人一餐收多少钱?",
        ),
        ("84岁的老人一餐收多少钱?", "70岁以上收7元,80岁以上收5元。", "80岁以上的老人一餐收多少钱?"),
        ("300亩的大户补多少?", "50亩以上200亩以下补30元;200亩以上补45元。", "200亩以上的大户补多少?"),
        ("3号楼以后做什么用?", "老门诊楼(3号楼)将改作库房。", "老门诊楼以后做什么用?"),
        ("最后一批什么时候公布?", "第一批6月公布,第二批7月公布。", "第二批什么时候公布?"),
        ("七点半发生了什么?", "7时30分,县里发布预警。", "7时30分发生了什么?"),
        ("县里一把手是谁?", "县委书记林岳主持会议。", "县委书记是谁?"),
        ("青石酒家哪天关门?", "青石酒家定于5月1日停业。", "青石酒家哪天停业?"),
        ("清河镇有多少居民?", "清河镇人口3.2万。", "清河镇有多少人口?"),
        ("邻县告这家小厂要多少钱?", "邻县起诉该厂,索赔30万元。", "邻县起诉这家小厂索赔多少钱?"),
        ("研究中心一共几个?", "有研究中心9个。", "研究中心有几个?"),
        ("高铁哪天通车?", "高速铁路5月通车。", "高速铁路哪天通车?"),
        ("惠农贷利息多高?", "惠农贷年利率3.5%。", "惠农贷年利率多高?"),
        ("招待费要砍多少?", "招待费压减一成。", "招待费要压减多少?"),
        ("征集活动哪天开始的?", "征集活动5月1日启动。", "征集活动哪天启动的?"),
        ("这次会听了谁的汇报?", "会议听取各乡镇推进情况。", "这次会听取了谁的情况?"),
        ("旧床垫怎么扔?", "大件垃圾须预约清运。", "大件垃圾怎么扔?"),
        ("哪家公司修滨河桥?", "滨河桥由路桥公司承建。", "哪家公司承建滨河桥?"),
        ("方副局长要调去哪里?", "方远拟任镇长。", "方副局长拟任什么?"),
        ("安栖县医院院长是谁?", "安栖县人民医院院长林岳介绍情况。", "安栖县人民医院院长是谁?"),
        ("店里丢了几瓶酒?", "店内被盗白酒20瓶。", "店里被盗几瓶酒?"),
        ("查赌抓了几个人?", "行动中行政拘留6人。", "查赌行政拘留几个人?"),
        ("环湖路最快能开多少?", "环湖路限速50公里每小时。", "环湖路限速多少?"),
        ("方大爷修车收钱吗?", "退休工人方远摆摊修车,方远分文不取。", "方远修车收钱吗?"),
        ("豆腐嫂的本名叫什么?", "方秀兰开豆腐坊,大家喊她“豆腐嫂”。", "豆腐嫂是谁?"),
        ("旧军装是谁发现的?", "孙女整理柜子,翻到了旧军装。", "旧军装是谁翻到的?"),
        ("竹篮为什么卖不动了?", "塑料筐多了,竹篮没人买。", "竹篮为什么没人买了?"),
        ("第一批名录有几个村?", "首批名录有9个村。", "首批名录有几个村?"),
        (
            "方远和谁住一起?",
            "86岁的老兵方远每天扫街。方远话少,方远不提旧事。老人耳背,老人和孙女同住,老人爱听广播。",
            "老人和谁住一起?",
        ),
    ],
)
def test_an_articles_own_words(question: str, body: str, other: str) -> None:
    assert other in asked(question, body)


def test_nobody_is_the_old_one_whom_an_article_does_not_begin_with() -> None:
    body = "方远是村医。方远上门看诊,方远不收钱。老人行动不便,老人都夸他,老人放心。"
    assert "老人和谁住一起?" not in asked("方远和谁住一起?", body)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("76岁的老人一餐收多少钱?", "60到69岁收9元。"),
        ("70岁的老人一餐收多少钱?", "70岁收8元,60到79岁收9元。"),
        ("60到69岁的老人有多少?", "60岁以上老人有三千名。"),
        ("最后一批什么时候公布?", "第一批6月公布,第三批8月公布。"),
        ("试行期多久?", "共享停车管理办法(试行)出台。"),
        ("清河区种什么?", "老金先生(清河区)种茶。"),
        ("两家中心一共几个?", "有研究中心9个。"),
        ("七点半发生了什么?", "8时30分,县里发布预警。"),
        ("会议哪天举行?", "会议召开后又举行论坛。"),
        ("校史馆几点关门?", "铁厂停业。"),
        ("门诊几点开始看病?", "征集活动5月1日启动。"),
        ("贷款利息一共付了多少钱?", "年利率3.5%。"),
        ("方大爷修车收钱吗?", "方远摆摊修车,邻居方志明帮忙。"),
        ("方大爷修车收钱吗?", "大家叫方远方大爷,他分文不取。"),
        ("这条路修好了吗?", "由路桥公司承建。"),
        ("今年抓了几个项目?", "行动中行政拘留6人。"),
    ],
)
def test_what_does_not_mean_the_same(question: str, body: str) -> None:
    assert asked(question, body) == []


def test_the_statement_must_be_of_what_is_asked_about() -> None:
    body = "加快受损房屋重建;柳湾水库明年汛期前完成建设任务。"
    source, at = article(body), body.index("明年")
    found = Evidence(source, 0, len(body), at, at + len("明年汛期前"), 1.0)
    other = Paraphrase("", "完成建设", "")
    assert bears_out(other, "柳湾水库哪天完工?", found, SEGMENTER)
    assert not bears_out(other, "受损房屋哪天完工?", found, SEGMENTER)
