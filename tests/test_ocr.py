"""Pictures of pages: what is recognised, how sure it is, and what is said where nothing is installed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from qa.errors import BulletinError
from qa.formats import MissingExtraError, read_text
from qa.formats.ocr import Recognised
from qa.formats.page_layout import PrintedPage, Run
from qa.parsing.bulletin import parse

FILES = Path(__file__).parent / "formats"


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("page.html", "trafilatura", "html"),
        ("libreoffice.docx", "docx", "docx"),
        ("chromium.pdf", "pypdfium2", "pdf"),
        ("scan.jpg", "rapidocr", "ocr"),
        ("scan.pdf", "rapidocr", "ocr"),
    ],
)
def test_a_missing_package_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    if name == "scan.pdf":
        pytest.importorskip("pypdfium2", reason="the extra 'pdf' is not installed")
    monkeypatch.setitem(sys.modules, module, None)
    if module == "rapidocr":
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'bulletin-qa\[{extra}\]'"):
        read_text(FILES / name)


def test_what_is_unsure_is_flagged_for_review() -> None:
    page = PrintedPage((Run("会议", 0, 0, 20, 10, 10),), 100)
    assert Recognised(page, 0.97).remarks("第 2 页") == ["第 2 页识别把握 0.97"]
    assert Recognised(page, 0.81).remarks("第 2 页") == ["第 2 页识别把握 0.81,偏低,请人工核对"]
    assert Recognised(PrintedPage((), 100), 0.0).remarks("第 3 页") == ["第 3 页没有识别出文字,请人工核对"]


class TestRecognition:
    @pytest.fixture(autouse=True)
    def needs_rapidocr(self) -> None:
        pytest.importorskip("onnxruntime", reason="OCR is optional: pip install 'bulletin-qa[ocr]'")
        pytest.importorskip("rapidocr", reason="OCR is optional: pip install 'bulletin-qa[ocr]'")

    @pytest.mark.parametrize("name", ["scan.jpg", "scan.pdf"])
    def test_a_scanned_page(self, name: str) -> None:
        content = read_text(FILES / name)
        (article,) = parse(content.text, name).articles
        assert article.title == "青禾县新开两条公交线"
        assert "全长38公里" in article.body
        assert any("识别把握 0.9" in note for note in content.notes)

    def test_what_is_no_picture(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
        with pytest.raises(BulletinError, match="图片已损坏"):
            read_text(tmp_path / "a.png")

    def test_a_huge_picture(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from PIL import Image

        monkeypatch.setattr("qa.formats.ocr.MAX_PIXELS", 99)
        file = io.BytesIO()
        Image.new("L", (10, 10)).save(file, "PNG")
        (tmp_path / "a.png").write_bytes(file.getvalue())
        with pytest.raises(BulletinError, match="图片太大"):
            read_text(tmp_path / "a.png")
