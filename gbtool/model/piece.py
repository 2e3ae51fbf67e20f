"""What a file says and where: pieces of text from every place where text can hide, tables, what could not be read."""

from enum import StrEnum

from gbtool.structs import Frozen

HIDDEN_SHEETS = "gbtool.hidden"  # the property of a workbook that names the sheets that gbtool hid, parted by slashes


class Spot(StrEnum):
    """The kind of place where a piece stands, as a person calls it."""

    BODY = "正文"
    TABLE = "表格"
    BOX = "文本框"
    HEADER = "页眉"
    FOOTER = "页脚"
    FOOTNOTE = "脚注"
    COMMENT = "批注"
    BEFORE = "修订前的文字"
    FIELD = "域代码"
    ALT = "替代文字"
    PICTURE = "图片名"
    DATA = "附带的数据"
    CORE = "文件属性"
    CUSTOM = "自定义属性"
    AUTHOR = "批注或修订的作者"
    LINK = "链接"
    CELL = "单元格"
    SHEET = "工作表名"
    PATH = "文件名"
    LEDGER = "台账"
    # What is said again beside the paragraph, because of how it is set; the text itself is in the paragraph's piece.
    INSERTED = "修订插入的文字"
    DELETED = "修订删除的文字"
    HIDDEN = "隐藏的文字"
    COLOURED = "带底色或颜色的文字"
    RESHAPED = "修订的格式"
    # What is no text.
    MACRO = "宏"
    EMBEDDED = "嵌入的对象"
    EXTERNAL = "外部引用"


SAID_AGAIN = frozenset({Spot.INSERTED, Spot.DELETED, Spot.HIDDEN, Spot.COLOURED, Spot.RESHAPED})
NO_TEXT = frozenset({Spot.MACRO, Spot.EMBEDDED})


class Piece(Frozen):
    """A text and its place.

    `where` is for a person; `part` and `number` (of the paragraph in the part, -1 for none) are for marks in a copy;
    `name` is what else is known: a property's name, an author, a colour; `heading` is set for headings.
    """

    text: str
    spot: Spot
    where: str = ""
    part: str = ""
    number: int = -1
    name: str = ""
    heading: bool = False


class Grid(Frozen):
    """A table: where it stands and the texts of its cells, row by row, as many as the row has."""

    where: str
    rows: tuple[tuple[str, ...], ...]


class TroubleKind(StrEnum):
    """Why a file could not be read, or not as a whole."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ENTITIES = "entities"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    OLD_KIND = "old_kind"
    MISSING = "missing"


class Trouble(Frozen):
    """What is wrong with a file: a sentence and what to do."""

    kind: TroubleKind
    message: str
    fix: str = ""


class FileRead(Frozen):
    """A file that was read: its path as the user knows it, what it says, what could not be read; `id` of a document."""

    path: str
    pieces: tuple[Piece, ...] = ()
    grids: tuple[Grid, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    id: str = ""
