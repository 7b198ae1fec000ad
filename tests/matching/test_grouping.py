"""Pairs become groups that agree with themselves, or partners one to one."""

from payung.matching.grouping import grouped, one_to_one


def test_two_copies_meet_through_the_original():
    assert grouped([(1, 2, 30.0), (1, 3, 25.0), (2, 3, -4.0)], least=0.0) == [(1, 2, 3)]


def test_a_weak_bridge_does_not_join_two_sure_groups():
    sure = [(1, 2, 30.0), (3, 4, 30.0)]
    assert sorted(grouped([*sure, (2, 3, 1.0)], least=0.0)) == [(1, 2), (3, 4)]


def test_groups_do_not_depend_on_the_order_of_the_pairs():
    pairs = [(1, 2, 9.0), (2, 3, 8.0), (3, 4, 7.0), (1, 4, 6.0), (5, 6, 2.0)]
    assert sorted(grouped(pairs, least=0.0)) == sorted(grouped(pairs[::-1], least=0.0))


def test_a_record_has_one_partner_at_most():
    assert one_to_one([(1, 9, 3.0), (1, 8, 7.0), (2, 8, 6.0), (2, 7, -1.0)], least=0.0) == [(1, 8, 7.0)]
