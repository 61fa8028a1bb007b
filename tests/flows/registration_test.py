"""Registering through the real window: the full form as different people fill it in, and a short form at a stand that
is taken back again with the slip's code. Every page leaves a picture in build/screenshots."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

from house import ROOT, House, MainJob, Person, WentWrong, must, run_cases, wait_until
from main_job import Keypad, Touch

BOUNDS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c "))


class Office:
    """A house whose kiosk has a printer that keeps what it prints, and the settings given."""

    def __init__(self, name, settings=""):
        self.name, self.settings = name, settings

    @contextlib.contextmanager
    def open(self):
        with tempfile.TemporaryDirectory(prefix="vakant-printer-") as folder:
            self.printed = Path(folder) / "printed"
            self.printed.mkdir()
            for command, does in (("lpstat", "echo printer desk is idle"),
                                  ("lp", f'cat >"$(mktemp {self.printed}/XXXXXX.pdf)"')):
                script = Path(folder) / command
                script.write_text(f"#!/bin/sh\n{does}\n")
                script.chmod(0o755)
            settings = Path(folder) / "kiosk.toml"
            settings.write_text(f'{self.settings}\n[printer]\nqueue = "desk"\n')
            usual = os.environ["PATH"]
            os.environ["PATH"] = f"{folder}:{usual}"
            try:
                with House(self.name, kiosk_arguments=["--config", settings]) as house:
                    yield house
            finally:
                os.environ["PATH"] = usual

    def slip(self):
        """The words of the one slip that was printed; its picture lies among the others."""
        files = list(self.printed.glob("*.pdf"))
        must("slips printed", len(files), 1)
        subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", files[0],
                        ROOT / "build" / "screenshots" / self.name / "slip"], check=True)
        words = subprocess.run(["pdftotext", files[0], "-"], check=True, capture_output=True, text=True).stdout
        return words.translate(BOUNDS)


class Somebody:
    """One person at the kiosk. `answers` are pressed or written on whichever page shows them, in this order."""

    def __init__(self, job, language="fi"):
        self.job, self.kiosk, self.language = job, job.kiosk, language
        self.press, self.write = job.hands.press, job.hands.write
        self.pages = 0

    def picture(self):
        self.pages += 1
        self.job.picture(self.kiosk.page())

    def come(self):
        self.press("start")
        self.kiosk.wait_page("home")
        if self.language != "fi":
            self.job.choose_language(self.language)

    def with_largest_text(self):
        """1, 1.33, 1.75. Headings grow less where the screen is low for them: what is read grows."""
        before = self.kiosk.node("lead")["rect"][3]
        self.press("bar.text_size")
        self.press("bar.text_size")
        if self.kiosk.node("lead")["rect"][3] < 1.7 * before:
            raise WentWrong("the text does not become largest")

    def begin(self):
        self.picture()
        self.press("register")
        self.kiosk.wait_page("registration.notice")
        self.picture()
        self.press("next")
        self.kiosk.wait_page("registration.form")

    def fill_in(self, written, chosen):
        """Page by page to the review; what was not asked on the way went wrong."""
        left = [*written, *chosen]
        for _ in range(30):
            # An answer may bring up another question.
            while here := next((key for key in left if self.kiosk.find(key)), None):
                if here in written:
                    self.write(here, written[here])
                else:
                    self.press(here)
                left.remove(here)
            self.picture()
            if self.kiosk.page() == "registration.review":
                break
            self.press("next")
        must("page after the form", self.kiosk.page(), "registration.review")
        must("never asked", left, [])

    def send(self, slip):
        self.press("send")
        self.kiosk.wait_page("registration.thanks")
        self.picture()
        number, code = self.job.number(), self.kiosk.text("secret").translate(BOUNDS)
        self.press("print")
        wait_until("the slip to be printed", lambda: self.kiosk.find("print.line"))
        self.kiosk.settle()
        words = slip()
        if number not in words or code.split("-")[0] not in words:
            raise WentWrong(f"{number} and its code do not stand on the slip: {words}")
        return number, code

    def take_back(self, number, code):
        self.come()
        self.press("slip")
        self.kiosk.wait_page("registration.slip")
        self.picture()
        self.press("withdraw")
        self.kiosk.wait_page("registration.withdraw")
        self.write("reference", number.replace("-", "").lower())
        self.write("code", code.replace("-", "").lower())
        self.picture()
        self.press("send")
        wait_until("the request to be kept", lambda: self.kiosk.find("finish"))
        self.picture()
        self.press("finish")
        self.kiosk.wait_page("attract")


def registered(name, person, written, chosen, hands=Touch, language="fi", largest=False):
    """The whole way from the attract page to the agency's list."""
    office = Office(name)
    with office.open() as house:
        job = MainJob(house.agency, house.kiosk, person, hands=hands, wire=house.wire, language=language)
        job.enrol()
        job.mirror()
        somebody = Somebody(job, language)
        somebody.come()
        if largest:
            somebody.with_largest_text()
        somebody.begin()
        somebody.fill_in(written, chosen)
        number, _ = somebody.send(office.slip)
        somebody.press("finish")
        wait_until("the outbox to be empty", lambda: job.outbox()["queued"] == 0, 120)
        candidates = house.agency.candidates()
        must("references", [one["reference"] for one in candidates], [number])
        registration = candidates[0]["registrations"][0]
        must("problems", registration["problems"], [])
        must("language", registration["language"], language)
        print(f"{somebody.pages} pages; pictures in build/screenshots/{name}")
        return registration


