// What a person asked for, as verb phrases: made by a page's view, answered by its update. One list, so that
// the compiler finds what nobody asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/vacancies/search.h"
#include "kiosk/pages/page_id.h"

namespace vakant {

namespace intent {
struct OpenPage {
    PageId page = PageId::home;
};
struct GoBack {};
struct ChangeEase {
    bool double_strike = false, less_motion = false, hides_answers = false; ///< which of them is turned over
};
struct Finish {}; ///< the visit is over: forget the person
// vacancies
struct SetWords {
    std::string words;
};
struct ShowBoard {
    Board board = Board::own;
};
struct ShowFrom {
    std::size_t offset = 0;
};
struct OpenVacancy {
    std::string id;
};
struct LookDeeper {}; ///< nobody has typed for a while: search the texts too
struct NarrowDown {   ///< show the filters, or the list again
    bool open = false;
};
struct ToggleFacet {
    FacetChoice choice;
    std::string place_name; ///< of a place that is chosen, as the list writes it
};
struct DropFacets {};
struct ShowAllPlaces {};
struct SortBoard {
    SortBy sort = SortBy::best_match;
};
struct ReportVacancy {};
struct ChooseReason {
    std::size_t index = 0;
};
struct ChooseAgency {
    std::size_t index = 0;
};
struct Apply {};
struct TellAgency {}; ///< "tell this agency that I look for such work"
// registration
struct ToggleAgency {
    std::string agency;
};
struct SetAnswer {
    std::string field;
    std::string value;
};
struct ToggleAnswer {
    std::string field;
    std::string value;
};
struct SetConsent {
    std::size_t agency = 0; ///< of those that the form goes to
    std::string purpose;
    bool given = false;
};
struct NextStep {};
struct ChangeStep {
    std::size_t part = 0; ///< which form of the visit
    std::size_t step = 0;
};
struct ChangeConsents {
    std::size_t part = 0;
};
struct AddEntry {
    std::string group;
};
struct RemoveEntry {
    std::string group;
    std::uint32_t entry = 0;
};
struct OpenEntry {
    std::string group;
    std::uint32_t entry = 0; ///< 0: close the open one
};
/// What is being typed to find choices of a question that takes several.
struct SetTyped {
    std::string field;
    std::string text;
};
struct Send {};
struct Park {}; ///< "I go on later"
struct SetSlipText {
    std::string field; ///< "reference", "code"
    std::string text;
};
struct TakeUp {};
struct Withdraw {};
struct PrintSlip {};
// skills
struct ChooseTest {
    std::size_t index = 0;
};
struct PractiseKeys {
    std::u32string keys; ///< 0 is backspace
};
struct StartTest {};
struct ContinueTest {}; ///< one that a crash or a power cut broke off
struct DropTest {};
struct PressedKey {
    char32_t code_point = 0; ///< 0 is backspace
    std::int64_t at_ms = 0;  ///< monotonic
};
struct PressKeys {
    std::vector<PressedKey> keys;
};
struct EndTest {}; ///< its time is over
// enrolment and staff
struct ConfirmWords {
    bool same = false;
};
struct SetStaffCode {
    std::string code;
};
struct EnterStaffCode {};
struct SendNow {};
struct TryAgain {};
struct EnrolAgain {};
struct ExchangeStick {};
} // namespace intent

using Intent = std::variant<
    intent::OpenPage, intent::GoBack, intent::ChangeEase, intent::Finish, intent::SetWords, intent::ShowBoard,
    intent::ShowFrom, intent::OpenVacancy, intent::LookDeeper, intent::NarrowDown, intent::ToggleFacet,
    intent::DropFacets, intent::ShowAllPlaces, intent::SortBoard, intent::ReportVacancy, intent::ChooseReason,
    intent::ChooseAgency, intent::Apply, intent::TellAgency, intent::ToggleAgency, intent::SetAnswer,
    intent::ToggleAnswer, intent::SetConsent, intent::NextStep, intent::ChangeStep, intent::ChangeConsents,
    intent::AddEntry, intent::RemoveEntry, intent::OpenEntry, intent::SetTyped, intent::Send, intent::Park,
    intent::SetSlipText, intent::TakeUp, intent::Withdraw, intent::PrintSlip, intent::ChooseTest,
    intent::PractiseKeys, intent::StartTest, intent::ContinueTest, intent::DropTest, intent::PressKeys,
    intent::EndTest, intent::ConfirmWords, intent::SetStaffCode, intent::EnterStaffCode, intent::SendNow,
    intent::TryAgain, intent::EnrolAgain, intent::ExchangeStick>;

} // namespace vakant
