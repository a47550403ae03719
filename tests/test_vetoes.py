"""What rules a sentence out: each kind of rule by examples, and over the statements of one sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.reading.acts import is_after_the_act, names_the_act, tells_hours_only
from qa.reading.bodies import counts_other_people, tells_of_another_body
from qa.reading.causes import may_be_the_cause
from qa.reading.constraints import is_counted_elsewhere, names_the_office, only_counts
from qa.reading.extremes import names_the_extreme
from qa.reading.siblings import of_another_age, stands_by_another, tells_of_another
from qa.reading.speakers import addresses_another, another_speaks, tells_no_words
from qa.reading.stages import has_left, is_done_already, is_only_planned, is_only_sought
from qa.reading.vetoes import Claim, is_ruled_out, stands_elsewhere
from qa.reading.year_parts import is_of_another_day, is_of_its_own_year
from qa.understanding.everyday import official
from qa.understanding.kinds import holds_the_kind
from qa.understanding.properties import is_given_not_spent, names_the_property
from qa.understanding.questions import analyse
from qa.understanding.short_kinds import is_the_kind


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("西环路哪天干完?", "完工"),
        ("头半年修了几条路?", "上半年"),
        ("头三个月进了多少货?", "一季度"),
        ("贷款顶多能贷几万?", "最高"),
        ("展馆星期几不开门?", "闭馆"),
    ],
)
def test_everyday_wordings_in_official_words(question: str, words: str) -> None:
    assert words in official(question)


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("食堂成本多少?", "老人每餐交3元。", False),
        ("上半年挣了多少利润?", "上半年营业收入8700万元。", False),
        ("上半年利润有多少?", "上半年扭亏为盈,净赚600万元。", True),
        ("厂房面积多大?", "厂房投资2.1亿元。", False),
        ("厂房面积多大?", "厂房占地40亩。", True),
        ("有多少研究生?", "选派干部48名。", False),
        ("利率是多少?", "贷款最高20万元。", False),
        ("夏令营收了多少孩子?", "组织了160多名孩子。", True),
        ("利润怎么分?", "社员按股分配。", True),
        ("去哪个窗口申报补贴?", "到8号窗口办理。", True),
        ("公司去年的利润", "公司去年营业收入27亿元。", False),
        ("利润增长几成?", "产值增长6%。", False),
        ("利润比去年多了多少?", "游客比去年增长9%。", False),
        ("学费多少?", "学校总投资2亿元。", False),
        ("住一晚多少钱?", "老人每月补贴300元。", False),
        ("全县GDP多少?", "工业总产值480亿元。", False),
    ],
)
def test_property(question: str, sentence: str, named: bool) -> None:
    assert names_the_property(question, analyse(question).form, sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("公寓哪天开工的?", "明年6月底前建成公寓1260套。", False),
        ("公寓哪天开工的?", "公寓去年3月破土。", True),
        ("结果哪天公布?", "申报时间为9月1日至20日。", False),
        ("他受了什么处分?", "他牵头建的冷库闲置一年多。", False),
        ("他受了什么处分?", "他被诫勉谈话。", True),
        ("有多少人报名?", "选派干部48名。", True),
        ("几个人报名?", "会议通报48个问题。", False),
        ("什么时候散的?", "截至去年底,已有61个村达标。", False),
        ("博物馆哪天不开门?", "博物馆7月1日正式亮相。", False),
        ("博物馆哪天不开门?", "博物馆每周一闭馆。", True),
    ],
)
def test_act(question: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, analyse(question).form, sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "may"),
    [
        ("学校为什么设在科创园?", "学校在科创园举行揭牌仪式。", False),
        ("学校为什么设在科创园?", "学校设在科创园,离企业近,方便合作。", True),
        ("为什么要拆老桥?", "桥面限载5吨。", True),
        ("老周为什么辞职?", "老周说,之所以分两批栽树,是为了错开雨天。", False),
        ("为什么分两批栽树?", "老周说,之所以分两批栽树,是为了错开雨天。", True),
        ("为什么这样做?", "之所以分两批栽树,是为了错开雨天。", True),
        ("学校设在哪里?", "学校在科创园举行揭牌仪式。", True),
    ],
)
def test_cause(question: str, sentence: str, may: bool) -> None:
    assert may_be_the_cause(question, analyse(question).form, sentence) is may


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("捐得最多的是哪家公司?", "捐款由慈善总会接收。", False),
        ("捐得最多的是哪家公司?", "甲公司捐100万元,乙公司捐30万元。", True),
        ("票价最高多少?", "票价80元。", False),
        ("票价最高多少?", "票价20元至80元。", True),
        ("亚洲最大的船闸在哪里?", "船闸位于淮安。", True),
        ("最高法院哪个庭审的?", "第二庭审理了此案。", True),
    ],
)
def test_extreme(question: str, sentence: str, named: bool) -> None:
    assert names_the_extreme(question, analyse(question).form, sentence) is named


def test_another_ones_words() -> None:
    article = (
        "县委书记计维舟出席。组织部部长娄青岚对干部提出三点要求:沉得下。她强调,要吃苦。计维舟说,要用心。"
    )
    other, she, own = "组织部部长娄青岚对干部提出三点要求:沉得下。", "她强调,要吃苦。", "计维舟说,要用心。"
    asked = "计维舟对干部提了哪些要求?"
    assert another_speaks(asked, other, [], article)
    assert another_speaks(asked, she, [other], article)
    assert not another_speaks(asked, she, ["计维舟出席会议。"], article)
    assert not another_speaks(asked, own, [], article)
    assert not another_speaks("对干部提了哪些要求?", other, [], article)
    assert not another_speaks("申屠舟对干部提了哪些要求?", other, [], article)


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("计维舟对区财政局有什么要求?", True),
        ("计维舟要求各医院做什么?", True),
        ("计维舟对区住建局提了什么要求?", False),
        ("计维舟叫教育局做好什么?", False),
        ("计维舟要求公安局做什么?", False),
        ("计维舟对干部提了什么要求?", False),
        ("计维舟对各镇有什么要求?", False),
        ("计维舟对住建局和区财政局有什么要求?", False),
        ("计维舟对区财政局和审计局有什么要求?", True),
    ],
)
def test_whom_demands_are_made_on(question: str, another: bool) -> None:
    told = (
        "计维舟要求,区住房和城乡建设局要抓紧普查,区教育体育局要修好供暖,公安机关要快侦快破,东滩镇要备足沙袋。"
    )
    assert addresses_another(question, told, []) is another


def test_demands_go_on_from_the_sentence_that_says_on_whom() -> None:
    asked, named = "计维舟对区财政局有什么要求?", "计维舟要求区财政局用好资金。"
    assert not addresses_another(asked, "要每月公示一次。", [named])
    assert addresses_another(asked, "区审计局要每月抽查一次。", [named])
    assert addresses_another(asked, "要每月公示一次。", ["计维舟主持会议。"])


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("清湖行动的目标是什么?", "县水利局将开展清湖行动,对药店进行检查。", False),
        ("清湖行动要达到什么目标?", "清湖行动力争年底前取缔网箱。", True),
        ("清湖行动目标有哪些?", "破案率达到75%以上。", True),
        ("清湖行动做什么?", "清湖行动对渡口进行检查。", True),
    ],
)
def test_a_target_is_named(question: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, analyse(question).form, sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "planned"),
    [
        ("目前招了多少名?", "今年将招募600名。", True),
        ("目前招了多少名?", "今年将招募600名,已到岗212名。", False),
        ("放出去多少贷款?", "单户最高20万元。", True),
        ("单户最高能贷多少?", "单户最高20万元。", False),
        ("医院现有多少床位?", "新楼计划年底开工,拟设床位90张。", True),
        ("医院现有多少床位?", "医院有床位260张,新楼拟设床位90张。", False),
        ("已有多少家装了报警器?", "行动为期一年,目标是全部装上报警器。", True),
        ("上半年引回了多少人?", "今年的任务是引回800人。", True),
        ("上半年引回了多少人?", "上半年引回210人,今年的任务是800人。", False),
    ],
)
def test_only_planned(question: str, sentence: str, planned: bool) -> None:
    assert is_only_planned(question, "number", sentence) is planned


@pytest.mark.parametrize(
    ("question", "sentence", "sought"),
    [
        ("护士招到多少人?", "医院计划招聘护士90名。", True),
        ("护士招到多少人?", "医院计划招聘护士90名,到岗84名。", False),
        ("护士要招多少人?", "医院计划招聘护士90名。", False),
    ],
)
def test_only_sought(question: str, sentence: str, sought: bool) -> None:
    assert is_only_sought(question, sentence) is sought


@pytest.mark.parametrize(
    ("question", "sentence", "short", "after"),
    [
        ("南桥哪天通车?", "南桥通车后,8路车5月6日起改走南桥。", "5月6日", True),
        ("南桥哪天通车?", "南桥5月1日通车,通车后8路车改走南桥。", "5月1日", False),
        ("南桥哪天通车?", "南桥5月1日通车后,8路车改走南桥。", "5月1日", False),
        ("南桥通车后8路车哪天改道?", "南桥通车后,8路车5月6日起改走南桥。", "5月6日", False),
    ],
)
def test_after_the_act(question: str, sentence: str, short: str, after: bool) -> None:
    at = sentence.index(short)
    assert is_after_the_act(question, "date", sentence, (at, at + len(short))) is after


def test_the_year_of_the_article() -> None:
    day = dt.date(2020, 5, 6)
    assert is_of_its_own_year("2019年种了多少棵树?", "今年计划种树500棵。", day)
    assert not is_of_its_own_year("2019年种了多少棵树?", "2019年种树情况\n全县种树500棵。", day)
    assert not is_of_its_own_year("2019年种了多少棵树?", "全县种树500棵。", dt.date(2020, 1, 6))
    assert not is_of_its_own_year("2020年种了多少棵树?", "全县种树500棵。", day)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("一期修了多少公里?", "二期总投资2亿元,修渠41公里。"),
        ("二期哪天动工?", "项目分两期建设,一期10月动工,全部建成后年产值45亿元。"),
        ("三年以后租金怎么算?", "前三年免收租金。"),
        ("考核垫底的是哪个镇?", "三个镇列前三位。"),
        ("老馆以后做什么?", "新馆7月1日开放。"),
        ("到位外资多少?", "到位内资83.5亿元。"),
        ("试用期内一个月发多少钱?", "试用期满后月工资5200元。"),
        ("第四名奖多少?", "冠军奖2000元,亚军奖1000元。"),
        ("四类区域怎么收?", "一类区域每小时5元。"),
    ],
)
def test_more_siblings(question: str, sentence: str) -> None:
    assert tells_of_another(question, sentence, "题\n一期已经完工。" if "一期" in question else "")


@pytest.mark.parametrize(
    ("question", "sentence", "short", "elsewhere"),
    [
        ("闭幕式在哪里?", "6月20日在公园开幕,7月20日闭幕。", "公园", True),
        ("开幕式在哪里?", "6月20日在公园开幕,7月20日闭幕。", "公园", False),
        ("连接线哪天通车?", "变电站9月投用;连接线本月底拿出方案。", "本月底", True),
        ("集中投产多少个?", "一季度集中开工31个,投产12个。", "31个", True),
        ("集中投产多少个?", "一季度集中开工31个,投产12个。", "12个", False),
        ("全年工业增加值增长多少?", "预计全年产值720亿元,前三季度工业增加值增长8.4%。", "8.4%", True),
        ("起降点设在哪里?", "起降点将于明年4月启用。", "明年4月", True),
        ("比2021年少了多少?", "2022年为0.78,比2021年减少0.03。", "0.03", False),
    ],
)
def test_short_answer_of_another_statement(question: str, sentence: str, short: str, elsewhere: bool) -> None:
    at = sentence.index(short)
    claim = Claim(question, analyse(question).form, sentence, short=(at, at + len(short)))
    assert stands_elsewhere(claim) is elsewhere
    assert is_ruled_out(claim) is elsewhere


def test_without_a_short_answer_no_statement_is_chosen() -> None:
    assert not stands_elsewhere(Claim("闭幕式在哪里?", "place", "6月20日在公园开幕,7月20日闭幕。"))
    assert not stands_by_another("闭幕式在哪里?", "7月20日在公园闭幕")


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("72岁的老人午饭多少钱?", "60至69岁12元", True),
        ("72岁的老人午饭多少钱?", "70至79岁8元", False),
        ("十二岁的孩子要票吗?", "14周岁以下免票", False),
        ("六十岁能领多少?", "年满65周岁每月领200元", True),
        ("60岁以上的有多少人?", "其中80岁以上的120人", False),
        ("老人午饭多少钱?", "60至69岁12元", False),
        ("百岁老人每月领多少?", "80至99岁100元", True),
        ("百岁老人每月领多少?", "100周岁以上300元", False),
    ],
)
def test_of_another_age(question: str, text: str, another: bool) -> None:
    assert of_another_age(question, text) is another


BOTH = (
    "县人民医院与县康复医院结对。县农业局、县水利局到会。兰溪村和竹山村都种茶。丰谷粮油合作社社员90户。"
    "长虹加油站开业。听溪雅苑交房。听溪花园换水管。龙津桥早已不在。"
    "其次是乙光电子的模组项目和甲能公司的电池项目。代表团赴甲州推介。"
)


@pytest.mark.parametrize(
    ("question", "sentence", "short", "another"),
    [
        ("县康复医院有多少床位?", "县人民医院有床位300张。", "300张", True),
        ("县人民医院有多少床位?", "县人民医院有床位300张。", "300张", False),
        ("竹山村收了多少茶?", "兰溪村收茶3吨,卖了20万元。", "3吨", True),
        ("竹山村收了多少茶?", "兰溪村种稻;竹山村收茶3吨。", "3吨", False),
        ("竹山村收了多少茶?", "兰溪村、竹山村收茶3吨。", "3吨", False),
        ("竹山村收了多少茶?", "全村收茶3吨。", "3吨", False),
        # one that the article has nothing of, not even its name's characters
        ("松岭村收了多少茶?", "兰溪村收茶3吨。", "3吨", True),
        ("这批村收了多少茶?", "兰溪村收茶3吨。", "3吨", False),
        # with a body asked for
        ("除了竹山村还有哪个村种茶?", "兰溪村种茶300亩。", "兰溪村", False),
        # its whole name
        ("丰谷合作社有多少户社员?", "丰谷粮油合作社有社员90户。", "90户", False),
        ("长虹加油站被罚多少?", "东风加油站被罚10万元。", "10万元", True),
        ("全县加油站被罚多少?", "东风加油站被罚10万元。", "10万元", False),
        # names that differ in a character or two
        ("听溪雅苑有多少户?", "听溪花园有住户300户。", "300户", True),
        ("听溪花园有多少户?", "听溪花园有住户300户。", "300户", False),
        ("龙津桥修缮花了多少?", "龙门桥修缮花费90万元。", "90万元", True),
        # of a project by its owner, of a place by itself
        ("乙光电子的项目哪年投产?", "甲能公司的电池项目2025年投产。", "2025年", True),
        ("甲能公司的项目哪年投产?", "甲能公司的电池项目2025年投产。", "2025年", False),
        ("代表团在甲州签了几个合同?", "今年全县签下合同41个。", "41个", True),
        ("代表团签了几个合同?", "今年全县签下合同41个。", "41个", False),
        ("龙津桥是哪家公司修的?", "龙门桥由路桥公司修建。", "路桥公司", True),
        ("龙津桥是谁家修的?", "龙门桥是1978年修的。", "龙门桥", True),
        ("龙津桥是哪家公司修的?", "龙津桥由路桥公司修建。", "路桥公司", False),
        # by whom one of two is built
        ("龙津桥是哪家公司在建?", "龙门桥由二建公司承建。", "二建公司", True),
        ("龙门桥是哪家公司在建?", "龙门桥由二建公司承建。", "二建公司", False),
    ],
)
def test_another_body_of_the_kind(question: str, sentence: str, short: str, another: bool) -> None:
    at = sentence.index(short)
    article = f"{BOTH}{sentence}"
    form = analyse(question).form
    assert tells_of_another_body(question, form, sentence, article, (at, at + len(short))) is another
    claim = Claim(question, form, sentence, article=article, short=(at, at + len(short)))
    assert is_ruled_out(claim) is another


@pytest.mark.parametrize(
    ("question", "sentence", "planned"),
    [
        ("投产后实际产值多少?", "项目达产后预计年产值8亿元。", True),
        ("产业基金实际募了多少钱?", "基金首期拟募集5亿元。", True),
        ("产业基金实际募了多少钱?", "基金计划募集5亿元,目前到账2亿元。", False),
        ("项目年产值多少?", "项目达产后预计年产值8亿元。", False),
        ("实际上要投多少钱?", "计划投资8亿元。", False),
    ],
)
def test_what_was_reached_in_fact(question: str, sentence: str, planned: bool) -> None:
    assert is_only_planned(question, "number", sentence) is planned


@pytest.mark.parametrize(
    ("question", "sentence", "silent"),
    [
        ("计维舟在会上说了什么?", "计维舟出席会议,娄青岚主持会议。", True),
        ("娄青岚提了哪些要求?", "会议由县长主持,娄青岚作工作部署。", True),
        ("区水利局介绍了什么经验?", "区水利局、东滩镇作了交流发言。", True),
        ("计维舟在会上说了什么?", "计维舟主持会议并强调,责任要落实到人。", False),
        ("计维舟在会上说了什么?", "要抓紧普查,修好堤坝。", False),
        ("计维舟在会上讲了什么?", "计维舟宣讲全会精神,娄青岚主持会议。", True),
        ("计维舟在会上讲了什么?", "计维舟解读新政策,娄青岚主持会议。", False),
        ("谁主持会议?", "会议由县长主持。", False),
    ],
)
def test_who_took_part_is_not_what_was_said(question: str, sentence: str, silent: bool) -> None:
    assert tells_no_words(question, sentence) is silent


@pytest.mark.parametrize(
    ("question", "sentence", "merely"),
    [
        ("没通水的是哪两个村庄?", "镇里还有两个村庄没通水。", True),
        ("没通水的是哪两个村庄?", "上湾、下湾两个村庄没通水。", False),
        ("没通水的是哪两个村庄?", "镇里还有两个村庄没通水:上湾和下湾。", False),
        ("没通水的是哪两个村庄?", "没通水的还有两个村庄。", False),
        ("没通水的是哪几个村庄?", "镇里还有两个村庄没通水。", False),
        ("会上提的任务是哪三个?", "会议提出了“三个重点任务”,指明了方向。", True),
        ("会上提的任务是哪三个?", "会议提出了植树、修渠、铺路“三个重点任务”。", False),
    ],
)
def test_a_count_names_nobody(question: str, sentence: str, merely: bool) -> None:
    assert only_counts(question, analyse(question).form, sentence) is merely


def test_what_is_only_counted_is_not_told_by_a_list_of_other_things() -> None:
    question, count = "会上提的任务是哪三个?", "会议提出了“三个重点任务”,指明了方向。"
    for other, elsewhere in (("要兼顾学习与工作、生活。", True), ("一是植树,二是修渠。", False)):
        assert is_counted_elsewhere(question, "list", other, count + other) is elsewhere


@pytest.mark.parametrize(
    ("question", "short", "elsewhere"),
    [
        ("派到防汛指挥部的有多少人?", "20名", True),
        ("派到防汛指挥部的有多少人?", "40名", False),
        ("到乡村学校的有多少人?", "40名", True),
        ("选派了多少名教师?", "20名", False),
    ],
)
def test_of_two_like_counts_that_of_the_clause_asked_about(
    question: str, short: str, elsewhere: bool
) -> None:
    told = "抽调40名青年教师支援防汛指挥部,选派20名青年教师到乡村学校。"
    at = told.index(short)
    claim = Claim(question, "number", told, short=(at, at + len(short)))
    assert stands_elsewhere(claim) is elsewhere


@pytest.mark.parametrize(
    ("question", "named"), [("院长是林苇吗?", False), ("区长是林苇吗?", True), ("林苇到会了吗?", True)]
)
def test_who_holds_an_office_is_told_with_the_office(question: str, named: bool) -> None:
    assert names_the_office(question, "yesno", "区长林苇表示,研究院落户是件大事。") is named


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("河道保洁归谁管?", "县长察看河道保洁,强调久久为功。", False),
        ("河道保洁归谁管?", "河道保洁由县水利局负责。", True),
        ("产业园归谁管?", "这标志着产业园引进的第一家机构正式运营。", False),
        ("产业园归谁管?", "产业园相关负责人介绍,园区发展很快。", False),
        ("行动谁牵头?", "县林业局牵头开展行动。", True),
        ("谁负责运料?", "村民老陶运料。", True),
        ("火灾是谁报的警?", "李某烧秸秆引燃荒坡。", False),
        ("火灾是谁报的警?", "邻居发现浓烟后报警。", True),
    ],
)
def test_who_is_in_charge_is_told(question: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, analyse(question).form, sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "given"),
    [
        ("一场讲座花了多少钱?", "讲座9时30分开始。", False),
        ("一场讲座花了多少钱?", "讲座只收5分钱。", True),
        ("遛狗不牵绳罚款多少?", "成年犬肩高不得超过50厘米。", False),
        ("门票打几折?", "夜场票价20元。", False),
        ("地下能停多少辆车?", "有停车位300个。", True),
        ("一天过多少辆车?", "大桥有窗口300个。", False),
    ],
)
def test_more_kinds(question: str, sentence: str, given: bool) -> None:
    assert holds_the_kind(question, analyse(question).form, sentence) is given


def test_places_for_cars_are_as_many_cars() -> None:
    assert is_the_kind("地下能停多少辆车?", "number", "有车位300个,其中地下180个。", "180个")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("周六能去大厅办证吗?", "大厅周一至周五开放,周末不办公。"),
        ("周六食堂开吗?", "食堂每天供应三餐,周一歇业。"),
        ("陪县长检查的都有谁?", "副县长计维舟陪同。"),
    ],
)
def test_no_siblings(question: str, sentence: str) -> None:
    assert not tells_of_another(question, sentence)
    assert not stands_by_another(question, sentence)


def test_a_subsidy_may_have_places() -> None:
    assert names_the_property("护理补贴一共多少户名额?", "number", "今年名额为900户。")
    assert not names_the_property("护理补贴一共多少?", "number", "今年名额为900户。")


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("投资5亿元以上的项目有几个?", "其中投资10亿元以上的6个。", True),
        ("投资10亿元以上的项目有几个?", "其中投资10亿元以上的6个。", False),
        ("晚餐有补贴吗?", "老人午餐每餐补贴3元。", True),
        ("今年全区装多少部电梯?", "全街道累计装电梯19部。", True),
        ("谁拍走了猪亚军?", "“猪状元”被一家酒店拍走。", True),
    ],
)
def test_another_bound_meal_scope_or_rank(question: str, sentence: str, another: bool) -> None:
    assert tells_of_another(question, sentence) is another


@pytest.mark.parametrize(
    ("question", "form", "sentence", "named"),
    [
        ("方案是谁宣读的?", "person", "街道代表作表态发言。", False),
        ("方案是谁宣读的?", "person", "林远领学会议精神。", True),
        ("钱是谁出的?", "person", "正确投放一次记2分。", False),
        ("钱是谁出的?", "person", "企业投了200万元。", True),
        ("谁赢了?", "person", "他将与林远进行一场比赛。", False),
        ("谁反对装电梯?", "person", "调解员林远上门协商。", False),
        ("谁反对装电梯?", "person", "林远怕挡光。", True),
        ("幼儿园什么时候封顶?", "date", "两园明年9月开园。", False),
        ("他哪年去世的?", "date", "木箱是他1951年买的。", False),
    ],
)
def test_deeds(question: str, form: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, form, sentence) is named


def test_a_meaning_is_not_told_by_what_is_done_to_a_term() -> None:
    told = "林远表示,会议揭示了“四个规律”,阐述了“五个问题”,意义重大。"
    assert is_ruled_out(Claim("“五个问题”是什么?", "what", told, article=told))
    told = "会议阐述了“五个问题”,即治水、治气、治土、治路、治城。"
    assert not is_ruled_out(Claim("“五个问题”是什么?", "what", told, article=told))


def test_words_of_one_whom_the_article_does_not_name() -> None:
    told = "区长林远表示,落户是一项重要举措。"
    assert another_speaks("陈江对研究院落户怎么评价?", told, [], told)
    assert not another_speaks("林远对研究院落户怎么评价?", told, [], told)


@pytest.mark.parametrize(
    ("question", "sentence", "context", "another"),
    [
        ("12月11日开了什么会?", "12月6日,区委召开防汛工作会议。", "", True),
        ("12月6号开了什么会?", "12月6日,区委召开防汛工作会议。", "", False),
        ("12月11日有哪些岗位?", "招聘从12月6日起持续一周。", "", False),
        ("12月11日来了多少人?", "12月6日报名的有50人。", "12月11日,比赛开幕。", False),
    ],
)
def test_another_day(question: str, sentence: str, context: str, another: bool) -> None:
    assert is_of_another_day(question, sentence, context) is another


@pytest.mark.parametrize(
    ("question", "form", "sentence", "short", "of_the_kind"),
    [
        ("绘本多少钱一本?", "number", "她卖掉14本绘本,得了52块钱。", "52块钱", False),
        ("绘本多少钱一本?", "number", "绘本一本5块钱。", "5块钱", True),
        ("水一方多少钱?", "number", "水库总投资3.2亿元。", "3.2亿元", False),
        ("南桥多长?", "number", "南桥维修,工期4个月。", "4个月", False),
        ("在煤矿干了多少年?", "number", "他1998年在矿上受伤。", "1998年", False),
        ("招几个班?", "number", "北小招6个班,南小招140人。", "140人", False),
        ("学的什么专业?", "what", "林远,硕士研究生,党员。", "硕士研究生", False),
        ("学的什么专业?", "what", "林远学的是土木工程。", "土木工程", True),
        ("在哪些村推广?", "list", "明年将在8个村推广。", "8个村", False),
    ],
)
def test_no_such_kind_of_short_answer(
    question: str, form: str, sentence: str, short: str, of_the_kind: bool
) -> None:
    assert is_the_kind(question, form, sentence, short) is of_the_kind


@pytest.mark.parametrize(
    ("question", "sentence", "short", "out"),
    [
        # another race, another kin, another kind of harm
        ("男子铅球冠军是谁?", "林远以10秒9获得男子100米冠军。", "林远", True),
        ("男子100米冠军是谁?", "林远以10秒9获得男子100米冠军。", "林远", False),
        ("林远的岳母判了几年?", "林远的妻子被判一年。", "一年", True),
        ("林远妻子做什么工作?", "焊工林远今年45岁。", "焊工", True),
        ("林远妻子做什么工作?", "林远的爱人是语文老师。", "语文老师", False),
        ("滑坡死了几个人?", "滑坡造成3人被困。", "3人", True),
        ("房子塌了多少间?", "全区房屋受损57间。", "57间", True),
        ("房屋受损多少间?", "全区房屋受损57间。", "57间", False),
        # what it was before it changed, at first or at the time
        ("工程哪天开工?", "开工时间由原定的11月提前到10月9日。", "11月", True),
        ("工程原定哪天开工?", "开工时间由原定的11月提前到10月9日。", "11月", False),
        ("村里现在多少人?", "最多时常住人口900人。", "900人", True),
        ("合作社刚成立时有几户?", "如今合作社有306户。", "306户", True),
        # whom a reporter has it from, ranks, countries, people of another kind
        ("桥是哪家公司在修?", "记者从公交公司获悉,桥在维修。", "公交公司", True),
        ("第二名得了多少票?", "中选机构得票231票。", "231票", True),
        ("在美国报警打什么电话?", "在韩国报警请拨112。", "112", True),
        ("老林有几个孩子?", "老林带出徒弟31人。", "31人", True),
        ("电子业利润增长几成?", "电子业产值82亿元,增长5.9%。", "5.9%", True),
        ("末班车几点?", "接驳车从6时30分开始发车。", "6时30分", True),
        ("末班车几点?", "末班车20时30分。", "20时30分", False),
        # kin that no word tells of, whoever the sentence is on; whom one lives with; a household
        ("林苇的妻子是谁?", "女子组冠军是柯小菲。", "柯小菲", True),
        ("林苇的妻子是谁?", "林苇和柯小菲是一对夫妻。", "柯小菲", False),
        ("林苇的女朋友是做什么的?", "柯小菲当时在镇里当文书。", "文书", True),
        ("开车的师傅叫什么?", "司机林苇把老人送到医院。", "林苇", False),
        ("队长的侄子叫什么?", "队长叫林苇,海城人。", "林苇", True),
        ("老林跟谁住?", "老林是海城柯家湾人。", "柯家湾", True),
        ("老林跟谁住?", "老林跟大女儿林苇住在一起。", "林苇", False),
        ("林苇身高多少?", "队里在海拔2300米的营地集训。", "2300米", True),
        ("林苇身高多少?", "林苇1米78,后卫。", "1米78", False),
        ("老林家有几口人?", "连里136人,撤下来19人。", "136人", True),
        ("老林家有几口人?", "老林四世同堂,一家17口。", "17口", False),
        ("英才基金的培训班办了几期?", "基金已举办8期培训班。", "8期", False),
        ("冠军基金的培训班办了几期?", "基金已举办8期培训班。", "8期", False),
    ],
)
def test_near_misses(question: str, sentence: str, short: str, out: bool) -> None:
    at = sentence.index(short)
    claim = Claim(question, analyse(question).form, sentence, article=sentence, short=(at, at + len(short)))
    assert is_ruled_out(claim) is out


@pytest.mark.parametrize(
    ("question", "sentence", "short", "kind"),
    [
        ("那人姓什么?", "他往楼下高空抛物。", "高空", False),
        ("那人姓什么?", "该男子姓刘。", "刘", True),
        ("他是哪里人?", "他死于海城一公寓。", "海城", False),
        ("他是哪里人?", "他出生于海城。", "海城", True),
        ("事发哪个景区?", "事发海城一景区。", "海城一景区", False),
        ("哪家企业产值最高?", "新能源产业产值最高。", "新能源产业", False),
        ("她丈夫是哪国人?", "丈夫布鲁斯经商。", "布鲁斯", False),
        ("她丈夫是哪国人?", "丈夫是美国人。", "美国人", True),
        ("冠军是哪国人?", "冠军被肯尼亚选手摘得。", "肯尼亚", True),
        ("火灾排了多少碳?", "排放量是往年的两倍以上。", "两倍以上", False),
        ("球衣是几号?", "7月25日他到队。", "7月25日", False),
        ("林苇和葛清谁官大?", "副县长林苇到会。", "副县长", False),
        ("林苇和葛清谁是副县长?", "副县长林苇到会。", "林苇", True),
        ("柿饼一斤卖多少钱?", "产柿饼110万斤,销售收入1980万元。", "1980万元", False),
        ("木梳一把多少钱?", "木梳每把卖68元。", "68元", True),
    ],
)
def test_kinds_of_short_answers(question: str, sentence: str, short: str, kind: bool) -> None:
    assert is_the_kind(question, analyse(question).form, sentence, short) is kind


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("水管漏了打什么电话报修?", "咨询电话6123456。", False),
        ("水管漏了打什么电话报修?", "24小时服务热线6123456。", True),
        ("举报打哪个电话?", "报名电话6123456。", False),
        ("举报打哪个电话?", "监督电话6123456。", True),
        ("举报打哪个电话?", "值守电话6123456。", True),
        ("报名打哪个电话?", "咨询电话6123456。", True),
        ("举报一次奖多少?", "一般线索奖200元。", True),
    ],
)
def test_what_a_telephone_is_for(question: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, analyse(question).form, sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "short", "hours"),
    [
        ("新馆什么时候建成?", "临时馆每天9时至17时开放。", "9时至17时", True),
        ("新馆哪天恢复开放?", "新馆6月1日9时恢复开放。", "6月1日9时", False),
        ("夜市什么时候开?", "夜市每天18时至23时营业。", "每天18时至23时", False),
    ],
)
def test_hours_are_no_day(question: str, sentence: str, short: str, hours: bool) -> None:
    at = sentence.index(short)
    assert tells_hours_only(question, "date", sentence, (at, at + len(short))) is hours


@pytest.mark.parametrize(
    ("question", "clause", "given"),
    [
        ("改一个厕所要花多少钱?", "每户奖励800元", True),
        ("改一个厕所成本多少?", "每户改造费用为2300元,补助800元", False),
        ("改一个厕所补多少钱?", "每户奖励800元", False),
    ],
)
def test_what_is_given_is_not_what_it_costs(question: str, clause: str, given: bool) -> None:
    assert is_given_not_spent(question, "number", clause) is given


def test_a_staff_is_not_those_of_it_who_are_counted_by_themselves() -> None:
    told = "去年学校招聘工作人员26名。"
    short = (told.index("26"), told.index("名") + 1)
    question = "去年招了几个保安?", "去年招了几名教师?"
    apart = f"今年招教师14名、厨师3名。{told}"
    assert counts_other_people(question[1], "number", told, short, apart)
    assert not counts_other_people(question[1], "number", told, short, told)
    assert not counts_other_people(question[0], "number", told, short, apart)


def test_the_last_time_is_not_what_is_fixed_for() -> None:
    told = "供电所定于9月3日8时起停电检修。"
    assert is_only_planned("上一次停电是哪天?", "date", told)
    assert not is_only_planned("停电是哪天?", "date", told)
    assert not is_only_planned("上次停电是哪天?", "date", "上次停电是7月2日,这次定于9月3日。")


def test_who_has_left_an_office_holds_it_no_more() -> None:
    told = "县水利局新任局长方远到会。原局长林秋已调任市水务中心主任。"
    assert has_left("水利局局长现在是谁?", "林秋", told)
    assert not has_left("水利局局长现在是谁?", "方远", told)
    assert not has_left("水利局局长是谁?", "林秋", told)


def _claim(question: str, sentence: str, short: str) -> Claim:
    at = sentence.index(short)
    return Claim(question, analyse(question).form, sentence, short=(at, at + len(short)))


@pytest.mark.parametrize(
    ("question", "sentence", "short", "ruled_out"),
    [
        ("丹河县一季度生产总值多少?", "一季度全市生产总值438亿元。", "438亿元", True),
        ("丹河县一季度生产总值多少?", "一季度全县生产总值71亿元。", "71亿元", False),
        ("西城区一季度生产总值多少?", "一季度,全市生产总值438亿元。", "438亿元", True),
        ("丹河县生产总值多少?", "青浦县生产总值84亿元,增长7%;丹河县71亿元,增长4%。", "71亿元", False),
        ("丹河县财政收入多少?", "青浦县生产总值84亿元,增长7%;丹河县71亿元,增长4%。", "71亿元", True),
        ("青浦县有几块金牌?", "青浦县以51金、57银列第二。", "57银", True),
        ("冠军有多少奖金?", "青浦县以51金列第一。", "51金", True),
        ("龙泉水库汛限水位多少?", "龙泉水库水位108米。", "108米", True),
        ("龙泉水库水位多少?", "龙泉水库水位108米。", "108米", False),
    ],
)
def test_a_figure_of_another_region_or_measure(
    question: str, sentence: str, short: str, ruled_out: bool
) -> None:
    assert is_ruled_out(_claim(question, sentence, short)) is ruled_out


@pytest.mark.parametrize(
    ("question", "form", "sentence", "done"),
    [
        ("没通车的是哪三条路?", "list", "滨湖路、柳溪路已通车。", True),
        ("没通车的是哪三条路?", "list", "已通车9条,滨湖路、柳溪路推迟到明年。", False),
        ("通车的是哪三条路?", "list", "滨湖路、柳溪路已通车。", False),
        ("没通车的是哪三条路?", "list", "滨湖路、柳溪路明年通车。", False),
    ],
)
def test_what_is_done_is_not_what_is_undone(question: str, form: str, sentence: str, done: bool) -> None:
    assert is_done_already(question, form, sentence) is done
