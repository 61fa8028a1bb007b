"""kill -9 at random moments, of the kiosk and of the backend, while people register: whoever saw a number is at the
agency exactly once, with the exact answers; nobody is there twice. VAKANT_KILLS sets how many (45, and a ninth of it
with the agency's store in PostgreSQL)."""

import json
import os
import random
import signal
import threading
import time

from house import PROGRAMS, House, MainJob, Person, WentWrong, run_cases, wait_until


class Killer:
    """Kills a program after a delay, from a thread, so that the moment falls anywhere in what the window does."""

    def __init__(self, process, delay_s):
        self.process = process
        self.thread = threading.Timer(delay_s, lambda: process.send_signal(signal.SIGKILL))
        self.thread.start()

    def wait(self):
        self.thread.join()
        self.process.wait(20)


def fill_in(kiosk, name):
    """The shortest registration: a name, and "I will come back"."""
    kiosk.tap("start")
    kiosk.tap("register")
    kiosk.wait_page("registration.notice")
    kiosk.tap("next")
    kiosk.wait_page("registration.form")
    kiosk.tap("field.given_names")
    kiosk.type(name)
    kiosk.tap("field.family_name")
    kiosk.type("Testi")
    if kiosk.find("keyboard.ready"):
        kiosk.tap("keyboard.ready")
    kiosk.tap("next")
    kiosk.tap("field.contact_way.come_back")
    for _ in range(20):
        kiosk.tap("next")
        if kiosk.find("consent.talent_pool"):
            break
    kiosk.wait_page("registration.consents")
    kiosk.tap("next")
    kiosk.wait_page("registration.review")


def send_and_read_number(kiosk):
    """The number if the thank-you page was seen, or None where the kiosk died before."""
    try:
        kiosk.tap("send")
        node = kiosk.node("reference", 10)
        return (node["value"] or node["name"]).strip("\u2066\u2067\u2068\u2069 ")
    except (WentWrong, OSError, ValueError):
        return None


def one_round(house, chance, number, promised):
    kiosk, agency = house.kiosk, house.agency
    name = "".join(chance.choice("bdgkmnprst") + chance.choice("aeiou") for _ in range(5)).capitalize()
    fill_in(kiosk, name)
    of_kiosk = number % 2 == 0
    killer = Killer(kiosk.process if of_kiosk else agency.process, chance.uniform(0, chance.choice((0.06, 0.35))))
    reference = send_and_read_number(kiosk)
    killer.wait()
    if reference:
        promised[reference] = name
    if not of_kiosk:
        agency.serve(agency.port)
        kiosk.tap("finish")
    else:
        kiosk.stop(signal.SIGKILL)
        begin = time.monotonic()
        kiosk.start()
        kiosk.wait_page("attract", 20)
        took = time.monotonic() - begin
        if took > 3:
            raise WentWrong(f"a usable page came {took:.1f} s after the restart, not within 3 s")
    kiosk.wait_page("attract", 20)
    return name


def kill_at_random(name, kills, postgres=""):
    seed = int(os.environ.get("VAKANT_SEED", "20261123"))
    chance = random.Random(seed)
    promised, names = {}, []
    with House(name, postgres=postgres) as house:
        job = MainJob(house.agency, house.kiosk, Person(seed=seed), wire=house.wire)
        job.enrol()
        job.mirror()
        for number in range(kills):
            names.append(one_round(house, chance, number, promised))
        wait_until("the outbox to be empty", lambda: job.outbox()["queued"] == 0, 300)
        if postgres and list(house.agency.data.glob("*.db")):
            raise WentWrong("the agency keeps a store of its own beside PostgreSQL")
        candidates = house.agency.candidates()
        arrived = [registration["answers"]["given_names"] for candidate in candidates
                   for registration in candidate["registrations"]]
        twice = sorted(name for name in set(arrived) if arrived.count(name) > 1)
        lost = sorted(set(promised.values()) - set(arrived))
        strangers = sorted(set(arrived) - set(names))
        by_reference = {candidate["reference"]: candidate for candidate in candidates}
        wrong = [reference for reference, name in promised.items() if by_reference.get(reference, {}).get(
            "registrations", [{}])[0].get("answers", {}).get("given_names") != name]
        print(f"seed {seed}: {kills} kills, {len(promised)} numbers shown, {len(arrived)} registrations arrived, "
              f"{len(lost)} lost, {len(twice)} twice")
        write_report(name, seed, kills, len(promised), {"lost": lost, "twice": twice, "strangers": strangers,
                                                        "under another number": wrong})
        if lost or twice or strangers or wrong or len(promised) < kills // 3:
            raise WentWrong(f"lost {lost}, twice {twice}, strangers {strangers}, under another number {wrong}, "
                            f"{len(promised)} promised")


def write_report(name, seed, kills, shown, violations):
    folder = PROGRAMS.parent / "faults"
    folder.mkdir(exist_ok=True)
    listed = [f"{what}: {each}" for what, several in violations.items() for each in several]
    (folder / f"{name}.json").write_text(json.dumps({"name": name, "seed": seed, "cells": kills,
                                                     "numbers_shown": shown, "violations": listed}) + "\n")


def all_kills():
    return int(os.environ.get("VAKANT_KILLS", "45"))


def random_kills():
    """random kills of kiosk and backend: nobody who saw a number is lost, nobody is twice"""
    kill_at_random("random_kills", all_kills())


def random_kills_on_postgres():
    """the same with the agency's store in PostgreSQL"""
    postgres = os.environ.get("VAKANT_TEST_POSTGRES")
    if not postgres:
        raise WentWrong("VAKANT_TEST_POSTGRES names no cluster: run this by tests/agency/with_postgres.py")
    kill_at_random("random_kills_on_postgres", max(1, all_kills() // 9), postgres)


if __name__ == "__main__":
    run_cases({"random_kills": random_kills, "random_kills_on_postgres": random_kills_on_postgres}, usual=["random_kills"])
