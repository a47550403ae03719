"""Yes or no only where a sentence decides."""

import pytest

from qa.answers.comparisons import compared
from qa.answers.negations import excepted
from qa.answers.polarity import deciding_clause, verdict
from qa.text import Segmenter

SEGMENTER = Segmenter(people=["林苇"])


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("博物馆周一开放吗?", "开放时间为周二至周日9:00至21:00,周一闭馆。", False),
        ("博物馆周一开放吗?", "博物馆每周二至周日开放,周一闭馆。", False),
        ("林苇出席会议了吗?", "县长林苇出席会议并讲话。", True),
        ("林苇没出席会议吗?", "县长林苇出席会议并讲话。", False),
        ("柏一舟出席会议了吗?", "县长林苇出席会议并讲话。", None),
        ("大桥通车了吗?", "大桥预计明年6月通车。", False),
        ("大桥通车了吗?", "12月1日,大桥正式通车。", True),
        ("高新技术企业是不是30家?", "全区共有高新技术企业22家,科技型企业61家。", False),
        ("高新技术企业是61家吗?", "全区共有高新技术企业22家,科技型企业61家。", False),
        ("高新技术企业有22家吗?", "全区共有高新技术企业22家,科技型企业61家。", True),
        ("产值增长了吗?", "前三季度,工业产值同比下降3.2%。", False),
        ("有没有老年食堂?", "社区设有老年食堂、日间照料室。", True),
        ("有没有游泳馆?", "社区设有老年食堂、日间照料室。", None),
        ("这次演练有人受伤吗?", "演练历时两小时,无人员受伤。", False),
        ("淹过的井水能直接喝吗?", "要先掏清、再消毒,经检测合格后方可饮用。", None),
        ("公园收费吗?", "公园免费向市民开放。", False),
        ("能上门接种吗?", "目前护士只有3人,上门接种还做不到。", False),
        ("不登记能不能不交押金?", "不登记的交押金50元,也可选择由熟人担保代替。", None),
        ("食堂周日开吗?", "食堂周一至周六供应午餐,周日休息。", False),
        ("老年食堂周日开吗?", "老年食堂设有休息区,周日照常开。", True),
        # denied beside, or of some of them
        ("东河仓库搬纸箱伤到人没有?", "住在东河仓库旁的刘某搬走纸箱,没有人员受伤。", None),
        ("东河仓库搬纸箱了没有?", "刘某把东河仓库的纸箱搬走,没有人员受伤。", True),
        ("二期院落都签约了吗?", "二期院落已签约73处,尚有8处未签约。", False),
        ("二期院落签约了吗?", "二期院落已签约73处。", True),
        ("他儿子毕业后回村吗?", "他说儿子毕业后想不想回村,还没有商量。", None),
        ("起火原因查清了没?", "县长赶到现场,要求妥善安置居民,尽快查清原因。", None),
        # taken back, left open, or not said to be managed
        ("任期满了打算调回镇里吗?", "任职满两年可以调回镇里,但他主动申请多留一年。", None),
        ("学校会不会有异味?", "家长关心学校会不会有异味的问题。", None),
        ("会议开不开得成?", "12月6日,区委召开会议。", None),
        ("会议开不开得成?", "受暴雨影响,会议延期举行。", False),
        ("比赛如期举行了吗?", "比赛因台风推迟到下周举行。", False),
        ("他评上市级荣誉没有?", "他被推荐参评市级荣誉。", None),
        # ordinary words of a newspaper that are no future
        ("反诈工作纳入考核了吗?", "二七区将反诈工作纳入年度考核。", True),
        ("完成目标了吗?", "全区超额完成目标任务。", True),
        ("招生计划完成了吗?", "今年招生计划全部完成。", True),
        ("开展模拟演练了吗?", "12月8日,区消防大队开展模拟演练。", True),
        ("争取到资金了吗?", "全区争取到资金3亿元。", True),
        # what still is to come, or may be
        ("补贴取消了吗?", "补贴将于明年取消。", False),
        ("大桥通没通?", "大桥计划明年6月通车。", False),
        ("大桥通车没有?", "大桥预计明年6月通车。", False),
        ("片区纳入规划了吗?", "片区将整体纳入规划。", None),
        # told of somebody beside or alike, in a drill, as hearsay, of a deputy, for another date
        ("远江招满了吗?", "远江计划招聘90人;恒源计划招聘60人,已经招满。", None),
        ("恒源招满了吗?", "远江计划招聘90人;恒源计划招聘60人,已经招满。", True),
        ("大坝真的出现管涌了吗?", "演练模拟大坝出现管涌。", False),
        ("翻车遇难的是一家四口吗?", "网友发文称,翻车遇难的是一家四口。", None),
        ("林苇是镇长吗?", "林苇现任副镇长,分管农业。", None),
        ("周日能打电话反映吗?", "公示期间可打电话反映。", None),
        ("8月31日出生的能报名吗?", "新生须在8月31日前出生;9月1日以后出生的,不予报名。", None),
        ("交了钱的住户给停车位吗?", "小区住户给停车位。", None),
        # what is compared, and what changed from what to what
        ("全县增速比全市高吗?", "全县增速比全市低0.2个百分点。", False),
        ("全县增速比全市高吗?", "全县增速比全市高0.2个百分点。", True),
        ("冲锋舟比无人机多吗?", "演练动用冲锋舟9艘、无人机4架。", None),
        ("停车费涨了吗?", "停车费每小时由3元调到5元。", True),
        ("停车费降了吗?", "停车费每小时由3元调到5元。", False),
        ("零售总额完成目标了吗?", "零售总额增长4.8%,低于6%的年度目标。", False),
        ("大桥明年汛期后完工吗?", "大桥确保明年汛期前完工。", False),
        # negations of something else
        ("有老人参加吗?", "不少老人参加活动。", True),
        ("会议强调安全生产了吗?", "会议强调,要毫不放松抓好安全生产。", True),
        ("监管放松了吗?", "区应急局不放松监管。", False),
        ("民警劝导骑行者了吗?", "民警对不戴头盔的骑行者进行劝导。", None),
        ("能燃放烟花吗?", "未经批准燃放烟花的,由公安机关处理。", None),
        ("用不用预约?", "参观无需预约。", False),
        ("还受理诉求吗?", "复核为终结,不再受理同一事实的诉求。", False),
        ("公园能喝水吗?", "公园里到底能不能喝水?", None),
        # opposites
        ("补贴取消了吗?", "补贴继续发放。", False),
        ("桥上禁止停车吗?", "桥上允许停车。", False),
        ("政府补贴幼儿园吗?", "区政府补贴民办幼儿园。", True),
        ("补贴标准提高了吗?", "降低门槛、提高补贴标准。", None),
        # in other forms
        ("凭身份证办理就行吗?", "退休人员凭身份证即可办理。", True),
        ("图书馆周一开不开?", "图书馆周一闭馆。", False),
        ("纪念馆参观要不要钱?", "纪念馆免费参观。", False),
        ("老师喜欢不喜欢?", "老师不喜欢上课。", False),
        ("图书馆周一换不换?", "图书馆周一闭馆。", None),
        ("图书馆礼拜天开门吗?", "图书馆周六开放,周日闭馆。", False),
        ("窗口星期六办公吗?", "窗口周六上午照常办公。", True),
        # said of the object in the clause behind
        ("修路会不会影响县医院?", "县医院另有通道,不受影响;中学西门关闭。", False),
        ("修路会不会影响中学?", "县医院另有通道;中学西门受修路影响,暂时关闭。", True),
        # what another statement of the sentence forbids
        ("过敏的人能打疫苗吗?", "卫生院要备足疫苗;学校要发告知书,不得与评优挂钩。", None),
        ("流感疫苗免费吗?", "流感疫苗需自费接种。", False),
        # as much as was planned, or less
        ("造林完成计划了吗?", "修路63公里,超出计划3公里;造林900亩,比计划少100亩。", False),
        ("修路完成计划了吗?", "修路63公里,超出计划3公里;造林900亩,比计划少100亩。", True),
        # another thing of the kind, a verb that says little
        ("狂犬病疫苗免费吗?", "老人可免费接种肺炎疫苗,接种点15个。", None),
        ("不满18岁能办卡吗?", "18岁以上的居民可以办卡。", None),
        ("满18岁能办卡吗?", "18岁以上的居民可以办卡。", True),
        ("车间建成了吗?", "车间建成以后,产能可以翻番。", None),
        ("中心周日还能办事吗?", "中心设“办不成事”窗口,周日除外。", None),
        ("水上乐园今年能进吗?", "馆长要求,救生员不得看手机,外人不得入内。", None),
        ("村里的烘干房用上了吗?", "村里的烘干房占地两亩,下月调试。", None),
        ("村里的烘干房用上了吗?", "村里的烘干房已投入使用。", True),
        # A college is told by its whole name.
        ("签约的是西南大学吗?", "园区与东海大学西南校区签约。", None),
        ("签约的是东海大学吗?", "园区与东海大学西南校区签约。", True),
    ],
)
def test_verdict(question: str, sentence: str, expected: bool | None) -> None:
    assert verdict(question, sentence, "", SEGMENTER) is expected


