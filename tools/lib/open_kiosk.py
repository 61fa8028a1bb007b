"""tools/run with a display: an agency of its own in build/run, and the kiosk in front of a person."""

import os
import shutil
from types import SimpleNamespace

from agency import Agency
from walk import ROOT, Kiosk, WentWrong, wait_until

FOLDER = ROOT / "build" / "run"


def press(kiosk, key):
    """Through the control socket: the pointer on a person's own screen stays where it is."""
    kiosk.node(key, 30)
    kiosk.control.ask(do="activate", key=key)
    kiosk.settle()


def enrol(agency, kiosk):
    def asked(name):
        return kiosk.control.ask(do="status")[name]

    code = wait_until("the kiosk's code", lambda: asked("user_code"), 60)
    desk = agency.begin_approval(code)
    words = wait_until("the six words at the kiosk", lambda: asked("words"), 60)
    if words != desk.words:
        raise WentWrong(f"the kiosk shows {words}, the desk {desk.words}")
    press(kiosk, "same")
    desk.confirm()
    press(kiosk, "go")
    return words


def open_kiosk(given):
    """Until the kiosk is closed. The agency and what it received stay in build/run for the next time."""
    if given.fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    agency = Agency(given.bin, FOLDER / "agency")
    kiosk = None
    try:
        if not agency.authority.exists():
            agency.prepare()
        # The same port every time: the kiosk remembers nothing of where it was, but people may.
        agency.serve(agency.free_port(8443))
        display = SimpleNamespace(environment=dict(os.environ))
        kiosk = Kiosk(display, given.bin, FOLDER / "kiosk",
                      ["--backend", f"https://localhost:{agency.port}", "--authority", agency.authority],
                      size=given.windowed)
        kiosk.start()
        wait_until("the kiosk to know whether it is enrolled", lambda: status_known(kiosk), 60)
        if kiosk.control.ask(do="status")["enrolment"] != "done":
            words = enrol(agency, kiosk)
            print(f"enrolled; kiosk and desk showed the same six words: {' '.join(words)}", flush=True)
        print(f"the agency serves on https://localhost:{agency.port}; to see what arrived:\n"
              f"  {given.bin / 'vakant-agency'} --data {agency.data} candidates", flush=True)
        kiosk.process.wait()
        return 0
    except WentWrong as wrong:
        print(f"FAILED: {wrong}", flush=True)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for program in (kiosk, agency):
            if program:
                program.stop()


def status_known(kiosk):
    kiosk.is_alive()
    return kiosk.control.ask(do="status")["enrolment"] != "unknown"
