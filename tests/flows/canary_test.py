"""A name that was typed in the form stands in clear in no file, no log and no packet; and the search for it is shown
to find it where it may be."""


from house import House, MainJob, Person, WentWrong, must, run_cases, wait_until



def files_with(folder, needle):
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and needle in path.read_bytes():
            found.append(str(path.relative_to(folder)))
    return found


def spellings(name):
    """As UTF-8 and as UTF-16, in case a library keeps text that way."""
    return [name.encode(), name.encode("utf-16-le")]


def nowhere_in_clear():
    """while it waits in the outbox, after it was delivered, in the log, and on the wire"""
    with House("canary") as house:
        job = MainJob(house.agency, house.kiosk, Person(seed="canary"), wire=house.wire)
        job.enrol()
        job.mirror()
        job.cut_off()
        job.browse()
        job.register()
        job.typing_test()
        kiosk_folder = house.kiosk.data.parent
        for needle in spellings(job.person.canary) + spellings(job.person.telephone):
            must(f"files with the person in clear while queued ({needle!r})",
                 [path for path in files_with(kiosk_folder, needle)], [])
        job.kill_and_restart()
        job.cable_in()
        job.check_arrived()
        for needle in spellings(job.person.canary) + spellings(job.person.telephone):
            must("files of the kiosk with the person in clear", files_with(house.kiosk.data, needle), [])
            must("the kiosk's log", needle in house.kiosk.log.read_bytes(), False)
            must("the backend's log", needle in house.agency.log.read_bytes(), False)
            must("packets with the person in clear", needle in bytes(house.wire.recorded), False)
        # The control: opened registrations are clear at the backend (ARCHITECTURE.md says so), and the search finds them.
        if not files_with(house.agency.data, job.person.canary.encode()):
            raise WentWrong("the search for the canary does not even find it in the backend's store")


def captive_portal_delivers_nothing():
    """an unsigned "200 OK" from a captive portal moves nothing, and everything arrives when it is gone"""
    with House("portal") as house:
        job = MainJob(house.agency, house.kiosk, Person(seed="portal"), wire=house.wire)
        job.enrol()
        job.mirror()
        house.wire.set_mode("cut")
        job.browse()
        job.register()
        house.wire.set_mode("portal")
        for _ in range(3):
            house.kiosk.control.ask(do="advance", ms=300_000)
            house.kiosk.settle()
        must("queued behind the portal", job.outbox()["queued"], 1)
        must("delivered behind the portal", job.outbox()["delivered"], 0)
        house.wire.set_mode("through")
        house.kiosk.control.ask(do="advance", ms=300_000)
        wait_until("the outbox to be empty", lambda: job.outbox()["queued"] == 0, 120)
        must("candidates", [c["reference"] for c in house.agency.candidates()], [job.reference])


if __name__ == "__main__":
    run_cases({case.__name__: case for case in (nowhere_in_clear, captive_portal_delivers_nothing)})
