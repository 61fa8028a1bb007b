// What stands on a person's slip, and reading what a scanner or a person types from one. Shared by the pages
// of registration. Nothing about the person stands on a slip: a number, whom it went to, and a secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

/// After sending.
PrintedSlip registration_slip(const Visit& visit, const PageContext& in);
/// After parking.
PrintedSlip parking_slip(const Visit& visit, const PageContext& in);

/// What the forms that were sent add to the thanks, each text once.
std::vector<std::string> words_of_thanks(const Visit& visit, const PageContext& in);
/// "Esimerkki Oy will be in touch within 3 working days"; a sentence without a time where none is promised;
/// who left no way of contact is told when to come back instead. Agencies that promise the same share a
/// sentence.
std::string contact_promise(const Visit& visit, const PageContext& in);
/// Where who comes back finds the agencies: address and hours of each office that is known. Else nothing.
std::vector<std::string> where_to_come(const Visit& visit, const PageContext& in,
                                       std::string_view before_hours);
/// The secret of this visit as it is typed: seven groups of five.
std::string secret_as_code(const Visit& visit);

/// What the QR code of a registration's slip says, however a scanner's keyboard spells its signs.
struct SlipSecret {
    std::string reference; ///< "KTR-0427-M"
    std::string secret;    ///< 32 hex digits
};
std::optional<SlipSecret> read_slip(std::string_view scanned);
/// What stands behind "vakant-form" of a parking slip's QR code; the text itself where it is typed.
std::string_view parking_code_in(std::string_view typed);
/// What a scanner read begins as the QR code of a parking slip does.
bool holds_parking_code(std::string_view scanned);
/// "ktr 427 m" as it is written on slips; "" where it cannot be one.
std::string tidy_reference(std::string_view typed);

} // namespace vakant
