"""How many letters two texts lie apart: the one measure of a typing error that every module counts with."""


def edits_within(one: str, other: str, limit: int) -> int | None:
    """Count the letters to insert, delete or change between two texts; None beyond `limit`.

    >>> edits_within("siregar", "sireggar", 2)
    1
    >>> edits_within("sari", "budi", 2) is None
    True
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > limit:
        return None
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        above_left, row[0] = row[0], number
        for place, against in enumerate(other, start=1):
            cost = above_left if letter == against else 1 + min(above_left, row[place], row[place - 1])
            above_left, row[place] = row[place], cost
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
