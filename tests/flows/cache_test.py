"""A damaged cache, through the real window: the kiosk makes it anew and fetches everything again by itself."""

import json

from house import House, MainJob, Person, WentWrong, run_cases, wait_until


def overwrite(file, share):
    """A piece of the file in the middle becomes noise, as a bad disk leaves it."""
    size = file.stat().st_size
    with open(file, "r+b") as opened:
        opened.seek(int(size * 0.2))
        opened.write(bytes(range(7, 256, 2)) * (int(size * share) // 125 + 1))


def enrolled(house):
    job = MainJob(house.agency, house.kiosk, Person(seed="cache"), wire=house.wire)
    job.enrol()
    job.mirror()
    return job


def board_is_whole(house, job):
    """Everything is on the board again, and words find it."""
    job.mirror()
    goal = house.agency.search_goal()
    house.kiosk.tap("start")
    house.kiosk.wait_page("home")
    house.kiosk.tap("browse")
    house.kiosk.wait_page("vacancies.list")
    job.hands.write("search", goal.words)
    wait_until(f'"{goal.words}" to find {goal.id}', lambda: f"vacancy.{goal.id}" in job.cards())
    house.kiosk.tap(f"vacancy.{goal.id}")
    house.kiosk.wait_page("vacancies.page")
    house.kiosk.node("apply")


def damaged_while_off():
    """overwritten in the middle while the kiosk was off: it starts, fetches again, and people find vacancies"""
    with House("cache_damaged_while_off") as house:
        job = enrolled(house)
        house.kiosk.stop()
        overwrite(house.folder / "kiosk" / "cache.db", 0.6)
        house.kiosk.start()
        board_is_whole(house, job)


def not_a_database():
    """replaced by another file: the same"""
    with House("cache_not_a_database") as house:
        job = enrolled(house)
        house.kiosk.stop()
        for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
            (house.folder / "kiosk" / name).unlink(missing_ok=True)
        (house.folder / "kiosk" / "cache.db").write_text(json.dumps({"not": "a database"}) * 500)
        house.kiosk.start()
        board_is_whole(house, job)


def empty_without_a_network():
    """damaged while the cable is out: the board says that it is empty, nothing breaks, and it fills when the cable is in"""
    with House("cache_without_a_network") as house:
        job = enrolled(house)
        house.kiosk.stop()
        overwrite(house.folder / "kiosk" / "cache.db", 0.6)
        house.wire.set_mode("cut")
        house.kiosk.start()
        house.kiosk.wait_page("attract")
        board = house.kiosk.control.ask(do="status").get("board")
        if board and board["own"] + board["others"] > 0:
            raise WentWrong(f"a board out of a damaged cache: {board}")
        house.wire.set_mode("through")
        board_is_whole(house, job)


if __name__ == "__main__":
    run_cases({case.__name__: case for case in (damaged_while_off, not_a_database, empty_without_a_network)})
