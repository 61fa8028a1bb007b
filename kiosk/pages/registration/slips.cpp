#include "kiosk/pages/registration/slips.h"

#include <algorithm>

#include "core/base/written_code.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

using Look = PrintedSlip::Look;

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Letters and digits alone: a scanner set to another keyboard turns ':' and '-' into other signs.
std::string letters_and_digits(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_letter(c) || is_digit(c)) out += c;
    }
    return out;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (upper(text[i]) != upper(word[i])) return false;
    }
    return true;
}

/// What somebody may expect of one agency, or of several that promise the same.
struct Promise {
    std::string who;
    std::int64_t days = 0; ///< 0: no time is promised
    bool comes_back = false;
};

Promise promise_of(const std::string& agency, const Visit& visit, const PageContext& in) {
    Promise out{names_of({agency}, in)};
    const auto sent = std::ranges::find(visit.sent_forms, agency, &SentForm::agency);
    if (sent != visit.sent_forms.end()) {
        out.days = sent->form->contact_within_days;
        out.comes_back = !sent->leaves_contact;
    }
    const AgencyProfile* profile = in.facts.profile_of(agency);
    if (!profile) return out;
    const FollowUp& follow_up = profile->follow_up;
    if (follow_up.within_working_days) out.days = *follow_up.within_working_days;
    const auto who = follow_up.who.in(in.language);
    if (!who.text.empty() && !out.comes_back) out.who = isolated(who.text) + " (" + out.who + ")";
    return out;
}

/// `is_named`: whose office it is stands right before.
std::string_view key_of(const Promise& promise, bool is_named) {
    if (promise.comes_back && is_named)
        return promise.days > 0 ? "registration.thanks.come_back_after_here"
                                : "registration.thanks.come_back_here";
    if (promise.comes_back) {
        return promise.days > 0 ? "registration.thanks.come_back_after" : "registration.thanks.come_back";
    }
    return promise.days > 0 ? "registration.thanks.within" : "registration.thanks.next";
}

} // namespace

std::string tidy_reference(std::string_view typed) {
    std::string plain;
    for (const char c : letters_and_digits(typed))
        plain += upper(c);
    constexpr std::size_t prefix = 3, fewest_digits = 4;
    if (plain.size() < prefix + 2 || plain.size() > 24) return {};
    const std::string digits = plain.substr(prefix, plain.size() - prefix - 1);
    for (std::size_t i = 0; i < prefix; ++i) {
        if (!is_letter(plain[i])) return {};
    }
    for (const char c : digits) {
        if (!is_digit(c)) return {};
    }
    const std::string filled =
        digits.size() < fewest_digits ? std::string(fewest_digits - digits.size(), '0') : "";
    return plain.substr(0, prefix) + "-" + filled + digits + "-" + plain.back();
}

std::optional<SlipSecret> read_slip(std::string_view scanned) {
    constexpr std::size_t secret_length = 32;
    if (!starts_with_word(scanned, "vakant")) return std::nullopt;
    std::string plain = letters_and_digits(scanned.substr(6));
    if (plain.size() <= secret_length) return std::nullopt;
    SlipSecret out;
    for (const char c : plain.substr(plain.size() - secret_length))
        out.secret += is_letter(c) ? static_cast<char>(c | 0x20) : c;
    if (!from_hex(out.secret).ok()) return std::nullopt;
    out.reference = tidy_reference(plain.substr(0, plain.size() - secret_length));
    if (out.reference.empty()) return std::nullopt;
    return out;
}

std::string_view parking_code_in(std::string_view typed) {
    for (const std::string_view lead : {"vakant-form", "vakant"}) {
        if (!starts_with_word(typed, lead)) continue;
        typed.remove_prefix(lead.size());
        if (starts_with_word(typed.substr(std::min<std::size_t>(1, typed.size())), "form"))
            typed.remove_prefix(5); // the dash came as another sign
        if (!typed.empty() && !is_letter(typed.front()) && !is_digit(typed.front())) typed.remove_prefix(1);
        return typed;
    }
    return typed;
}

bool holds_parking_code(std::string_view scanned) {
    return starts_with_word(scanned, "vakant") && scanned.size() > 7 &&
           starts_with_word(scanned.substr(7), "form");
}

std::string secret_as_code(const Visit& visit) {
    const auto secret = from_hex(visit.secret);
    return secret.ok() ? written_code(*secret) : std::string();
}

