// Parking a form and taking it up, on the store's thread. Inside kiosk/app.
#pragma once

#include "core/base/random.h"
#include "kiosk/app/workers.h"
#include "sync/parked_forms.h"

namespace vakant {

/// Makes the code, which is nowhere but in the answer.
Result<event::Parked> park_form(ParkedForms& forms, Random& random, job::ParkForm& what);
Result<event::TakenUp> take_up_form(ParkedForms& forms, job::TakeUpForm& what);

/// What the slip's QR code holds.
std::string parking_code_text(std::string_view code);

} // namespace vakant
