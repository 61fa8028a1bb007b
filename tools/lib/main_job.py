"""The main job, step by step, through the real programs: enrol, mirror, cable out, browse, register, typing test,
kill, cable in, and exactly what was typed at the agency exactly once. tools/run --once shows it; tests/flows runs
it by touch, by keypad alone, and with the language switched in the middle.
"""

import json
import random
import time

from walk import ROOT, WentWrong, wait_until


class Person:
    """What somebody answers. The canary is a name that must never be found in clear anywhere."""

    def __init__(self, seed=None):
        chance = random.Random(seed)
        self.canary = "".join(chance.choice("bdgkmnprstv") + chance.choice("aeiou") for _ in range(7)).capitalize()
        self.given_names = "Aino Maria"
        self.family_name = self.canary
        self.telephone = "0401234567"
        self.done_before = "some"
        self.right_to_work = "citizen"
        self.start = "now"
        self.adjustments = ["breaks", "quiet"]
        self.talent_pool = True

    def answers(self):
        return {"given_names": self.given_names, "family_name": self.family_name, "contact_way": "telephone",
                "telephone": self.telephone, "done_before": self.done_before, "right_to_work": self.right_to_work,
                "start": self.start, "adjustments": self.adjustments}


class Touch:
    """Fingers alone."""

    def __init__(self, kiosk):
        self.press = kiosk.tap
        self.write = kiosk.touch_in
        # The passage of a typing test takes letters without being asked.
        self.begin_typing = lambda key: None


class Keypad:
    """Next, select and arrows alone."""

    def __init__(self, kiosk):
        self.press = kiosk.choose
        self.write = kiosk.keypad_in
        # Whoever goes about by keys may need the letters for that: they are typed where the focus is.
        self.begin_typing = kiosk.focus_on


