import numpy as np
from matplotlib.transforms import Bbox

from incidentmap.briefing.labels import Room, around
from incidentmap.briefing.lettering import drawable

FRAME = Bbox.from_bounds(0, 0, 1000, 800)
NO_LINES = np.empty((0, 2))


def test_labels_never_cover_each_other_while_there_is_room() -> None:
    room = Room(FRAME, NO_LINES)
    placed = []
    for number in range(12):
        boxes = around(100 + 70 * number, 400, 60, 20, 8)
        chosen = room.best(boxes, must=False)
        if chosen is not None:
            placed.append(boxes[chosen])
    assert len(placed) == 12
    assert not any(a.overlaps(b) for i, a in enumerate(placed) for b in placed[:i])


def test_a_label_that_has_no_room_is_left_out_unless_it_must_be_there() -> None:
    room = Room(FRAME, NO_LINES)
    room.take(FRAME)
    boxes = around(500, 400, 60, 20, 8)
    assert room.best(boxes, must=False) is None
    assert room.best(boxes, must=True) is not None


def test_labels_stay_inside_the_frame_and_off_lines() -> None:
    edge = around(990, 400, 60, 20, 8)
    chosen = Room(FRAME, NO_LINES).best(edge, must=False)
    assert chosen is not None
    assert edge[chosen].x1 <= FRAME.x1
    river = np.column_stack([np.arange(500.0, 600.0, 2), np.full(50, 400.0)])
    beside = around(500, 400, 60, 20, 8)
    dry = Room(FRAME, river).best(beside, must=False)
    assert dry is not None
    assert not any(beside[dry].contains(x, y) for x, y in river)


def test_text_is_drawn_as_it_is_written_on_one_short_line() -> None:
    assert drawable("$\\frac{1}{0}$ _a_\n<b>") == "$\\frac{1}{0}$ _a_ <b>"
    assert drawable("Nia\u0301funke\u0301") == "Niáfunké"
    assert drawable("北 x") == "□ x"
    assert drawable("a" * 300, 20) == "a" * 19 + "…"
    assert len(drawable("mot " * 100, 42)) <= 42
    assert drawable("") == ""
