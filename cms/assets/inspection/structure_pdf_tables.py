"""Tables of a PDF: nothing in the file tells them, but where the pieces of lines begin."""

from .structure_pdf_columns import NEAR, columns_of, divided, is_in
from .structure_pdf_lines import Line

TALL = 1.8  # sizes of letters from one line of a cell to the next
MOST_LINES = 3  # of a label that was divided
JUMP = 7  # lines that a cell may be lower than the one before it


def with_rows(lines: list[Line]) -> list[Line]:
    """The lines, those of a table made to rows: a cell of several lines is one again."""
    columns = columns_of(lines)
    if not columns:
        return lines
    found: list[Line] = []
    for line in lines:
        cells = line.cells or [words for _left, words in divided(line, columns)]
        if len(cells) > 1:
            line.cells = cells
            found.append(line)
        elif found and _goes_on(found[-1], line):
            _add(found[-1], line)
        elif is_in(line.left, columns) and (label := _label(found, line)):
            del found[-len(label) :]
            found.append(_row(label, line))
        else:
            found.append(line)
    return found


def _starts(row: Line) -> list[float]:
    return [left for left, _words in row.pieces]


def _goes_on(row: Line, line: Line) -> bool:
    """Whether a line is the next one of the row's last cell."""
    if not row.cells or line.page != row.page or line.size != row.size:
        return False
    below = row.height - line.height
    return 0 < below < TALL * row.size and abs(line.left - _starts(row)[-1]) < NEAR


def _add(row: Line, line: Line) -> None:
    row.cells[-1] += f" {line.text}"
    row.text += f" {line.text}"
    row.height = line.height


def _label(found: list[Line], line: Line) -> list[Line]:
    """The lines of the cell before this one, which begins no lower than it ended."""
    label: list[Line] = []
    for before in reversed(found[-MOST_LINES:]):
        last = label[0] if label else None
        if before.cells or before.page != line.page or before.left > line.left - before.size:
            break
        if last is None and not -1 <= line.height - before.height < JUMP * line.size:
            break
        if last and not 0 < before.height - last.height < TALL * before.size:
            break
        label.insert(0, before)
    return label


def _row(label: list[Line], line: Line) -> Line:
    words = " ".join(each.text for each in label)
    row = Line(f"{words} {line.text}", line.size, line.height, page=line.page)
    row.pieces = [label[0].pieces[0], *line.pieces] if label[0].pieces else line.pieces
    row.cells = [words, line.text]
    return row