def test_a_word_within_a_word_is_no_opposite() -> None:
    assert verdict("社区装智能门禁了吗?", "社区安装的智能门禁不得私自拆除。", "", SEGMENTER) is not False
    assert verdict("孩子表现好吗?", "孩子表现不错。", "", SEGMENTER) is not False
    assert verdict("积雪全部清了吗?", "环卫工人清除积雪。", "", SEGMENTER) is not False


def test_the_clause_that_decides_is_verbatim() -> None:
    sentence = "纪念馆每周二至周日开放，周一闭馆，节假日除外。"
    assert deciding_clause("纪念馆周一开放吗?", sentence, SEGMENTER) == "周一闭馆"
    assert deciding_clause("纪念馆礼拜一开放吗?", sentence, SEGMENTER) == "周一闭馆"


@pytest.mark.parametrize(
    ("question", "sentence", "clause"),
    [
        ("大厅复印要钱吗?", "大厅设自助区,为老人提供陪办,复印、打印免费。", "复印、打印免费"),
        ("修路影响县医院吗?", "县医院另有通道,不受影响;中学停课。", "县医院另有通道,不受影响"),
        ("厂区能停货车吗?", "厂区设车位80个,但不能停货车。", "不能停货车"),
        ("窗口周六办公吗?", "窗口周六9:00—11:30办公,周日休息。", "窗口周六9:00—11:30办公"),
    ],
)
def test_the_whole_of_what_decides(question: str, sentence: str, clause: str) -> None:
    assert deciding_clause(question, sentence, SEGMENTER) == clause


