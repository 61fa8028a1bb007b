#include "kiosk/app/parking.h"

#include <cstring>

#include "core/base/written_code.h"
#include "kiosk/app/slips.h"

namespace vakant {
namespace {

template <typename Text>
void overwrite(Text& text) {
    std::memset(text.data(), 0, text.size());
    asm volatile("" : : "r"(text.data()) : "memory");
}

} // namespace

std::string parking_code_text(std::string_view code) {
    return "vakant-form:" + std::string(code);
}

Result<event::Parked> park_form(ParkedForms& forms, Random& random, job::ParkForm& what) {
    Bytes code(parking_code_bytes);
    random.fill(code);
    const Outcome kept = forms.park(code, what.draft, what.now);
    overwrite(what.draft);
    event::Parked parked;
    parked.code = written_code(code);
    overwrite(code);
    if (!kept.ok()) return kept.error();
    parked.picture = picture_of(parking_code_text(parked.code));
    parked.until = what.now + parked_for_ms;
    parked.visit = what.visit;
    return parked;
}

Result<event::TakenUp> take_up_form(ParkedForms& forms, job::TakeUpForm& what) {
    auto draft = forms.take_up(what.code, what.now);
    overwrite(what.code);
    if (!draft.ok()) return draft.error();
    auto json = parse_json(*draft);
    overwrite(*draft);
    if (!json.ok()) return json.error();
    return event::TakenUp{std::move(*json), what.visit};
}

} // namespace vakant
