"""PostgreSQL's own dump is put back by its own tools, and then `restore --in-place`: what was delivered after the dump
comes again from the kiosk, once, with nobody's help."""

import os
import subprocess
import sys
from pathlib import Path

from house import House, MainJob, Person, WentWrong, run_cases, wait_until
from kills_test import fill_in, send_and_read_number

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "agency"))
import with_postgres  # noqa: E402


def postgres_tool(name, *arguments):
    done = subprocess.run([str(with_postgres.programs() / name), *map(str, arguments)], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise WentWrong(f"{name}: {done.stderr.strip()}")
    return done.stdout


def register(house, name):
    fill_in(house.kiosk, name)
    reference = send_and_read_number(house.kiosk)
    if not reference:
        raise WentWrong(f"{name} saw no number")
    house.kiosk.tap("finish")
    house.kiosk.wait_page("attract", 20)
    return reference


def held_by(agency):
    """Name by reference number."""
    return {candidate["reference"]: registration["answers"]["given_names"] for candidate in agency.candidates()
            for registration in candidate["registrations"]}


def dump_is_put_back():
    """a PostgreSQL dump is put back by PostgreSQL's tools: what came after it comes again"""
    postgres = os.environ.get("VAKANT_TEST_POSTGRES")
    if not postgres:
        raise WentWrong("VAKANT_TEST_POSTGRES names no cluster: run this by tests/agency/with_postgres.py")
    with House("dump_is_put_back", postgres=postgres) as house:
        agency = house.agency
        job = MainJob(agency, house.kiosk, Person(seed=7), wire=house.wire)
        job.enrol()
        job.mirror()
        before = {register(house, "Aino"): "Aino"}
        wait_until("the first one to arrive", lambda: held_by(agency) == before, 60)

        position = agency.run("backup", "--position")["position"]
        dump = house.folder / "store.dump"
        postgres_tool("pg_dump", "--format=custom", "--file", dump, postgres)
        if "TABLE DATA" not in postgres_tool("pg_restore", "--list", dump):
            raise WentWrong("the dump holds no rows")
        agency.run("backup", "--noted", position)

        both = {**before, register(house, "Bertta"): "Bertta"}
        wait_until("the second one to arrive", lambda: held_by(agency) == both, 60)

        agency.stop()
        postgres_tool("pg_restore", "--clean", "--if-exists", "--exit-on-error", "--dbname", postgres, dump)
        if held_by(agency) != before:
            raise WentWrong("the dump was not put back")  # or what follows would show nothing
        epoch = agency.run("restore", "--in-place")["epoch"]
        agency.serve(agency.port)
        wait_until("the second one to come again", lambda: held_by(agency) == both, 300)
        print(f"put back to {position}, epoch {epoch}: {len(both)} registrations, each once")


if __name__ == "__main__":
    run_cases({"dump_is_put_back": dump_is_put_back})
