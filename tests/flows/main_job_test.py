"""The main job through the real window, in the ways in which people do it."""

from datetime import datetime, timezone

from house import REAL_ADS, House, MainJob, Person, run_cases
from main_job import Keypad, Touch


def job(name, jobtech=(), starts_at=None, **how):
    with House(name, jobtech=jobtech, starts_at=starts_at) as house:
        MainJob(house.agency, house.kiosk, Person(seed=name), wire=house.wire, **how).run()


def by_touch():
    """by touch, on the demo vacancies: one candidate with the exact answers, one result, nothing twice"""
    job("by_touch", hands=Touch)


def on_real_ads():
    """by touch, on real advertisements beside the agency's own, on a day when they were open"""
    if not all(path.exists() for path in REAL_ADS):
        print("skipped: no reference data")
        return
    job("on_real_ads", jobtech=REAL_ADS, starts_at=datetime(2020, 3, 2, 8, tzinfo=timezone.utc), hands=Touch)


def by_keypad():
    """by keypad alone: arrows, next, select and back"""
    job("by_keypad", hands=Keypad)


def language_switched():
    """in English, switched to Arabic in the middle of the form: the answers stay"""
    job("language_switched", hands=Touch, language="en", switch_to="ar")


def in_arabic():
    """in Arabic, by touch, with the keyboard on the screen switched to Latin letters for the name"""
    job("in_arabic", hands=Touch, language="ar")


if __name__ == "__main__":
    run_cases({case.__name__: case for case in (by_touch, on_real_ads, by_keypad, language_switched, in_arabic)})
