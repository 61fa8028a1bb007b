"""What every flow test stands on: a display, an agency with its backend, the cable, and a kiosk on the other end."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "lib"))

from agency import Agency  # noqa: E402
from main_job import MainJob, Person, must  # noqa: E402,F401
from walk import Display, Kiosk, WentWrong, wait_until  # noqa: E402,F401
from wire import Wire  # noqa: E402

PROGRAMS = Path(os.environ.get("VAKANT_BIN_DIR", ROOT / "build" / "release" / "bin"))
REFERENCE_DATA = ROOT.parent / "shared" / "data"
REAL_ADS = [REFERENCE_DATA / "vacancies" / "se" / name for name in ("jobstream_delta_2020.json",
                                                                   "jobsearch_ad_2024.json")]


class House:
    """`with House("name") as house`: everything runs, the kiosk is at its enrolment page. The folder is kept where
    the test failed, and named."""

    def __init__(self, name, jobtech=(), starts_at=None, kiosk_arguments=(), postgres="",
                 screen=(1920, 1080)):
        self.postgres, self.screen = postgres, screen
        self.name, self.jobtech, self.starts_at, self.kiosk_arguments = name, jobtech, starts_at, kiosk_arguments
        self.folder = Path(tempfile.mkdtemp(prefix=f"vakant-{name}-"))
        self.display = self.agency = self.kiosk = self.wire = None

    def __enter__(self):
        self.display = Display(*self.screen)
        self.agency = Agency(PROGRAMS, self.folder / "agency", starts_at=self.starts_at, postgres=self.postgres)
        self.agency.prepare(jobtech=self.jobtech)
        self.agency.serve()
        self.wire = Wire(self.agency.port)
        address = f"https://localhost:{self.wire.port}"
        arguments = ["--backend", address, "--authority", self.agency.authority]
        self.kiosk = Kiosk(self.display, PROGRAMS, self.folder / "kiosk", [*arguments, *self.kiosk_arguments],
                           size="{}x{}".format(*self.screen), screenshots=ROOT / "build" / "screenshots" / self.name)
        self.kiosk.start()
        return self

    def __exit__(self, kind, wrong, _):
        if kind and self.kiosk and self.kiosk.process and self.kiosk.process.poll() is None:
            picture = self.display.screenshot(ROOT / "build" / "screenshots" / self.name / "failed.png")
            print(f"the screen then: {picture}")
        for part in (self.kiosk, self.agency):
            if part:
                part.kill()
        if self.wire:
            self.wire.close()
        if self.display:
            self.display.close()
        if kind:
            print(f"data and logs: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        return False


def run_cases(cases, usual=()):
    """Runs the functions named on the command line, or the usual ones, or all; prints what CTest shows."""
    wanted = sys.argv[1:] or list(usual or cases)
    failed = 0
    for name in wanted:
        print(f"== {name}: {cases[name].__doc__}", flush=True)
        try:
            cases[name]()
        except WentWrong as wrong:
            print(f"FAILED {name}: {wrong}", flush=True)
            failed += 1
    print(f"{len(wanted) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