def test_a_weekday_decides_in_whatever_form() -> None:
    sentence = "食堂周一至周六供应午餐,周日休息;春节照常开。"
    assert verdict("食堂星期天开门吗?", sentence, "", SEGMENTER) is False
    assert deciding_clause("食堂星期天开门吗?", sentence, SEGMENTER) == "周日休息"


def test_a_clause_that_has_all_else_decides_in_its_own_way() -> None:
    sentence = "通告要求:上坟烧纸一律改为献花,农事用火一律停止。"
    assert deciding_clause("上坟还让不让烧纸?", sentence, SEGMENTER) == "上坟烧纸一律改为献花"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("没登记能进园吗?", "未登记的车辆不得进园。", False),
        ("没登记能进园吗?", "未登记的车辆也可凭行驶证进园。", True),
        ("没登记能进园吗?", "进园须提前登记。", False),
        ("业主大会没同意能动用维修资金吗?", "未经业主大会同意,不得动用维修资金。", False),
        ("差几天不满三岁能入园吗?", "不满3周岁的不得入园。", False),
        ("能不能不登记?", "进园不用登记。", True),
        ("没带工牌能进驿站吗?", "进驿站不需要工牌。", None),
        ("没经过培训能上岗吗?", "培训合格方可上岗。", False),
        ("聚餐可以不?", "家人聚餐不在禁止之列。", None),
        # what may be done is said in words for that
        ("能去现场领号不?", "领号时间为8月6日9时至12日17时。", None),
        ("能去现场领号不?", "可到现场领号。", True),
        ("读稿子行不行?", "读稿子的,当场打断。", None),
        # what is put off
        ("下雨还拉练吗?", "遇雨拉练顺延一天。", None),
        ("新食堂开了没?", "新食堂还在装修,开业时间另行通知。", False),
        ("二厂正式供水了没有?", "二厂目前试运行供水。", None),
        ("奖金主要靠企业捐吗?", "奖金以财政拨款为主、企业捐款为辅。", None),
        ("换新机非得交旧机吗?", "换新机不要求交旧机。", False),
        ("夜市要门票吗?", "夜市门票免费。", False),
        ("贷款要交担保费吗?", "贷款免收担保费。", False),
        ("能不能不收散户的粮?", "对散户的粮不得拒收。", False),
        # what is only demanded is not done
        ("石湾水库加固好了没?", "加快水毁工程重建,全力以赴做好石湾水库加固提升。", None),
        ("石湾水库加固好了没?", "石湾水库已加固好,通过验收。", True),
        # what stands before it last tells of what level it is
        ("“双百工程”是全省的部署吗?", "全区要落实全省“六稳”和全市“双百工程”部署。", False),
        ("“双百工程”是全市的部署吗?", "全区要落实全省“六稳”和全市“双百工程”部署。", True),
        # money that is taken under another name
        ("换证要钱吗?", "换证不收取任何费用。", False),
        ("补证要钱吗?", "首次办证免费,补证收取工本费10元。", None),
    ],
)
def test_a_condition_is_no_denial(question: str, sentence: str, expected: bool | None) -> None:
    assert verdict(question, sentence, "", SEGMENTER) is expected