def ukrainian_by_touch():
    """in Ukrainian, by touch, in the person's own letters and the passport's"""
    answers = registered("ukrainian_by_touch", Person(seed="uk"), {
        "field.given_names": "Олена", "field.given_names_latin": "Olena",
        "field.family_name": "Мельник", "field.family_name_latin": "Melnyk",
        "field.telephone": "0401234567",
    }, ["field.contact_way.telephone", "field.fields.kitchen", "field.right_to_work.permit", "consent.talent_pool"],
        language="uk")["answers"]
    must("names", [answers[name] for name in ("given_names", "given_names_latin", "family_name", "family_name_latin")],
         ["Олена", "Olena", "Мельник", "Melnyk"])
    must("work", answers["fields"], ["kitchen"])


def finnish_by_keypad():
    """in Finnish, by keypad alone"""
    answers = registered("finnish_by_keypad", Person(seed="fi"), {
        "field.given_names": "Eeva", "field.family_name": "Mäki", "field.telephone": "0401234567",
    }, ["field.contact_way.telephone", "field.fields.care", "field.start.now"], hands=Keypad)["answers"]
    must("names", [answers["given_names"], answers["family_name"]], ["Eeva", "Mäki"])
    must("start", answers["start"], "now")


def arabic_at_largest_text():
    """in Arabic, at the largest text"""
    answers = registered("arabic_at_largest_text", Person(seed="ar"), {
        "field.given_names": "ليلى", "field.family_name": "حداد",
    }, ["field.contact_way.come_back", "field.fields.sales"], language="ar", largest=True)["answers"]
    must("names", [answers["given_names"], answers["family_name"]], ["ليلى", "حداد"])
    must("way", answers["contact_way"], "come_back")


def only_a_telephone():
    """somebody who has only a telephone, and answers nothing that is not required"""
    answers = registered("only_a_telephone", Person(seed="tel"), {
        "field.given_names": "Matti", "field.family_name": "Virta", "field.telephone": "0401234567",
    }, ["field.contact_way.telephone"], language="fi-simple")["answers"]
    must("everything that was sent", answers, {"given_names": "Matti", "family_name": "Virta",
                                               "contact_way": "telephone", "telephone": "0401234567"})


def files_with(folder, needle):
    return [str(path.relative_to(folder)) for path in folder.rglob("*")
            if path.is_file() and needle in path.read_bytes()]


def taken_back_at_a_stand():
    """the short form at a stand, taken back with the slip's code while the cable is out: the agency keeps the consents
    and nothing else"""
    office = Office("taken_back_at_a_stand", '[day]\nid = "autumn-fair-2026"')
    with office.open() as house:
        take_back_at_a_stand(office, house)


def take_back_at_a_stand(office, house):
    person = Person(seed="stand")
    job = MainJob(house.agency, house.kiosk, person, wire=house.wire)
    job.enrol()
    job.mirror()
    job.cut_off()
    somebody = Somebody(job)
    somebody.come()
    somebody.begin()
    somebody.fill_in({"field.given_names": "Aino", "field.family_name": person.canary},
                     ["field.contact_way.come_back", "field.fields.care", "consent.talent_pool"])
    number, code = somebody.send(office.slip)
    somebody.press("finish")
    house.kiosk.wait_page("attract")
    Somebody(job).take_back(number, code)
    must("waiting", job.outbox()["queued"], 2)
    house.kiosk.kill()
    house.kiosk.start()
    job.cable_in()
    candidates = house.agency.candidates()
    must("candidates", [(one["reference"], one["source"], one["withdrawn_at"] is None) for one in candidates],
         [(number, "day", False)])
    registration = candidates[0]["registrations"][0]
    must("day", registration["source_id"], "autumn-fair-2026")
    must("answers", registration["answers"], {})
    must("consents", {one["purpose"]: (one["given"], one["retention"]) for one in registration["consents"]},
         {"ask_before_each_employer": (True, "job-12-months"), "talent_pool": (True, "pool-24-months"),
          "public_employment_service": (False, "job-12-months")})
    house.agency.stop()
    must("files of the agency with the name", files_with(house.agency.data, person.canary.encode()), [])
    print(f"{number} was taken back; the agency has its consents alone")


if __name__ == "__main__":
    run_cases({case.__name__: case for case in (taken_back_at_a_stand, ukrainian_by_touch, finnish_by_keypad,
                                                arabic_at_largest_text, only_a_telephone)})
