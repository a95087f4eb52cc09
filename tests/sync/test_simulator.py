"""The simulator itself: the same seed tells the same story, and it is not a dull one."""

from __future__ import annotations

from tests.sync.simulator.story import tell

_STORIES = 60
_HAPPENS = {
    "crash": "loses power",
    "offline": "is out of reach",
    "lost": "loses the end of its log",
    "restored": "is put back from a backup",
    "copied": "is copied",
    "mint": "becomes another console",
    "dreamt": "meets acts of a newer program",
    "older copy": "finds a server that was replaced",
    "did contact": "changes the directory",
    "rules did ['": "has the rules act",
    "revoked": "loses its rights",
    "outdated": "is too old",
    '"conflicted"': "meets a conflict",
    '"settled"': "settles one",
    '"undone"': "takes an act back",
    '"restricted"': "keeps a ticket to leads",
    '"how":"from"': "merges a duplicate",
    '"how":"parent"': "links two tickets",
    '"handed_over"': "hands a ticket over",
    '"heard"': "reads what they were told",
    '"visit_planned"': "plans a visit",
    '"arrived"': "is on site",
    '"left_site"': "leaves it",
    '"part_used"': "uses a part",
    '"signed_off"': "has it signed off",
    "outcome='refused'": "is refused",
    "stale": "is told of what it had not seen",
}


def test_the_same_seed_tells_the_same_story() -> None:
    stories = []
    for _ in range(2):
        with tell(17) as told:
            stories.append((told.world.trace, told.world.hub.state.head()))
    assert stories[0] == stories[1]
    assert len(stories[0][0]) > 300


def test_everything_that_can_go_wrong_does() -> None:
    missing = dict(_HAPPENS)
    for seed in range(_STORIES):
        with tell(seed) as told:
            lines = (f"{line.kind} {line.payload}" for line in told.world.hub.state.lines)
            story = "\n".join((*told.world.trace, *lines))
        missing = {word: what for word, what in missing.items() if word not in story}
    assert not missing, f"nobody {', '.join(missing.values())}"
