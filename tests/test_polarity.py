"""Yes or no only where a sentence decides."""

import pytest

from qa.polarity import deciding_clause, verdict
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
    ],
)
def test_verdict(question: str, sentence: str, expected: bool | None) -> None:
    assert verdict(question, sentence, "", SEGMENTER) is expected


def test_the_clause_that_decides_is_verbatim() -> None:
    sentence = "纪念馆每周二至周日开放，周一闭馆，节假日除外。"
    assert deciding_clause("纪念馆周一开放吗?", sentence, SEGMENTER) == "周一闭馆"
