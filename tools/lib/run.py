"""tools/run after the build: the main job by itself (once), or an agency and a kiosk for people (open)."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from agency import Agency
from main_job import MainJob, Person
from walk import ROOT, Display, Kiosk, WentWrong

sys.path.insert(0, str(ROOT / "tests" / "flows"))
from wire import Wire  # noqa: E402  (the cable: a proxy that can be cut)

SCREENSHOTS = ROOT / "build" / "screenshots"


def once(given):
    """Exit code 0 only if everything arrived intact."""
    for old in SCREENSHOTS.glob("*.png"):
        old.unlink()
    display = agency = kiosk = None
    number = 0

    def say(what):
        nonlocal number
        number += 1
        print(f"{number:2}. {what}", flush=True)

    outcome = {"ok": False, "screenshots": str(SCREENSHOTS)}
    folder = Path(tempfile.mkdtemp(prefix="vakant-run-"))
    try:
        display = Display()
        agency = Agency(given.bin, folder / "agency")
        report = agency.prepare()[0]
        agency.serve()
        say(f"a throw-away agency: {report['added']} demo vacancies, keys and certificates in {folder}")
        wire = Wire(agency.port)
        kiosk = Kiosk(display, given.bin, folder / "kiosk", ["--backend", f"https://localhost:{wire.port}",
                                                             "--authority", agency.authority], screenshots=SCREENSHOTS)
        kiosk.start()
        job = MainJob(agency, kiosk, Person(), wire=wire, say=say)
        job.run()
        outcome.update(ok=True, reference=job.reference, pictures=[str(path) for path in job.pictures])
    except WentWrong as wrong:
        outcome["reason"] = str(wrong)
        print(f"FAILED: {wrong}", flush=True)
        if kiosk and kiosk.process and kiosk.process.poll() is None:
            print(f"the screen then: {display.screenshot(SCREENSHOTS / 'failed.png')}", flush=True)
        print(f"data and logs: {folder}", flush=True)
    finally:
        for program in (kiosk, agency):
            if program:
                program.stop(signal.SIGKILL)
        if display:
            display.close()
    print(f"screenshots: {SCREENSHOTS}/*.png", flush=True)
    if outcome["ok"]:
        shutil.rmtree(folder)
        print("everything arrived, exactly once", flush=True)
    if given.json:
        print(json.dumps(outcome, ensure_ascii=False))
    return 0 if outcome["ok"] else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=["once", "open"])
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--windowed")
    given = parser.parse_args()
    if given.mode == "once":
        return once(given)
    from open_kiosk import open_kiosk
    return open_kiosk(given)


if __name__ == "__main__":
    sys.exit(main())