class MainJob:
    """One run. `say(what)` is called for each step; `switch_to` names a language to change to inside the form."""

    def __init__(self, agency, kiosk, person, hands=Touch, language="fi", switch_to=None, wire=None, say=print):
        self.agency, self.kiosk, self.person = agency, kiosk, person
        self.hands = hands(kiosk)
        self.language, self.switch_to, self.say = language, switch_to, say
        self.wire = wire
        self.pictures = []
        self.reference = ""
        self.typed = ""
        self.passage = ""

    def run(self):
        self.enrol()
        self.mirror()
        self.cut_off()
        self.browse()
        self.register()
        self.typing_test()
        self.kill_and_restart()
        self.cable_in()
        return self.check_arrived()

    def picture(self, name):
        path = self.kiosk.screenshot(f"{len(self.pictures) + 1:02}-{name}")
        if path:
            self.pictures.append(path)

    # ---- before the person comes

    def enrol(self):
        """The code goes to the desk, the six words are compared at both ends."""
        self.kiosk.wait_page("enrolment", 20)
        code = wait_until("the kiosk's code", lambda: self.code())
        self.picture("enrolment-code")
        desk = self.agency.begin_approval(code)
        words = wait_until("the six words at the kiosk", lambda: self.words())
        self.picture("enrolment-words")
        if words != desk.words:
            raise WentWrong(f"the kiosk shows {words}, the desk {desk.words}")
        self.kiosk.tap("same")
        desk.confirm()
        self.kiosk.node("go", 30)
        self.kiosk.tap("go")
        self.kiosk.wait_page("attract")
        self.say(f"enrolled with code {code}; kiosk and desk showed: {' '.join(words)}")

    def code(self):
        node = self.kiosk.find("code")
        return (node["value"] or node["name"]) if node else None

    def words(self):
        node = self.kiosk.find("words")
        text = (node["value"] or node["name"]) if node else ""
        return "".join(c if c.isalpha() or c == "-" else " " for c in text).split()

    def mirror(self):
        """Everything that the agency shows is on the board."""
        expected = len(self.agency.vacancies())

        def all_there():
            board = self.kiosk.control.ask(do="status").get("board")
            return board and board["own"] + board["others"] == expected

        wait_until(f"{expected} vacancies on the board", all_there, 60)
        self.picture("attract")
        self.say(f"{expected} vacancies are on the board")

    def cut_off(self):
        self.wire.set_mode("cut")
        self.agency.kill()
        self.say("the cable is out and the backend is gone (kill -9)")

    # ---- the person

    def browse(self):
        press, kiosk = self.hands.press, self.kiosk
        press("start")
        kiosk.wait_page("home")
        if self.language != "fi":
            self.choose_language(self.language)
        self.picture("home")
        self.look_for_work()

    def look_for_work(self):
        """From the home page to the vacancy that is applied for."""
        press, kiosk = self.hands.press, self.kiosk
        press("browse")
        kiosk.wait_page("vacancies.list")
        cards = wait_until("cards on the list", self.cards)
        self.picture("vacancies")
        self.look_elsewhere()
        goal = self.agency.search_goal()
        self.hands.write("search", goal.words)
        wait_until(f'"{goal.words}" to find {goal.id}', lambda: f"vacancy.{goal.id}" in self.cards())
        self.picture("search")
        found = len(self.cards())
        press(f"vacancy.{goal.id}")
        kiosk.wait_page("vacancies.page")
        kiosk.node("apply")
        self.picture("vacancy")
        self.goal = goal
        self.say(f'{len(cards)} cards; "{goal.words}" leaves {found}; opened "{kiosk.text("title")}"')

    def look_elsewhere(self):
        """Somebody else's advertisement says whose it is and offers no application to this agency."""
        press, kiosk = self.hands.press, self.kiosk
        others = {f"vacancy.{v['id']}" for v in self.agency.vacancies_known if not v.get("apply_at_kiosk")}
        if not others:
            return
        press("others")
        shown = wait_until("the others' cards", lambda: set(self.cards()) & others and self.cards())
        if not set(shown) <= others:
            raise WentWrong(f"the agency's own among the others': {set(shown) - others}")
        press(shown[0])
        kiosk.wait_page("vacancies.page")
        kiosk.node("whose")
        kiosk.node("tell")
        if kiosk.find("apply"):
            raise WentWrong("somebody else's advertisement can be applied for")
        self.picture("elsewhere")
        press("back")
        kiosk.wait_page("vacancies.list")
        press("own")
        self.say(f"{len(others)} advertisements of others, each with its owner and no application here")

    def cards(self):
        return [node["key"] for node in self.kiosk.tree()["nodes"] if node["key"].startswith("vacancy.")]

    def choose_language(self, language):
        key = f"language.{language}"
        if not self.kiosk.find(key):  # where there is no room for all of them they stand in a menu
            self.hands.press("languages.open")
        self.hands.press(key)
        wait_until(f"the page in {language}", lambda: self.kiosk.tree()["language"] == language)

    def register(self):
        press, write, kiosk, person = self.hands.press, self.hands.write, self.kiosk, self.person
        press("apply")
        kiosk.wait_page("registration.notice")
        self.picture("notice")
        press("next")
        kiosk.wait_page("registration.form")
        write("field.given_names", person.given_names)
        write("field.family_name", person.family_name)
        self.picture("registration")
        if self.switch_to:
            self.choose_language(self.switch_to)
            kiosk.expect_value("field.given_names", person.given_names)
            kiosk.expect_value("field.family_name", person.family_name)
            self.picture(f"registration-{self.switch_to}")
        press("next")
        press("field.contact_way.telephone")
        write("field.telephone", person.telephone)
        press("next")
        press(f"field.done_before.{person.done_before}")
        press("next")
        press(f"field.right_to_work.{person.right_to_work}")
        press("next")
        press(f"field.start.{person.start}")
        press("next")
        press("next")  # languages: nothing said
        self.picture("jobs")
        press("next")  # and no jobs
        self.tick("field.adjustments", person.adjustments)
        press("next")
        kiosk.wait_page("registration.consents")
        consent = kiosk.node("consent.talent_pool")
        if consent.get("checked"):
            raise WentWrong("the consent to the talent pool was ticked before anybody touched it")
        if person.talent_pool:
            press("consent.talent_pool")
        self.picture("consents")
        press("next")
        kiosk.wait_page("registration.review")
        self.picture("review")
        press("send")
        kiosk.wait_page("registration.thanks")
        self.reference = self.number()
        self.picture("thanks")
        self.say(f"registered without a network, number {self.reference}")

    def tick(self, group, values):
        for value in values:
            self.hands.press(f"{group}.{value}")
            if not self.kiosk.node(f"{group}.{value}").get("checked"):
                raise WentWrong(f"{group}.{value} is not ticked after it was pressed")

    def number(self):
        node = self.kiosk.node("reference")
        return (node["value"] or node["name"]).strip("\u2066\u2067\u2068\u2069 ")

    def typing_test(self):
        """With one slip that is corrected and one that is not; the clock of the test is moved on, not waited for."""
        press, kiosk = self.hands.press, self.kiosk
        test = json.loads((ROOT / "assets" / "skills" / f"typing-{self.language_now()}.json").read_text())
        press("typing")
        kiosk.wait_page("skills.intro")
        press(f"test.typing-{self.language_now()}")
        self.hands.begin_typing("practice")
        kiosk.type(test["practice"][:12])
        self.picture("typing-practice")
        press("start")
        kiosk.wait_page("skills.typing")
        self.passage = test["passage"][:120]
        right = self.passage
        self.typed = right[:30] + "x\b" + right[30:60] + ("z" if right[60] != "z" else "y") + right[61:]
        self.hands.begin_typing("passage")
        kiosk.type(self.typed)
        wait_until("every key on the screen", lambda: kiosk.settle() and self.is_typed())
        self.picture("typing")
        kiosk.control.ask(do="advance", ms=1000 * test["seconds"])
        kiosk.wait_page("skills.result", 20)
        self.seconds = test["seconds"]
        wait_until("the result to be kept", lambda: kiosk.find("reference"))
        if self.number() != self.reference:
            raise WentWrong(f"the result has number {self.number()}, the registration {self.reference}")
        self.picture("result")
        self.say(f"typing test taken: {len(self.typed)} keys")

    def language_now(self):
        language = self.kiosk.tree()["language"]
        return language if language in ("fi", "en") else "en"

    def is_typed(self):
        node = self.kiosk.find("passage")
        return node is not None and len(node.get("value", "")) >= len(self.typed.replace("x\b", ""))

    # ---- after Send, before delivery

    def kill_and_restart(self):
        queued = self.outbox()["queued"]
        if queued != 2:
            raise WentWrong(f"{queued} items are queued instead of a registration and a result")
        self.kiosk.kill()
        self.say("the kiosk was killed (kill -9) with both waiting in its outbox")
        self.kiosk.start()
        self.kiosk.wait_page("attract", 20)
        wait_until("the two items to be in the outbox again", lambda: self.outbox()["queued"] == 2)
        self.picture("after-the-restart")
        self.say("restarted: both are still there, and nobody's data is on the screen")

    def outbox(self):
        return self.kiosk.control.ask(do="status")["outbox"]

    def cable_in(self):
        self.agency.serve(self.agency.port)
        self.wire.set_mode("through")
        begin = time.monotonic()

        def delivered():
            self.kiosk.is_alive()
            queue = self.outbox()
            return queue["queued"] == 0 and queue["blocked"] + queue["quarantined"] == 0

        wait_until("the outbox to be empty", delivered, 300)
        self.say(f"the cable is in again; delivered after {time.monotonic() - begin:.1f} s")

    def check_arrived(self):
        """One candidate, the exact answers, one recomputed result, nothing twice."""
        candidates = self.agency.candidates()
        must("candidates", len(candidates), 1)
        candidate = candidates[0]
        must("reference", candidate["reference"], self.reference)
        must("source", candidate["source"], "walk-in")
        must("flags", candidate["flags"], [])
        must("registrations", len(candidate["registrations"]), 1)
        registration = candidate["registrations"][0]
        must("answers", registration["answers"], self.person.answers())
        must("application", registration["application"], True)
        must("vacancy", registration["vacancy"], self.goal.id)
        must("problems", registration["problems"], [])
        must("consents", {c["purpose"]: c["given"] for c in registration["consents"]},
             {"ask_before_each_employer": True, "talent_pool": self.person.talent_pool, "keep_longer": False})
        must("results", len(candidate["results"]), 1)
        result = candidate["results"][0]
        must("recomputed by the backend", result["recomputed"], True)
        must("flag of the result", result["flag"], "")
        must("keys of the result", result["keys"], len(self.typed))
        must("metrics", result["metrics"], self.agency.recompute(self.passage, self.typed, self.seconds))
        self.say(f"the agency has {self.reference} exactly once, with the exact answers and the recomputed result")
        return candidate


def must(what, found, expected):
    if found != expected:
        raise WentWrong(f"{what}: {json.dumps(found, ensure_ascii=False)} instead of "
                        f"{json.dumps(expected, ensure_ascii=False)}")
