// What the workers answered, and what every page may know about the kiosk. Plain values, made by App.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/profile/agency_profile.h"
#include "core/registration/choice_lists.h"
#include "core/registration/form.h"
#include "core/skills/typing.h"
#include "core/vacancies/occupations.h"
#include "core/vacancies/search.h"
#include "core/vacancies/vacancy.h"
#include "kiosk/pages/qr_picture.h"

namespace vakant {

struct AgencyFact {
    std::string id, name;
};
/// A form of one agency.
struct FormFact {
    std::string agency; ///< "" for the one that ships with the program
    std::shared_ptr<const FormDefinition> form;
};
struct ProfileFact {
    std::string agency;
    std::shared_ptr<const AgencyProfile> profile;
};
struct TestFact {
    std::string agency;
    TypingTest test;
};
/// What the attract page asks in one language.
struct GreetingFact {
    std::string language, text, start;
};
/// What cannot be delivered, for staff.
struct AsideFact {
    std::string id, reference;
    std::string reason; ///< the agency's word, or "conflict"
};
struct QueueFacts {
    std::size_t queued = 0, delivered = 0, blocked = 0, quarantined = 0;
    std::optional<UtcMs> oldest_at;
    std::vector<AsideFact> aside;
};
/// A store that cannot be opened.
struct StoreProblemFact {
    std::string file, reason; ///< reason: an ErrorKind's name
};
/// A damaged outbox that lies aside.
struct SalvageFact {
    std::string file;
    std::size_t kept = 0;
    std::optional<std::size_t> lost; ///< none: unknown
};
/// How many vacancies are open.
struct BoardFacts {
    std::size_t own = 0, others = 0;
};
enum class EnrolmentStep { unknown, none, waiting_for_desk, comparing_words, done };

struct KioskFacts {
    EnrolmentStep enrolment = EnrolmentStep::unknown;
    std::optional<EnrolmentStep> enrols_again; ///< a kiosk that serves already: how far it is
    bool turned_away = false;                  ///< the agency takes nothing more from this kiosk
    bool backend_named = false;                ///< the settings say where the agency is
    std::string user_code;                     ///< while waiting for the desk
    std::vector<std::string> words;            ///< while comparing
    std::vector<std::string> agencies_asked;   ///< names, while comparing
    std::vector<AgencyFact> agencies;          ///< that this kiosk serves

    bool online = false;
    std::optional<UtcMs> last_heard_at;
    std::string last_problem; ///< an ErrorKind's name, "" where there is none
    bool clock_is_off = false;
    QueueFacts queue;
    bool visit_delivered = false; ///< the agency signed for everything that was sent in this visit

    std::optional<BoardFacts> board; ///< none: not read yet
    std::vector<FormFact> forms;
    std::shared_ptr<const ChoiceLists> lists; ///< of choices that forms find by typing; null: none
    std::vector<TestFact> tests;
    std::vector<ProfileFact> profiles;
    std::vector<GreetingFact> greetings; ///< in every language that the kiosk speaks

    std::string program_version;
    std::string device_prefix;
    /// "outbox.db: synchronous" and what was read back.
    std::vector<std::pair<std::string, std::string>> store_settings;
    bool store_ready = false;
    bool keys_bound = false; ///< the device's keys are not on its disk in clear
    bool asks_staff_code = false;
    std::optional<StoreProblemFact> store_problem; ///< nothing can be kept
    std::optional<SalvageFact> salvage;
    bool disk_is_low = false;
    bool has_printer = false;
    std::string day; ///< id of the recruitment day at which this kiosk stands; "": at none
    bool has_stick = false;
    /// Nobody begins a form that could not be kept safe.
    bool declines_registrations() const { return store_problem || disk_is_low; }
    StandsAt stands_at;           ///< where the kiosk is, as its settings say it
    std::size_t parked_forms = 0; ///< that somebody may come back for

    std::string name_of_agency(std::string_view id) const;
    /// What that agency tells about itself; none: it has told nothing yet.
    const AgencyProfile* profile_of(std::string_view agency) const;
    /// Its own for that use ("registration", "day", "interest", "application"), else the one that ships, else
    /// the one for registering.
    const FormFact* form_of(std::string_view agency, std::string_view use = "registration") const;
    /// What somebody who wants to register is asked here: on a recruitment day the short form.
    const FormFact* registration_form_of(std::string_view agency) const {
        return form_of(agency, day.empty() ? "registration" : "day");
    }
    const FormFact* form_named(std::string_view agency, std::string_view id) const;
};

namespace event {
struct SearchAnswered {
    VacancyResults results;
};
struct SearchFailed {
    ErrorKind kind = ErrorKind::internal;
};
struct VacancyLoaded {
    std::string id;
    std::optional<Vacancy> vacancy;                ///< none: expired or removed, or it could not be read
    QrPicture code;                                ///< of the ad's address, else of a contact
    std::vector<OccupationEntry> occupations = {}; ///< CacheReader::occupations_of
    std::optional<ErrorKind> problem = {};         ///< why it could not be read: it may be open all the same
};
/// Durable: power may be cut.
struct Finalised {
    std::string reference;
    QrPicture code; ///< reference and secret
};
struct FinaliseFailed {
    ErrorKind kind = ErrorKind::internal;
};
struct TestBegun {
    std::string session;
};
struct KeyKept {
    std::string session;
    TypedKey key;
    std::int64_t pressed_at_ms = 0;
};
struct KeyLost {
    std::string session;
    ErrorKind kind = ErrorKind::internal;
};
struct StaffCodeChecked {
    bool right = false;
    bool locked = false; ///< too many wrong ones: a minute's pause
};
/// Sealed and durable; the answers are gone from memory.
struct Parked {
    std::string code; ///< as it is written on the slip
    QrPicture picture;
    UtcMs until = 0;
    std::uint64_t visit = 0; ///< whose it is: never shown to the next person
};
struct ParkFailed {
    ErrorKind kind = ErrorKind::internal;
};
/// The form is on the screen again, and its code is used up.
struct TakenUp {
    Json draft;
    std::uint64_t visit = 0;
};
struct TakeUpFailed {
    ErrorKind kind = ErrorKind::internal; ///< not_found: a wrong, used or old code
    std::int64_t wait_ms = 0;             ///< before the next try
};
struct PrintEnded {
    bool printed = false;
};
struct TriedAgain {
    std::size_t items = 0; ///< that wait again
};
struct TryAgainFailed {
    ErrorKind kind = ErrorKind::internal;
};
struct StickExchanged {
    std::size_t written = 0, answered = 0, refused = 0;
};
struct StickFailed {
    ErrorKind kind = ErrorKind::internal; ///< not_found: there is no stick
};
/// The board, the queue, the enrolment or the documents changed: `KioskFacts` says how.
struct FactsChanged {};
} // namespace event

using Event = std::variant<event::SearchAnswered, event::SearchFailed, event::VacancyLoaded, event::Finalised,
                           event::FinaliseFailed, event::TestBegun, event::KeyKept, event::KeyLost,
                           event::StaffCodeChecked, event::Parked, event::ParkFailed, event::TakenUp,
                           event::TakeUpFailed, event::PrintEnded, event::TriedAgain, event::TryAgainFailed,
                           event::StickExchanged, event::StickFailed, event::FactsChanged>;

} // namespace vakant
