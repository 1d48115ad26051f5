"""How number words add up, by the way of counting that a language names in its `grammar.yaml` (`counting: {system: ...}`).

Below a thousand, languages differ in what may follow what; thousands and millions multiply in all of them.
"""

from collections.abc import Callable, Mapping

Counting = Callable[[int, int], int | None]
"""What a number below a thousand becomes with one more word; None where that word cannot follow it."""


def decimal(current: int, value: int) -> int | None:
    """Hundreds, tens, units: "two hundred forty-five". Units follow tens from twenty on."""
    if value == 100:
        return max(current, 1) * 100
    if current == 0 or (value < 100 and current % 100 == 0):
        return current + value
    return current + value if value < 10 and current % 10 == 0 and current % 100 != 10 else None


def vigesimal(current: int, value: int) -> int | None:
    """Scores among the tens: "soixante-douze", "quatre-vingt-dix-sept"."""
    if value == 20 and current % 100 == 4:
        return current - 4 + 80
    teens = (10 <= value < 20 and current % 100 in {60, 80}) or (value < 10 and current % 100 in {10, 70, 90})
    return current + value if teens else decimal(current, value)


def units_first(current: int, value: int) -> int | None:
    """Units before tens: "ثلاثة وعشرون", "dreiundzwanzig"."""
    if 20 <= value < 100 and 0 < current % 100 < 10:
        return current + value
    return decimal(current, value)


COUNTINGS: Mapping[str, Counting] = {"decimal": decimal, "vigesimal": vigesimal, "units_first": units_first}
"""Ways of counting by the name that a language's `grammar.yaml` gives."""
