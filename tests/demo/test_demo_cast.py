"""The demo's cast: invented, whole, and enough of it."""

from __future__ import annotations

import re
import string

from tests.fakes.books import bundled_book
from tierline.desk.demo.cast import load_cast
from tierline.desk.demo.stage import Stage

# Ranges that the authorities of Australia and the United Kingdom keep for fiction.
FICTION = re.compile(r"\(0[23]\) 5550 \d{4}|020 7946 0\d{3}")
CAST = load_cast()


def test_no_number_or_address_can_be_anybodys() -> None:
    contacts = [contact for client in CAST.clients for contact in client.people()]
    people = [each.person(present=True) for each in CAST.people]
    assert all(FICTION.fullmatch(each.phone) for each in (*contacts, *people))
    assert all(each.mail.endswith(".example") for each in (*contacts, *people))
    assert all(re.fullmatch(r"[a-z.\-@]+", each.mail) for each in contacts)


def test_a_dozen_clients_run_under_all_four_policies() -> None:
    assert len(CAST.clients) >= 12
    assert {client.policy for client in CAST.clients} == set(bundled_book().names())
    names = [contact.name for client in CAST.clients for contact in client.people()]
    assert len(set(names)) == len(names)


def test_every_line_has_people_by_day_and_by_night() -> None:
    for team in CAST.teams:
        assert {each.tier for each in CAST.people if each.team == team} == {1, 2, 3}
    assert CAST.colleague(CAST.me) is not None


def test_stories_are_many_and_each_is_told_to_its_end() -> None:
    assert len(CAST.stories) >= 115
    assert len({story.subject for story in CAST.stories}) == len(CAST.stories)
    for story in CAST.stories:
        assert all((story.says, story.plan, story.steps, story.tried, story.news)), story.subject
        assert story.handover or story.line == 1, story.subject
        sectors = {client.sector for client in CAST.clients}
        assert set(story.sectors) <= sectors, story.subject


def test_a_word_for_every_trade_and_no_gap_left_to_fill() -> None:
    texts = [t for s in CAST.stories for t in (s.says, s.plan, s.steps, *s.tried, *s.news, *s.back)]
    assert not any("{" in text for text in texts)
    gaps = {
        gap
        for words in CAST.phrases.values()
        for text in words
        for _, gap, _, _ in string.Formatter().parse(text)
        if gap
    }
    assert gaps == {"line", "who", "steps"}


def test_every_client_has_trouble_of_each_priority_it_can_have() -> None:
    stage = Stage(bundled_book())
    for client in CAST.clients:
        for priority in (2, 3, 4):
            assert stage._fitting(client.name, priority, 1), (client.name, priority)
