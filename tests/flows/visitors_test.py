"""The kiosk as people who are new to it use it: with large letters on a tall screen, in a hurry and with the power
failing, with a hand that trembles, and gone without a word. Pictures of each walk lie in build/screenshots."""

import re

from house import House, MainJob, Person, WentWrong, must, run_cases, wait_until
from main_job import Touch

TREMBLE_MS = 180  # between the two strikes of a hand that trembles
IDLE_MS = 160_000  # longer than the idle time and its warning together


def job_in(house, name, **how):
    job = MainJob(house.agency, house.kiosk, Person(seed=name), wire=house.wire, **how)
    job.enrol()
    job.mirror()
    return job


def deliver(job):
    wait_until("the outbox to be empty", lambda: job.outbox()["queued"] == 0, 120)


def registrations(house):
    return [(candidate["reference"], registration["answers"]) for candidate in house.agency.candidates()
            for registration in candidate["registrations"]]


def largest_text_in_portrait():
    """the whole job at the largest text on a portrait screen"""
    with House("largest_text_in_portrait", screen=(1080, 1920)) as house:
        job = job_in(house, "largest_text_in_portrait")
        kiosk = house.kiosk
        kiosk.tap("start")
        kiosk.wait_page("home")
        for _ in range(2):  # from the usual size to the largest
            kiosk.tap("bar.text_size")
        job.picture("home")
        job.look_for_work()
        job.register()
        deliver(job)
        must("what arrived", registrations(house), [(job.reference, job.person.answers())])


class TremblingHand(Touch):
    """Every touch falls twice, and the next one comes a while later; the filter for such hands is on."""

    def __init__(self, kiosk):
        super().__init__(kiosk)

        def press(key):
            kiosk.control.ask(do="advance", ms=1000)
            kiosk.tap(key, times=2, between_ms=TREMBLE_MS)

        self.press = press


def slow_and_trembling():
    """with a hand that strikes every button twice: nothing is pressed that nobody meant"""
    with House("slow_and_trembling") as house:
        job = job_in(house, "slow_and_trembling")
        kiosk = house.kiosk
        kiosk.tap("start")
        kiosk.wait_page("home")
        kiosk.tap("bar.help")
        kiosk.tap("double_strike")
        job.picture("help")
        kiosk.tap("back")
        kiosk.wait_page("home")
        job.hands = TremblingHand(kiosk)
        job.look_for_work()
        job.register()
        deliver(job)
        must("what arrived", registrations(house), [(job.reference, job.person.answers())])


def in_a_hurry_with_a_crash():
    """the kiosk dies in the middle of a form: it comes back empty, and the second try takes as little as can be"""
    with House("in_a_hurry_with_a_crash") as house:
        job = job_in(house, "in_a_hurry_with_a_crash")
        kiosk, person = house.kiosk, job.person
        kiosk.tap("start")
        kiosk.tap("register")
        kiosk.tap("next")
        kiosk.tap("field.given_names")
        kiosk.type(person.given_names)
        job.picture("before-the-crash")
        kiosk.kill()
        kiosk.start()
        kiosk.wait_page("attract", 20)
        job.picture("after-the-crash")
        kiosk.tap("start")
        kiosk.tap("register")
        kiosk.tap("next")
        kiosk.expect_value("field.given_names", "")
        kiosk.tap("field.given_names")
        kiosk.type(person.given_names)
        kiosk.tap("field.family_name")
        kiosk.type(person.family_name)
        if kiosk.find("keyboard.ready"):
            kiosk.tap("keyboard.ready")
        job.picture("names")
        kiosk.tap("next")
        kiosk.tap("field.contact_way.come_back")
        pages = 0
        while kiosk.page() != "registration.review":
            kiosk.tap("next")
            pages += 1
            if pages > 20:
                raise WentWrong("the review is never reached")
        job.picture("review")
        kiosk.tap("send")
        kiosk.wait_page("registration.thanks")
        reference = job.number()
        job.picture("thanks")
        deliver(job)
        must("what arrived", registrations(house), [(reference, {
            "given_names": person.given_names, "family_name": person.family_name, "contact_way": "come_back"})])


def memory_with(process, needles):
    """Which of the needles stand anywhere in the memory of a process that can be written to."""
    found = set()
    with open(f"/proc/{process.pid}/maps", encoding="ascii") as maps, open(f"/proc/{process.pid}/mem", "rb") as memory:
        for line in maps:
            at = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not at:
                continue
            begin, end = int(at[1], 16), int(at[2], 16)
            memory.seek(begin)
            try:
                held = memory.read(end - begin)
            except (OSError, ValueError):
                continue
            found |= {name for name, needle in needles.items() if needle in held}
    return found


def gone_without_a_word():
    """somebody walks off in the middle of a form: after the warning nothing of them is in the kiosk's memory"""
    with House("gone_without_a_word") as house:
        job = job_in(house, "gone_without_a_word")
        kiosk, name = house.kiosk, job.person.canary
        needles = {coding: name.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le")}
        kiosk.tap("start")
        kiosk.tap("register")
        kiosk.tap("next")
        kiosk.tap("field.family_name")
        kiosk.type(name)
        kiosk.expect_value("field.family_name", name)
        # The control: as long as they are there, the search finds what they typed.
        if "utf-8" not in memory_with(kiosk.process, needles):
            raise WentWrong("the search does not even find the name while it stands on the screen")
        kiosk.control.ask(do="advance", ms=IDLE_MS)
        kiosk.settle()
        kiosk.control.ask(do="advance", ms=IDLE_MS)
        kiosk.wait_page("attract", 20)
        job.picture("attract")
        must("the name in the kiosk's memory, by encoding", sorted(memory_with(kiosk.process, needles)), [])


def gone_after_sending():
    """somebody sends a registration, hears it read aloud and goes: then nothing of them is in the kiosk's memory"""
    with House("gone_after_sending") as house:
        job = job_in(house, "gone_after_sending")
        kiosk, person = house.kiosk, job.person
        needles = {f"{what} {coding}": text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le")
                   for what, text in (("name", person.family_name), ("telephone", person.telephone))}
        job.browse()
        kiosk.tap("bar.listen")
        job.register()
        if "name utf-8" not in memory_with(kiosk.process, needles):
            raise WentWrong("the search does not even find the name while its slip is on the screen")
        deliver(job)
        kiosk.control.ask(do="advance", ms=IDLE_MS)
        kiosk.settle()
        kiosk.control.ask(do="advance", ms=IDLE_MS)
        kiosk.wait_page("attract", 20)
        must("what is left of the person in the kiosk's memory", sorted(memory_with(kiosk.process, needles)), [])


CASES = (largest_text_in_portrait, slow_and_trembling, in_a_hurry_with_a_crash, gone_without_a_word, gone_after_sending)

if __name__ == "__main__":
    run_cases({case.__name__: case for case in CASES})
