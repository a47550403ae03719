"""A question's form and the noun it asks for."""

import pytest

from qa.understanding.questions import analyse


@pytest.mark.parametrize(
    ("question", "form", "noun"),
    [
        ("二七经开区有多少家高新技术企业?", "number", "家高新技术企业"),
        ("阐明了几大政策取向?", "number", "大政策取向"),
        ("会上强调了哪几点?", "list", "点"),
        ("几点开门?", "date", ""),
        ("霹雳行动哪天启动的?", "date", ""),
        ("新规什么时候实施?", "date", ""),
        ("区长是谁?", "person", ""),
        ("住建局一把手是哪位?", "person", ""),
        ("会议在哪儿召开?", "place", ""),
        ("大桥是哪家公司修的?", "organization", ""),
        ("重点查哪些场所?", "list", ""),
        ("要形成哪两种意识?", "list", ""),
        ("开馆仪式几点开始定了吗?", "yesno", ""),
        ("以后收多少钱定了没", "yesno", ""),
        ("限定了几个名额?", "number", "个名额"),
        ("食堂靠什么办法开下去?", "means", "办法开下去"),
        ("出台了什么办法?", "title", "办法"),
        ("要加固的是哪座水库?", "what", "水库"),
        ("门前种几棵果树能领补贴吗?", "yesno", ""),
        ("知道几个人会来吗?", "number", "个人会来吗"),
        ("县里跟哪家签了协议?", "organization", ""),
        ("独特优势在哪类材料上?", "what", "材料上"),
        ("要形成怎样的工作局面?", "what", "工作局面"),
        ("为啥要派干部下乡?", "reason", ""),
        ("怎么报名?", "means", ""),
        ("有没有专门的宣传方案?", "yesno", ""),
        ("他要求做好什么?", "what", ""),
        ("全称是什么?", "title", ""),
        ("游客中心的广播员叫啥?", "person", ""),
        ("年纪最小的徒弟叫什么名字?", "person", ""),
        ("行动叫什么名字?", "title", ""),
        ("后來有多少家?", "number", "家"),
        ("表态的单位有几家?", "number", "家单位"),
        ("参加的有几个?", "number", "个"),
        ("签约的是哪家?", "organization", ""),
        ("图书馆周一开不开", "yesno", ""),
        ("老人喜欢不喜欢这里", "yesno", ""),
        ("大桥通没通车", "yesno", ""),
        ("图书馆周一开门不", "yesno", ""),
        ("大桥通了没有啊", "yesno", ""),
        ("图书馆开了没呀", "yesno", ""),
        ("有补贴吗亲", "yesno", ""),
        ("电梯时不时停一下怎么报修", "means", ""),
        ("局长被问去不去,咋回的?", "means", ""),
        ("拿不准该不该申报走什么通道?", "what", "通道"),
        ("哪能打疫苗", "place", ""),
        ("哪有助餐点?", "place", ""),
        ("新馆在什么路几号?", "place", "路几号"),
        ("报名到几号?", "date", ""),
        ("谁能申请补贴?", "what", ""),
        ("什么人可以报名?", "what", "人可以报名"),
        ("谁能拍板?", "person", ""),
        ("考核在全省排多少名?", "what", ""),
        ("安排几名医生?", "number", "名医生"),
        ("为嘛停水?", "reason", ""),
        ("派出所干嘛要查旅店?", "reason", ""),
        ("这块地以前是干嘛的?", "what", ""),
        ("第二起案子的几个人在出租屋里干什么了?", "what", ""),
        ("入学人数是增加还是减少?", "what", ""),
        ("讲课的专家叫什么?", "person", ""),
        ("晚交几天行不行?", "yesno", ""),
        ("差几天满十六能考吗?", "yesno", ""),
        ("能不能几家合伙承包?", "yesno", ""),
        ("要提前几天预约才能进吗?", "number", ""),
        ("能不能告诉我几家参加了?", "number", ""),
        ("知道晚几天能补办吗?", "number", ""),
        ("哪几家公园改了开放时间?", "list", ""),
        ("公园的开放时间?", "date", ""),
    ],
)
def test_form(question: str, form: str, noun: str) -> None:
    asked = analyse(question)
    assert asked.form == form
    if noun:
        assert asked.noun == noun


def test_any_text_has_a_form() -> None:
    assert analyse("").form == "what"
    assert analyse("你好").form == "what"