def test_an_ordinal_decides_which_clause() -> None:
    sentence = "前两年每月补贴200元,第三年不再补贴。"
    assert deciding_clause("第三年还补贴吗?", sentence, SEGMENTER) == "第三年不再补贴"


def test_what_is_equal_is_not_more() -> None:
    assert compared("伤亡人数比去年同期少了", "伤亡人数与去年同期持平") is False
    assert compared("伤亡人数比去年同期少了", "伤亡人数比去年同期少3人") is True


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # stopped, free, equalled
        ("观光3路那天还开吗?", "观光3路全天停运。", False),
        ("高龄老人要交送餐费吗?", "高龄老人免送餐费。", False),
        ("柏一舟打破市纪录了吗?", "冠军柏一舟追平市纪录。", False),
        ("柏一舟打破市纪录了吗?", "冠军柏一舟打破市纪录。", True),
        ("外地企业检测能打折吗?", "本地企业检测费减半,外地企业检测按标准收取。", False),
        # a number that is not reached
        ("园区职工有没有一千人?", "园区职工近千人。", False),
        ("园区职工是一千人吗?", "园区职工近千人。", None),
        ("园区职工有一千人吗?", "园区职工1000人。", True),
        # of another time, or group
        ("大桥通车后能走货车吗?", "施工期间大桥半幅通行,货车不得上桥。", None),
        ("施工期间大桥能走货车吗?", "施工期间大桥半幅通行,货车不得上桥。", False),
        ("大厅中午休息吗?", "大厅周六只收件,法定节假日休息。", None),
        ("有工伤的能领护理补贴吗?", "已享受孤儿保障的,不享受生活补贴,可以享受护理补贴。", None),
        ("孤儿能领护理补贴吗?", "已享受孤儿保障的,不享受生活补贴,可以享受护理补贴。", True),
        ("40岁能考教师吗?", "在编教师不得报考教师。", None),
        # free for those who stop their cars there, whoever looks on
        ("看赛要买票吗?", "看赛市民可将车停在体育馆和小学操场,两处当天均免费开放。", None),
        # the verb that a statement has of its subject
        ("石湾村有没有通公交?", "石湾村新建两处公交站。", None),
        ("石湾村有没有通公交?", "石湾村去年通公交。", True),
        ("老院区还开着吗?", "新院比老院区宽敞多了。", None),
        ("防汛的会开了没?", "全区对防汛开展全面检查。", None),
        ("食堂只让老人吃吗?", "食堂的老人午饭3元。", None),
    ],
)
def test_what_a_sentence_says_of_something_beside(
    question: str, sentence: str, expected: bool | None
) -> None:
    assert verdict(question, sentence, "", SEGMENTER) is expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("救护车能过石湾大道", True),
        ("公交车也不能走", False),
        ("救护车在石湾大道禁行", False),
        ("货车能过石湾大道", None),
        ("救护车能过东门桥", None),
        ("救护车有几辆", None),
    ],
)
def test_what_a_ban_excepts(statement: str, expected: bool | None) -> None:
    said = "石湾大道6月5日6时至13时,禁止一切机动车通行,公交车、救护车除外。"
    told = excepted(statement, said, SEGMENTER)
    assert (told and told[0]) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("进口也降了吗?", "其中出口40亿元,下降4%;进口9亿元,增长6%。", False),
        ("出口降了吗?", "其中出口40亿元,下降4%;进口9亿元,增长6%。", True),
        ("县里债务超限额没有?", "全县政府债务余额41亿元,控制在核定的限额43亿元以内。", False),
    ],
)
def test_a_statement_of_its_own_decides(question: str, sentence: str, expected: bool) -> None:
    assert verdict(question, sentence, "", Segmenter()) is expected
