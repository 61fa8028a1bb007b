"""The screen is off: a person hears what the kiosk says and presses the keys of the keypad, nothing else. The real
programs, and espeak-ng's real sound; what is said is read from the log of utterances, the screen by nobody. Pictures
are taken for people who look at the walk afterwards."""

import tempfile
import wave
from pathlib import Path

from house import House, MainJob, Person, WentWrong, must, run_cases, wait_until

NEXT, SELECT, LISTEN = "Tab", "Return", "F3"
QUIETEST = 1000  # of 32767, of the loudest sample
LETTERS = {letter: (row, column) for row, letters in enumerate(("qwertyuiopå", "asdfghjklöä", "zxcvbnm"))
           for column, letter in enumerate(letters)}


class Listener:
    """What was said since the last key, and keys."""

    def __init__(self, job):
        self.job, self.kiosk = job, job.kiosk
        self.before = 0
        self.trace = []

    def utterances(self):
        return [one["text"] for one in self.kiosk.control.ask(do="speech")["utterances"]]

    def press(self, key):
        self.before = len(self.utterances())
        self.kiosk.press(key)
        self.trace.append((key, self.heard()))

    def heard(self):
        return self.utterances()[self.before:]

    def last(self):
        """All of what the last key made it say: a text is cut where its language changes."""
        return " ".join(self.heard())

    def expect(self, words):
        if not any(words in one for one in self.heard()):
            raise WentWrong(f"{words!r} was not said, but: {self.heard()}")

    def find(self, words):
        """Next, until what is said begins with the words."""
        for _ in range(80):
            if self.last().lower().startswith(words.lower()):
                return
            self.press(NEXT)
        raise WentWrong(f"{words!r} is not heard on this page; last: {self.last()!r}")

    def choose(self, words):
        self.press(NEXT)
        self.find(words)
        self.press(SELECT)

    def write(self, field, letters):
        """With the keyboard of the screen, whose rows are as on every keyboard of that language; capital letters come
        by themselves."""
        self.choose(field)
        for letter in letters:
            self.steer_to(letter)
            self.press(SELECT)
        self.find("Valmis")
        self.press(SELECT)

    def steer_to(self, letter):
        """From the key that was heard last, by arrows; a number's keys lie one after the other."""
        for _ in range(40):
            here = self.last().lower()
            if here == letter:
                return
            if here not in LETTERS or letter not in LETTERS:
                self.press(NEXT)
                continue
            (row, column), (to_row, to_column) = LETTERS[here], LETTERS[letter]
            if row != to_row:
                self.press("Down" if to_row > row else "Up")
            else:
                self.press("Right" if to_column > column else "Left")
        raise WentWrong(f"no key {letter!r} is heard; last: {self.last()!r}")


def check_sounds(folder, person):
    """Whatever was said could be heard: espeak-ng wrote a sound for it, and none is silence. A sound that the next key
    cut off before it began is none."""
    files = sorted(folder.glob("*.wav"))
    silent = []
    for path in files:
        with wave.open(str(path), "rb") as sound:
            samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
            if max(map(abs, samples), default=0) < QUIETEST:
                silent.append(path.name)
    said = person.utterances()
    if silent or len(files) < 0.9 * len(said):
        raise WentWrong(f"{len(said)} texts were said, {len(files)} sounds are there; silent ones: {silent}")
    print(f"{len(person.trace)} keys, {len(said)} texts said")


def finnish_with_the_screen_off():
    """in Finnish, by hearing and the keypad alone: a vacancy is found and applied for, the number is heard"""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sound = folder / "sound"
        sound.mkdir()
        settings = folder / "kiosk.toml"
        settings.write_text('[speech]\nheard_by = "headset"\n', encoding="utf-8")
        with House("finnish_with_the_screen_off", kiosk_arguments=["--config", settings,
                                                                   "--speech-output", sound]) as house:
            job = MainJob(house.agency, house.kiosk, Person(seed="ear"), wire=house.wire)
            job.enrol()
            job.mirror()
            person = Listener(job)
            number = apply_by_ear(job, person)
            wait_until("the outbox to be empty", lambda: job.outbox()["queued"] == 0, 120)
            candidates = house.agency.candidates()
            must("numbers", [one["reference"] for one in candidates], [number])
            answers = candidates[0]["registrations"][0]["answers"]
            must("name", [answers["given_names"], answers["family_name"]], ["Eeva", "Mäki"])
            must("telephone", answers["telephone"], "0401234567")
            check_sounds(sound, person)


def spelled(words):
    """"Numerosi, B H X, 0 0 0 1, D." as it is written: BHX-0001-D."""
    said = words.split("Numerosi, ", 1)
    if len(said) != 2:
        raise WentWrong(f"no number is heard: {words}")
    return said[1].split(".", 1)[0].replace(" ", "").replace(",", "-")


def apply_by_ear(job, person):
    person.press(LISTEN)
    person.choose("Suomi")
    job.picture("home")
    person.expect("Tervetuloa. Mitä etsit?")
    person.choose("Selaa työpaikkoja")
    person.write("Hae sanalla", "siivo")
    job.picture("vacancies")
    person.choose("Siivooja")
    job.picture("vacancy")
    person.choose("Hae tätä paikkaa")
    person.expect("Ennen kuin haet")
    job.picture("notice")
    person.choose("Ymmärrän, aloita")
    person.write("Etunimi", "eeva")
    person.expect("Eeva")
    person.write("Sukunimi", "mäki")
    job.picture("name")
    person.choose("Seuraava")
    person.choose("Puhelin")
    person.write("Puhelinnumero", "0401234567")
    for _ in range(25):
        if any("Tarkista vastauksesi" in words for words in person.heard()):
            break
        person.choose("Seuraava")
    person.expect("Eeva")
    job.picture("review")
    person.choose("Lähetä")
    job.picture("thanks")
    return spelled(person.last())



if __name__ == "__main__":
    run_cases({case.__name__: case for case in (finnish_with_the_screen_off,)})
