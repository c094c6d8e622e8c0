"""The drawings of goods as files: `python -m fairplatform.demo.drawings.pictures` writes them anew.

What is loaded are the files, and nothing is drawn: to change a picture, change its function and write the files.
"""

from functools import cache
from pathlib import Path
from typing import Final

from .goods import GOODS
from .shapes import drawn
from .tones import TONES, toned, turned_round

# Goods that show figures, which a mirror would make unreadable.
_WITH_FIGURES: Final = frozenset({"841911", "842310", "851610", "901730", "901819", "902830", "903031"})
FOLDER = Path(__file__).with_name("files")


@cache
def picture(code: str) -> str:
    """The drawing of the goods with this HS code of six digits, as SVG."""
    return (FOLDER / f"{code}.svg").read_text(encoding="utf-8")


def variant(code: str, number: int) -> str:
    """The drawing in another tone for each number, and after all tones the other way round."""
    drawing = toned(picture(code), number)
    is_turned = number // len(TONES) % 2 and code not in _WITH_FIGURES
    return turned_round(drawing) if is_turned else drawing


def write(folder: Path) -> None:
    """Writes the drawing of every kind of goods."""
    folder.mkdir(exist_ok=True)
    for code, shapes in GOODS.items():
        (folder / f"{code}.svg").write_text(drawn(shapes()), encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
