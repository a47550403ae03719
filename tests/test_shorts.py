"""Short answers keep the sign, the hedge and all digits of a number."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query
from evidence import short_of as short

from qa.answers.shorts import short_answer
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("气温降到多少度?", "最低气温将降至零下5℃。", "5℃", "零下5℃"),
        ("最低气温是多少?", "最低气温将降至零下5摄氏度左右。", None, "零下5摄氏度左右"),
        ("气温降到多少度?", "最低气温将降至-5℃。", "5℃", "-5℃"),
        ("气温多少度?", "今日气温10-15℃。", None, "10-15℃"),
        ("几天能拿到证?", "3个工作日内即可领证。", None, "3个工作日内"),
        ("多少天内提交材料?", "请于30日内提交材料。", "30日", "30日内"),
        ("建了多少年?", "老屋建成30年,内部陈旧。", None, "30年"),
        ("来了多少人?", "大概300人参加。", None, "大概300人"),
        ("最少捐了多少人?", "起码200人捐了款。", None, "起码200人"),
        ("师傅多大年纪?", "师傅四十岁出头。", None, "四十岁出头"),
        ("补贴多少钱?", "补贴300元至800元不等。", None, "300元至800元不等"),
        ("产值多少?", "年产蜜桃三千多吨,产值过亿元。", "过亿元", "过亿元"),
        ("网店销量多少单?", "网店销量突破百万单。", None, "突破百万单"),
        ("每人发多少?", "人均发放补贴1,200元。", "200元", "1,200元"),
        ("有多少家企业?", "共有企业22家。", "22家", "22家"),
        ("全市排第几?", "我县在全市排名第三。", "三", "第三"),
        ("综合考核排名第几?", "我县综合考核位列全省第12位。", "2位", "第12位"),
        ("热线是什么?", "拨打热线12345反映。", "2345", "12345"),
        ("会场在几号楼?", "会场设在12号楼。", "2号楼", "12号楼"),
        ("堤能挡多大的洪水?", "新堤可抵御30年一遇的洪水。", "30年一遇", "30年一遇"),
        ("三年的投入按什么比例?", "资金分三年投入,比例为4:3:3,专款专用。", "4:3:3", "4:3:3"),
        ("村里留几成?", "收益七成分给农户,一成归村集体。", "一成", "一成"),
        ("公司拿多少钱搞研发?", "公司每年拿出销售额的5%搞研发,现有专利12项。", "销售额的5%", "销售额的5%"),
        ("河水现在是几类?", "河水水质达标率98.5%,稳定在Ⅲ类。", "Ⅲ类", "Ⅲ类"),
        ("河水以前是几类?", "河水已由劣Ⅴ类提升到Ⅲ类。", "劣Ⅴ类", "劣Ⅴ类"),
        ("卡在规划的工程有几个?", "52个工程中,已开工40个;其余的里,有8个卡在规划,4个卡在用地。", "8个", "8个"),
        ("受伤人数降了多少?", "事故86起,受伤31人、死亡5人,分别下降9%、7%和4%。", "7%", "7%"),
        ("头三个小时以后每小时多少钱?", "前三小时免费,之后每小时2元,全天封顶10元。", "2元", "2元"),
        ("停车场能停多少辆车?", "停车场有车位320个,小车每小时2元。", "320个", "320个"),
        ("上半年增长多少?", "1至6月税收增长8.2%,其中6月增长9.6%。", None, "8.2%"),
        ("电梯签了多少台?", "加装电梯签约86台、开工52台。", "86台", "86台"),
        ("仇某被关了几天?", "仇某被罚款3万元,另处行政拘留10日。", "10日", "10日"),
        ("旧账还余多少?", "共收捐款95万元,已支出61万元,结余34万元。", "34万元", "34万元"),
        ("现在是哪一户?", "两家都住沿河路,老冯住302室。", "老冯", "老冯"),
    ],
)
def test_a_number_is_given_whole(question: str, sentence: str, marked: str | None, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("租金最多收多少?", "每月租金不得超过300元。", "300元", "不得超过300元"),
        ("最多查几次?", "一年不能超过两次。", "超过两次", "不能超过两次"),
        ("跑了多少秒?", "他跑出10秒86,破了纪录。", "10秒86", "10秒86"),
        ("来了几批、多少人?", "当天接待群众5批13人次。", "5批13人次", "5批13人次"),
        ("总库容多少?", "水库总库容3260万立方米。", "3260万立方米", "3260万立方米"),
        ("日均过多少车?", "日均车流量5.8万辆次。", "5.8万辆次", "5.8万辆次"),
        ("收入占几成?", "收入占九成三。", "九成三", "九成三"),
        ("机插率多少?", "机插率达71.5%。", "71.5%", "71.5%"),
        ("河长多久巡一回河?", "乡级河长每周不少于一次。", "每周不少于一次", "每周不少于一次"),
        ("有多少家企业?", "共有企业22家,学校5所。", "企业22家", "22家"),
    ],
)
def test_a_number_is_no_less_than_what_was_marked(
    question: str, sentence: str, marked: str, answer: str
) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("谁来运营?", "由华测启明公司负责日常运营。", "华测启明公司", "华测启明公司"),
        ("谁宣布开工?", "区委书记迟慕远宣布开工,区长燕归南致辞。", "区委书记迟慕远", "迟慕远"),
        ("跟谁学方言?", "他跟着老支书嵇克勤学方言。", "嵇克勤", "嵇克勤"),
        ("请了哪位教授讲课?", "书记李明主持,市委党校教授牟人杰应邀讲课。", "市委党校教授牟人杰", "牟人杰"),
        ("谁作的辅导?", "由王波主持,市水利局总工程师亓静之作辅导。", "市水利局总工程师亓静之", "亓静之"),
        ("谁主持会议?", "区长王波主持会议。", "区长王波", "王波"),
        ("谁主持会议?", "区长王波主持会议。", "区长", "王波"),
        ("谁主持会议?", "书记李明讲话,区长王波主持会议,局长张强通报情况。", "张强", "王波"),
        ("谁通报情况?", "书记李明讲话,区长王波主持会议,局长张强通报情况。", "张强", "张强"),
        ("哪家公司承建?", "大桥由江衡路桥集团承建。", "江衡路桥集团", "江衡路桥集团"),
        ("大厅搬到哪里了?", "位于柳荫路66号的服务大厅新址启用。", "柳荫路66号", "柳荫路66号"),
        ("大厅在哪里?", "位于柳荫路66号的服务大厅新址启用。", None, "柳荫路66号"),
    ],
)
def test_a_name_is_given_whole(question: str, sentence: str, marked: str | None, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "marked", "answer"),
    [
        ("申请什么时候截止?", "6月20日至7月10日", "7月10日"),
        ("申请从哪天开始?", "6月20日至7月10日", "6月20日"),
        ("申请到几号结束?", "7月10日", "7月10日"),
        ("什么时候申请?", "6月20日至7月10日", "6月20日至7月10日"),
    ],
)
def test_one_end_of_a_range_is_asked_for(question: str, marked: str, answer: str) -> None:
    assert short(question, "申请时间为6月20日至7月10日。", marked) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("举报最多能奖多少钱?", "3000元"),
        ("举报至少奖多少钱?", "200元"),
        ("举报奖励多少钱?", "200元至3000元"),
    ],
)
def test_one_end_of_a_range_of_numbers_is_asked_for(question: str, answer: str) -> None:
    assert short(question, "对查实的举报给予200元至3000元奖励。", "200元至3000元") == answer


@pytest.mark.parametrize(
    ("question", "marked", "answer"),
    [
        ("文化馆几点开门?", "9:00—17:30", "9:00"),
        ("文化馆几点关门?", "9:00—17:30", "17:30"),
        ("文化馆几点下班?", "17:30", "17:30"),
        ("文化馆几点到几点开门?", "9:00—17:30", "周二至周日9:00—17:30"),
        ("文化馆几点开门、几点关门?", "9:00—17:30", "周二至周日9:00—17:30"),
    ],
)
def test_when_a_house_opens_or_shuts(question: str, marked: str, answer: str) -> None:
    assert short(question, "文化馆周二至周日9:00—17:30开放。", marked) == answer


@pytest.mark.parametrize(("question", "answer"), [("安置房共几栋?", "6栋"), ("安置房有多少套?", "468套")])
def test_a_measure_does_not_run_into_the_next_one(question: str, answer: str) -> None:
    assert short(question, "安置房设在南苑小区,共6栋468套。", "6栋468套") == answer


def test_what_bounds_a_class_is_not_its_members_value() -> None:
    told = "产值超10亿元的有9家,江汉船厂以31.5亿元居首。"
    assert short("江汉船厂产值多少?", told, "超10亿元") == "31.5亿元"


def test_a_cause_runs_on() -> None:
    sentence = "该乡最低,主要是因为坡地多、便道不通,加上单位中途更换。"
    assert short("该乡为什么最低?", sentence, "因为坡地多") == "因为坡地多"
    assert short("该乡为什么最低?", sentence) == "因为坡地多、便道不通,加上单位中途更换"


def test_a_telephone_is_given_whole() -> None:
    assert short("咨询电话是多少?", "咨询电话:5082-6611,联系人乐菱歌。", "5082-6611") == "5082-6611"
    told = "咨询请拨打50826611或50826612,投诉拨打50826600。"
    assert short("咨询打哪个电话?", told, "50826611或50826612") == "50826611或50826612"
    assert short("咨询打哪个电话?", told, "50826612") == "50826612"


@pytest.mark.parametrize(
    ("marked", "answer"),
    [("区委副书记、区长", None), ("区长", None), ("要早谋划、早安排", "要早谋划、早安排")],
)
def test_who_speaks_is_not_what_is_said(marked: str, answer: str | None) -> None:
    sentence = "区委副书记、区长雍世芬表示,要早谋划、早安排。"
    assert short("雍世芬说了什么?", sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        (
            "东村为什么不热?",
            "东村家里不热,症结是管网老化;西村则是因为热源不足。",
            "管网老化",
            "管网老化",
        ),
        ("西村为什么不热?", "东村症结是管网老化;西村则是因为热源不足。", "热源不足", "热源不足"),
        ("大桥为什么停工?", "因雨季提前,大桥停工一个月。", "停工一个月", "因雨季提前"),
    ],
)
def test_a_cause_behind_a_semicolon_is_of_something_else(
    question: str, sentence: str, marked: str, answer: str
) -> None:
    assert short(question, sentence, marked) == answer


def test_a_weight_in_liang_is_a_number() -> None:
    assert short("一斤多称多少?", "有的秤每斤能多称1.5两;32台秤没贴标志。", "1.5两") == "1.5两"


def test_who_holds_an_office_in_a_district_is_told_with_the_district() -> None:
    sentence = "专家组把牌匾交到安栖区人民医院院长费鸿远手中。"
    assert short("费鸿远是干什么的?", sentence, "安栖区人民医院院长") == "安栖区人民医院院长"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("烧荒最多罚多少?", "3000元"),
        ("烧荒最少罚多少?", "200元"),
        ("烧荒罚多少?", "200元以上3000元以下"),
    ],
)
def test_a_range_in_the_words_of_laws(question: str, answer: str) -> None:
    assert short(question, "违者处200元以上3000元以下罚款。", "200元以上3000元以下") == answer


def test_who_holds_an_office_stands_behind_it() -> None:
    told = "林场场长蔺北辰解释,这片林子树种单一;副场长王立新带队。"
    segmenter = Segmenter(people=["蔺北辰", "王立新"])

    def holder(question: str) -> str | None:
        found = evidence(article(told), short="树种单一")
        return short_answer(query(question), analyse(question), found, segmenter)

    assert holder("林场的场长是谁?") == "蔺北辰"
    assert holder("林场的场长是哪个?") == "蔺北辰"
    assert holder("林场的副场长是谁?") == "王立新"


def test_a_full_name_ends_in_the_noun_that_is_asked_for() -> None:
    told = "云江省先进陶瓷材料及应用实验室致力于陶瓷的国产化、产业化。"
    assert short("做陶瓷的实验室全称是什么?", told, "陶瓷的国产化") == "云江省先进陶瓷材料及应用实验室"


HYDRANT = "取水时间为当日20时至23时和次日6时至8时,地点在北门。"


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        # the hour at the end of a range; a day keeps its month
        ("渡口停航停到几点?", "3月6日9时至16时渡口停航。", "16时", "16时"),
        ("竹溪村几点来水?", "3月6日9时至16时竹溪村停水。", "16时", "16时"),
        ("续保最后一天是哪天?", "续保自4月8日至6月30日办理。", "6月30日", "6月30日"),
        ("报到最后一天是几号?", "报到时间为4月8日至12日。", "12日", "4月8日至12日"),
        # 晚 and 早 before an hour
        ("泳池晚上几点关门?", "泳池开放时间为上午9时至晚8时,每周二换水。", "晚8时", "晚8时"),
        # several times
        ("几点能取水?", HYDRANT, "当日20时至23时和次日6时至8时", "当日20时至23时和次日6时至8时"),
        ("几点能取水?", HYDRANT, "当日20时至23时", "当日20时至23时"),
    ],
)
def test_times_are_given_as_far_as_asked(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("卡在用地的有几个?", "有19个项目滞后,其中7个卡在环评、6个缺少用地。", "6个", "6个"),
        ("一共有几个项目滞后?", "有19个项目滞后,其中7个卡在环评、6个缺少用地。", "19个", "19个"),
        ("捐了多少件文物?", "他捐出文物58件(套),其中6件为孤品。", "58件", "58件(套)"),
        ("栽了多少棵树?", "全乡栽树900棵(另补植30棵)。", "900棵", "900棵"),
    ],
)
def test_a_part_and_a_measure_in_brackets(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


def test_what_somebody_does_is_not_who_does_it() -> None:
    told = "对拖延的事项,由区纪委监委跟踪问效。"
    assert short("拖延了谁来问效?", told, "区纪委监委") == "区纪委监委"
    told = "危重者由市第一医院收治,市康复医院负责术后训练。"
    assert short("术后训练找哪个医院?", told, "市康复医院") == "市康复医院"


def test_a_purpose_that_is_denied_is_none() -> None:
    told = "编这本书不是为了评奖,是想让孩子记住老街。"
    assert short("编书是为了什么?", told, "是想让孩子记住老街") == "是想让孩子记住老街"
    assert (
        short("编书是为了什么?", "编这本书是为了让孩子记住老街。", "为了让孩子记住老街")
        == "为了让孩子记住老街"
    )


def test_a_preposition_belongs_to_the_clause_that_goes_on() -> None:
    told = "他希望中心在“一窗通办”上先行一步,成为样板。"
    assert (
        short("他希望中心做什么?", told, "在“一窗通办”上先行一步,成为样板")
        == "在“一窗通办”上先行一步,成为样板"
    )


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        # A verb behind 哪家 is no kind of thing.
        ("县里跟哪家签了协议?", "县政府与海川集团签订了合作协议。", "海川集团", "海川集团"),
        # What points at a thing is no name of it.
        ("偷排的是哪家企业?", "他们查到“恒镀厂”,这家企业把废水排进沟里。", "恒镀厂", "恒镀厂"),
        # What is marked is of the kind, though it lacks the noun.
        ("哪类案件涨得最快?", "盗窃类案件最多,诈骗类涨得最快。", "诈骗类", "诈骗类"),
        ("哪类案件最多?", "盗窃类案件最多,诈骗类涨得最快。", "盗窃类案件", "盗窃类案件"),
        # Of several doers it is the one of the clause asked about.
        ("桥梁修复由谁牵头?", "住房由住建局牵头,桥梁修复由交通局牵头。", None, "交通局"),
        ("住房由谁牵头?", "住房由住建局牵头,桥梁修复由交通局牵头。", "住建局", "住建局"),
        # Several spans of hours, and one that ends on the next day.
        (
            "几点到几点不许施工?",
            "每天12时至14时、22时至次日6时停工。",
            "12时至14时、22时至次日6时",
            "12时至14时、22时至次日6时",
        ),
        ("几点到几点停车免费?", "晚上7时到次日早晨8时免费。", "晚上7时到次日早晨8时", "晚上7时到次日早晨8时"),
    ],
)
def test_of_several_the_one_that_is_asked_for(
    question: str, sentence: str, marked: str | None, answer: str
) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "marked", "answer"),
    [
        ("劝返由谁来做?", "各乡镇(街道)要组建专班", "各乡镇(街道)"),
        ("谁来负责劝返?", "各乡镇(街道)要组建专班,开展劝返工作", "各乡镇(街道)"),
        ("劝返由谁来做?", "组建专班", None),
    ],
)
def test_who_is_to_do_something_is_the_body_before_it(question: str, marked: str, answer: str | None) -> None:
    found = short(question, "会议要求,各乡镇(街道)要组建专班,开展劝返工作。", marked)
    assert found == answer if answer else found != "各乡镇(街道)"


def test_what_measures_are_for_is_no_measure() -> None:
    sentence = "开展“大走访”,做好帮扶救助,解决困难,确保困难群众温暖过冬。"
    assert short("困难群众过冬怎么保障?", sentence, "温暖过冬") == "开展“大走访”,做好帮扶救助,解决困难"
    assert short("怎么办?", "确保群众温暖过冬。", "温暖过冬") == "温暖过冬"
    assert short("最后要保证群众怎么样?", sentence, "温暖过冬") == "温暖过冬"


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("引进的硕士多大岁数?", "引进49名28岁以下的硕士。", "49名28岁以下", "28岁以下"),
        ("院长拿了多少回扣?", "那个院长收了1600万元回扣。", "1600万元回", "1600万元"),
        ("工厂要花多少钱?", "工厂造价8.87亿美元。", "8.87亿", "8.87亿美元"),
        ("病房什么时候搬完?", "病房9月10日前分三批搬完。", "9月10日前分", "9月10日前"),
        ("哪家小学开了皮影课?", "盐田小学校长说,今年开了皮影课。", "盐田小学校", "盐田小学"),
        (
            "她是哪家公司的?",
            "清泉(中国)有限公司公司事务部经理。",
            "清泉(中国)有限公司公司",
            "清泉(中国)有限公司",
        ),
        (
            "那份办法的全名是什么?",
            "印发《年轻干部培养使用九条办法》。",
            "年轻干部培养使用",
            "《年轻干部培养使用九条办法》",
        ),
        (
            "对学校有什么期望?",
            "希望通过学校的发展壮大,带动全县。",
            "的发展壮大,带动全县",
            "发展壮大,带动全县",
        ),
        ("谁挖到的石板?", "工人乔守田一铲子下去,碰到了石板。", "乔守田一", "乔守田"),
        ("护士长是谁?", "孙女丁晓燕是医院的护士长。", "孙女丁晓燕", "丁晓燕"),
        ("谁负责劝返?", "各乡镇(街道)要组建专班,对滞留人员开展劝返。", "滞留人员", "各乡镇(街道)"),
        ("年纪最大的老人多大?", "全县百岁以上老人17位,最年长的今年106岁。", "百岁以上", "106岁"),
        ("新车什么时候发布?", "新车定于 8 月 16 日 14:30 发布。", "14:30", "8 月 16 日 14:30"),
        (
            "今年打算栽几棵树?",
            "今年计划栽的90棵树已栽下75棵。",
            "90棵树已栽下75棵",
            "90棵",
        ),
        ("今年栽下几棵树?", "今年计划栽的90棵树已栽下75棵。", "90棵树已栽下75棵", "75棵"),
        ("园区有多少家规上企业?", "园区有企业300家,其中规模以上工业企业40家。", "300家", "40家"),
        ("园区有多少家企业?", "园区有企业300家,其中规模以上工业企业40家。", "300家", "300家"),
        ("护士招到多少人?", "原计划招聘护士90名,实际到岗84名。", "90名", "84名"),
        ("县里掏了多少钱?", "总投资3亿元,其中县政府出资2亿元,公司出资1亿元。", "3亿元", "2亿元"),
        ("一共掏了多少钱?", "总投资3亿元,其中县政府出资2亿元,公司出资1亿元。", "3亿元", "3亿元"),
    ],
)
def test_a_short_answer_is_cut_neither_too_early_nor_too_late(
    question: str, sentence: str, marked: str, answer: str
) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        (
            "单位罚多少?",
            "单位违规的,处3000元以上2万元以下罚款。",
            "3000元以上2万元以下",
            "3000元以上2万元以下",
        ),
        ("讲解员普通话要几级?", "讲解员须达到一级乙等。", "一级乙等", "一级乙等"),
        ("他跑了多少秒?", "他以11秒35的成绩夺冠。", None, "11秒35"),
        ("坐几路车去图书馆?", "可乘3路、18路公交车到“书城”站。", "3路、18路公交车", "3路、18路"),
        ("新区有几栋楼?", "新区共8栋520套,户型三种。", "8栋520套", "8栋"),
        ("新区有多少套房?", "新区共8栋520套,户型三种。", "8栋520套", "520套"),
        ("市集在每个月哪天?", "每月第二个周日举办市集。", "每月第二个周日", "每月第二个周日"),
        ("大桥几点恢复通车?", "大桥:8月3日6时至11时30分单向通行。", "8月3日6时至11时30分", "11时30分"),
        (
            "晚上几点到几点开放?",
            "开放时间:早上6时至8时,晚上19时至22时。",
            "早上6时至8时,晚上19时至22时",
            "晚上19时至22时",
        ),
        ("摆渡船几点到几点?", "摆渡船早7时至晚6时开行。", "早7时至晚6时", "早7时至晚6时"),
        ("5路末班车几点?", "5路为早6时至晚10时。", "早6时至晚10时", "晚10时"),
        ("电池扔什么颜色的箱?", "2.有害物:电池、灯管,投红色箱。", "电池、灯管,投红色箱", "红色箱"),
        ("方远做了什么好事?", "方远,男,58岁,窑厂厂长,连续9年资助学生。", "窑厂厂长", "连续9年资助学生"),
        (
            "老粮库现在是什么?",
            "村里把老粮库改成“谷仓书屋”,晒场变成了球场。",
            "“谷仓书屋”,晒场变成了球场",
            "“谷仓书屋”",
        ),
        (
            "产业格局是什么样的?",
            "形成了以茶叶为主导,竹器、药材为补充的格局。",
            "竹器、药材为补充",
            "以茶叶为主导,竹器、药材为补充",
        ),
        (
            "窗口在哪栋楼?",
            "地址:松涛大道236号县行政服务中心三楼东侧C区12至18号窗口;周末休息。",
            "松涛大道236号县行政服务中心三楼东侧C区12至18号窗口",
            "松涛大道236号县行政服务中心三楼东侧C区12至18号窗口",
        ),
        ("每吨水亏多少?", "去年每吨水亏损0.4元,全年亏空900万元。", "900万元", "0.4元"),
    ],
)
def test_a_short_answer_is_neither_cut_nor_run_on(
    question: str, sentence: str, marked: str | None, answer: str
) -> None:
    assert short(question, sentence, marked) == answer
