// The page of an own order, "vacancy.short", that closes in a minute and a half: somebody has it open
// meanwhile.
#pragma once

#include "tests/fakes/kiosk_stage.h"

namespace vakant {

inline void open_closing_vacancy(KioskStage& stage) {
    Vacancy vacancy = demo_vacancy("short", "Siivooja", true);
    vacancy.deadline = DeadlineKind::on_date;
    vacancy.deadline_at = stage.clock.wall_ms() + 90'000;
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.press("browse");
    stage.press("vacancy.short");
}

} // namespace vakant