std::vector<std::string> words_of_thanks(const Visit& visit, const PageContext& in) {
    std::vector<std::string> all;
    for (const SentForm& sent : visit.sent_forms) {
        std::string words(sent.form->text(sent.form->thanks_key, in.language));
        if (!words.empty() && std::ranges::find(all, words) == all.end()) all.push_back(std::move(words));
    }
    return all;
}

std::string contact_promise(const Visit& visit, const PageContext& in) {
    std::vector<Promise> promises;
    for (const std::string& agency : visit.reference_agencies) {
        Promise one = promise_of(agency, visit, in);
        const auto same = std::ranges::find_if(promises, [&](const Promise& other) {
            return other.days == one.days && other.comes_back == one.comes_back;
        });
        if (same == promises.end()) {
            promises.push_back(std::move(one));
        } else {
            same->who += in.strings.get("common.list_separator") + one.who;
        }
    }
    const bool is_named = visit.reference_agencies.size() == 1 && !visit.prompt.is_application;
    std::string out;
    for (const Promise& promise : promises) {
        if (!out.empty()) out += " ";
        out += in.strings.get(key_of(promise, is_named), {{"agency", promise.who}, {"days", promise.days}});
    }
    return out;
}

std::vector<std::string> where_to_come(const Visit& visit, const PageContext& in,
                                       std::string_view before_hours) {
    std::vector<std::string> all;
    for (const SentForm& sent : visit.sent_forms) {
        const AgencyProfile* profile = in.facts.profile_of(sent.agency);
        if (sent.leaves_contact || !profile) continue;
        for (const AgencyOffice& office : profile->offices) {
            std::string place = isolated(office.address);
            if (const auto hours = office.hours.in(in.language); !hours.text.empty())
                place += std::string(before_hours) + isolated(hours.text);
            const auto name = office.name.in(in.language);
            all.push_back(in.strings.get(
                "registration.thanks.office",
                {{"office", isolated(name.text.empty() ? profile->name : name.text)}, {"place", place}}));
        }
    }
    return all;
}

PrintedSlip registration_slip(const Visit& visit, const PageContext& in) {
    const Strings& s = in.strings;
    PrintedSlip slip;
    slip.language = in.language;
    slip.code = visit.reference_code;
    const std::string names = names_of(visit.reference_agencies, in);
    slip.blocks = {{Look::title, s.get(visit.prompt.is_application ? "registration.thanks.title_apply"
                                                                   : "registration.thanks.title")},
                   {Look::body, s.get("registration.slip.number")},
                   {Look::number, isolated(visit.reference)},
                   {Look::rule, ""}};
    if (visit.prompt.is_application) {
        slip.blocks.push_back(
            {Look::strong, s.get("registration.thanks.applied", {{"title", isolated(visit.prompt.title)}})});
        slip.blocks.push_back({Look::body, names});
    } else {
        slip.blocks.push_back({Look::strong, s.get("registration.thanks.sent", {{"agency", names}})});
        if (std::string why = why_no_application(visit, in); !why.empty())
            slip.blocks.push_back({Look::body, std::move(why)});
    }
    slip.blocks.push_back({Look::body, contact_promise(visit, in)});
    for (std::string& place : where_to_come(visit, in, "\n"))
        slip.blocks.push_back({Look::body, std::move(place)});
    for (std::string& words : words_of_thanks(visit, in))
        slip.blocks.push_back({Look::body, std::move(words)});
    slip.blocks.push_back({Look::rule, ""});
    slip.blocks.push_back({Look::body, s.get("registration.thanks.change")});
    slip.blocks.push_back({Look::strong, isolated(secret_as_code(visit))});
    slip.blocks.push_back({Look::code, ""});
    slip.blocks.push_back({Look::small, s.get("registration.slip.secret")});
    return slip;
}

PrintedSlip parking_slip(const Visit& visit, const PageContext& in) {
    const Strings& s = in.strings;
    PrintedSlip slip;
    slip.language = in.language;
    slip.code = visit.parked_picture;
    slip.blocks = {
        {Look::title, s.get("registration.slip.parked_title")},
        {Look::number, isolated(visit.parked_code)},
        {Look::body, s.get("registration.slip.how")},
        {Look::code, ""},
        {Look::body,
         s.get("registration.parked.until",
               {{"time", isolated(format_date_time(visit.parked_until, in.language, in.offset_minutes))}})},
        {Look::small, s.get("registration.parked.keep")}};
    return slip;
}

} // namespace vakant
