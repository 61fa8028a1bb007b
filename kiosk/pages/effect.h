// What App must do after a page's update: made by pages, run by App alone.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/json/json.h"
#include "core/skills/typing.h"
#include "core/vacancies/search.h"
#include "kiosk/pages/page_id.h"
#include "kiosk/pages/qr_picture.h"

namespace vakant {

/// A submission to one agency before it is sealed: everything but the reference number, which is only known
/// inside the finalising transaction.
struct Unsealed {
    std::string agency;
    std::string form_digest; ///< of the form or the test
    Json payload;
};

/// What is printed for a person, from top to bottom. App hands it to the printer's thread.
struct PrintedSlip {
    enum class Look { title, number, strong, body, small, rule, code };
    struct Block {
        Look look = Look::body;
        std::string text; ///< nothing for rule and code
    };
    std::string language;
    std::vector<Block> blocks;
    QrPicture code;
};

namespace effect {
struct GoTo {
    PageId page = PageId::home;
    PageArguments arguments;
    bool replace = false; ///< Back does not come back here
};
struct GoBack {};
/// Everything above the home page goes, then `page` is put on it.
struct StartOver {
    PageId page = PageId::home;
};
struct EndVisit {};
struct Search {
    VacancyQuery query;
};
struct LoadVacancy {
    std::string id;
    std::string agency = {}; ///< where it is known
};
struct Finalise {
    std::vector<Unsealed> submissions;
    std::string reference;     ///< one that this person already has, or ""
    bool is_anonymous = false; ///< no number and no secret go with it
    std::string ends_session;  ///< the test session that is over once this is kept, or ""
};
struct BeginTest {
    std::string test_json;
};
struct KeepKey {
    std::string session;
    TypedKey key;
    std::int64_t pressed_at_ms = 0; ///< monotonic
};
struct ForgetTest {
    std::string session;
};
struct ConfirmWords {
    bool same = false;
};
struct CheckStaffCode {
    std::string code;
};
struct SendNow {};
/// What the agency refused waits again.
struct TryAgain {};
/// The kiosk asks the agency for a code again, and goes on serving meanwhile.
struct EnrolAgain {};
/// What waits goes on the memory stick, answers that lie there are taken.
struct ExchangeStick {};
/// How the kiosk takes touches, moves and shows answers, until the visit ends: what is true is turned over.
struct ChangeEase {
    bool double_strike = false, less_motion = false, hides_answers = false;
};
/// The pages in another language, until somebody chooses another or the visit ends.
struct ShowLanguage {
    std::string language;
};
/// The form on the screen is sealed for a day under a code; where that works, the answers leave the memory.
struct ParkForm {};
/// A parked form is taken up with the code of its slip.
struct TakeUpForm {
    Bytes code;
};
/// What was sent under `reference` is taken back from these agencies with the secret of the slip.
struct Withdraw {
    std::vector<std::string> agencies;
    std::string reference, secret; ///< 32 hex digits
};
struct Print {
    PrintedSlip slip;
};
} // namespace effect

using Effect =
    std::variant<effect::GoTo, effect::GoBack, effect::StartOver, effect::EndVisit, effect::Search,
                 effect::LoadVacancy, effect::Finalise, effect::BeginTest, effect::KeepKey,
                 effect::ForgetTest, effect::ConfirmWords, effect::CheckStaffCode, effect::SendNow,
                 effect::TryAgain, effect::EnrolAgain, effect::ExchangeStick, effect::ChangeEase,
                 effect::ShowLanguage, effect::ParkForm, effect::TakeUpForm, effect::Withdraw, effect::Print>;

} // namespace vakant
