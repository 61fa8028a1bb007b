// "Review equals sent" at the kiosk: people register through the real pages, what they send is sealed, and
// what the agency opens is held against every fact that stood on the review. The words are worked out here a
// second time, from the payload and the form's file, without the pages' code.
#include <set>

#include "tests/fakes/form_sitting.h"
#include "tests/fakes/form_walk.h"
#include "tests/fakes/sealed_post.h"

using namespace vakant;

namespace {

using Facts = std::map<std::string, std::string>; ///< "label: answer" by what it is

/// What no person needs to check: how the answers travel, and the proof of what was shown when.
const std::set<std::string_view> technical = {
    "kind",       // what sort of submission this is
    "form",       // which form, its version and digest: what the answers are checked against
    "version",    //
    "digest",     //
    "language",   // the one that the page itself is in
    "normalised", // the same telephone numbers, as machines dial them
    "notice",     // that the notice was shown: language, time, digest of its text
    "retention",  // the class; its months stand in the notice
    "source",     // where the kiosk stands
    "reference",  // made by sending, on the page that comes next
    "secret",     //
};
/// The same of one consent: the proof of its text and time, and the class whose months its text names.
const std::set<std::string_view> technical_of_consent = {"language", "text_version", "text_digest",
                                                         "at",       "form_version", "retention"};
/// What else stands on the page: its head, its panels and what can be pressed. Other keys must be facts.
const std::vector<std::string_view> furniture = {
    "above", "progress", "hide",     "title",     "help",    "page.",   "change.", "back",  "park",
    "send",  "bar.",     "language", "languages", "scroll.", "actions", "agency",  "frame."};

std::string without_marks(std::string text) {
    for (const std::string_view mark : {"\u2068", "\u2069"}) {
        for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark))
            text.erase(at, mark.size());
    }
    return text;
}

/// "{what}" in a text of the program becomes words.
std::string filled(std::string text, const std::string& what, const std::string& words) {
    const std::string place = "{" + what + "}";
    const std::size_t at = text.find(place);
    return at == text.npos ? text : text.replace(at, place.size(), words);
}

/// The words for what an agency opened, in one language.
class Expected {
public:
    Expected(const KioskStage& stage, const std::string& language)
        : stage_(stage), language_(language), strings_(form_file("assets/strings/" + language + ".json")) {}

    Facts of(const OpenedEnvelope& sent) {
        form_ = shipped_form(std::string(sent.payload["form"].text()));
        Facts facts;
        for (const auto& [name, value] : sent.payload.members()) {
            if (technical.contains(name)) continue;
            if (name == "answers") {
                add_answers(value, facts);
            } else if (name == "consents") {
                add_consents(value, facts);
            } else if (name != "vacancy" && name != "application") {
                facts["unknown member " + name] = value.to_text();
            }
        }
        add_vacancy(sent.payload, facts);
        std::string agency;
        for (const AgencyFact& fact : stage_.agencies) {
            if (fact.id == sent.header.agency) agency = fact.name;
        }
        facts["recipient"] = filled(ours("registration.recipient"), "agency", agency);
        return facts;
    }

private:
    std::string ours(const std::string& key) const { return std::string(strings_[key].text()); }
    std::string theirs(std::string_view key) const {
        return std::string(form_["i18n"][language_][key].text());
    }

    void add_answers(const Json& answers, Facts& facts) const {
        for (const auto& [name, value] : answers.members()) {
            const Json& item = item_of(name);
            if (!item.contains("group")) {
                facts[name] = theirs(item["label_key"].text()) + ": " + words_of(item, value);
                continue;
            }
            for (std::size_t i = 0; i < value.size(); ++i) {
                const std::string number = std::to_string(i + 1);
                facts[name + " " + number] = filled(theirs(item["entry_key"].text()), "number", number) +
                                             ": " + words_of_entry(item, value[i]);
            }
        }
    }
    std::string words_of_entry(const Json& group, const Json& entry) const {
        std::string words;
        for (const auto& [name, value] : entry.members()) {
            const Json part = part_of(group, name);
            if (!words.empty()) words += ours("common.list_separator");
            if (part["widget"].text() == "yes_no") words += theirs(part["label_key"].text()) + ": ";
            words += words_of(part, value);
        }
        return words;
    }
    std::string words_of(const Json& item, const Json& value) const {
        if (value.is_array()) {
            std::string words;
            for (const Json& one : value.items())
                words += (words.empty() ? "" : ours("common.list_separator")) + words_of(item, one);
            return words;
        }
        const std::string_view widget = item["widget"].text();
        if (widget == "yes_no") return ours(value.bool_or(false) ? "common.yes" : "common.no");
        if (widget == "date" || widget == "month") return as_read(std::string(value.text()));
        const std::string list(item["list"].text());
        if (list.empty()) return value.is_string() ? std::string(value.text()) : value.to_text();
        if (form_["lists"][list].contains("from")) {
            const std::string words = stage_.workers.lists->text(list, value.text(), language_);
            return words.empty() ? std::string(value.text()) : words;
        }
        for (const Json& choice : form_["lists"][list].items()) {
            if (choice["value"].text() == value.text()) return theirs(choice["text_key"].text());
        }
        return "no choice: " + std::string(value.text());
    }
    /// 2026-11-03 as people write it.
    std::string as_read(const std::string& iso) const {
        if (language_ == "sv") return iso;
        const std::string sign = language_ == "en" || language_ == "ar" ? "/" : ".";
        const std::string year = iso.substr(0, 4), month = std::to_string(std::stoi(iso.substr(5, 2)));
        if (iso.size() == 7) return month + sign + year;
        return std::to_string(std::stoi(iso.substr(8, 2))) + sign + month + sign + year;
    }

    void add_consents(const Json& consents, Facts& facts) const {
        for (const Json& record : consents.items()) {
            const std::string purpose(record["purpose"].text());
            std::string words;
            for (const Json& asked : form_["consents"].items()) {
                if (asked["purpose"].text() == purpose) words = theirs(asked["text_key"].text());
            }
            for (const auto& [name, value] : record.members()) {
                if (technical_of_consent.contains(name) || name == "purpose" || name == "given") continue;
                if (name != "recipient" && name != "recipient_kind") words += "; unknown member " + name;
            }
            if (const std::string to(record["recipient"].text()); !to.empty()) {
                const std::string kind =
                    ours("registration.recipient." + std::string(record["recipient_kind"].text()));
                const bool is_general = to == "public-employment-service";
                words += " " + filled(ours("registration.consents.to"), "recipient",
                                      is_general ? kind : to + " (" + kind + ")");
            }
            facts["consent " + purpose] =
                words + ": " + ours(record["given"].bool_or(false) ? "common.yes" : "common.no");
        }
    }
    void add_vacancy(const Json& payload, Facts& facts) const {
        for (const Vacancy& vacancy : stage_.workers.vacancies) {
            if (vacancy.id != payload["vacancy"].text()) continue;
            const std::string key = payload["application"].bool_or(false) ? "registration.applies_for"
                                                                          : "registration.prompted_by";
            facts["purpose"] = filled(ours(key), "title", std::string(vacancy.text_for(language_).title));
        }
    }

    const Json& item_of(std::string_view name) const {
        for (const Json& page : form_["pages"].items()) {
            for (const Json& item : page["items"].items()) {
                if (item["field"].text() == name || item["group"].text() == name) return item;
            }
        }
        FAIL("the form asks no " << name);
        return form_;
    }
    static Json part_of(const Json& group, std::string_view name) {
        for (const Json& part : group["items"].items()) {
            if (part["field"].text() == name) return part;
        }
        FAIL("the group asks no " << name);
        return {};
    }

    const KioskStage& stage_;
    std::string language_;
    Json strings_, form_;
};

/// Everything that the review says, from the record that speech and keypad read, too.
Facts shown_on_review(const KioskStage& stage, const std::string& language) {
    REQUIRE(stage.page() == PageId::registration_review);
    const Json strings = form_file("assets/strings/" + language + ".json");
    Facts facts;
    std::map<std::string, int> entries;
    for (const SemanticNode& node : stage.app->tree().nodes()) {
        const std::string value = without_marks(node.value);
        const std::string said = without_marks(node.name) + ": " + value;
        if (node.key.starts_with("answers.")) {
            if (value == strings["registration.not_answered"].text()) continue;
            const std::string name = node.key.substr(node.key.find(".answer.") + 8);
            const std::string group = name.substr(0, name.find('.'));
            facts[name == group ? name : group + " " + std::to_string(++entries[group])] = said;
        } else if (node.key.starts_with("consents.consent.")) {
            facts["consent " + node.key.substr(17)] = said;
        } else if (node.key == "recipient" || node.key == "purpose") {
            facts[node.key] = without_marks(node.name);
        } else if (std::ranges::none_of(furniture,
                                        [&](std::string_view key) { return node.key.starts_with(key); })) {
            facts["unknown node " + node.key] = said;
        }
    }
    return facts;
}

/// Empty where both say the same.
std::vector<std::string> differences(const Facts& shown, const Facts& sent) {
    std::vector<std::string> out;
    for (const auto& [what, words] : shown) {
        const auto other = sent.find(what);
        if (other == sent.end()) {
            out.push_back("shown, not sent: " + what + " = " + words);
        } else if (other->second != words) {
            out.push_back("shown: " + what + " = " + words);
            out.push_back("sent: " + what + " = " + other->second);
        }
    }
    for (const auto& [what, words] : sent) {
        if (!shown.contains(what)) out.push_back("sent, not shown: " + what + " = " + words);
    }
    return out;
}

job::Finalise handed_over(KioskStage& stage) {
    stage.press("send");
    const auto all = stage.workers.all<job::Finalise>();
    REQUIRE(all.size() == 1);
    return all[0];
}

/// The review in both languages, then what the agency opens.
struct Registered {
    Facts first, second;
    OpenedEnvelope sent;
};
Registered send_from_review(KioskStage& stage, const std::string& first, const std::string& second) {
    Registered out;
    out.second = shown_on_review(stage, second);
    stage.language(first);
    out.first = shown_on_review(stage, first);
    std::vector<OpenedEnvelope> opened = SealedPost({"example"}).sent(handed_over(stage));
    REQUIRE(opened.size() == 1);
    out.sent = std::move(opened[0]);
    return out;
}
void check_equal(const KioskStage& stage, const Registered& it, const std::string& first,
                 const std::string& second) {
    const std::vector<std::string> none;
    CHECK(differences(it.first, Expected(stage, first).of(it.sent)) == none);
    CHECK(differences(it.second, Expected(stage, second).of(it.sent)) == none);
}

/// Answers of every kind: groups with an empty entry and one that is removed, questions that an answer hides
/// after something was written in them, choices from lists in and outside the form, own words.
std::vector<Step> full_registration() {
    return {{"field.given_names", U"Олена "},
            {"field.given_names_latin", U"Olena"},
            {"field.family_name", U"Kanerva-O'Neil"},
            {"field.contact_way.email"},
            {"field.email", U"hidden@example.org"},
            {"field.contact_way.telephone"},
            {"field.telephone", U"040 123 4567"},
            {"field.fields.cleaning"},
            {"field.fields.office"},
            {"field.occupations", U"siivo", true},
            {"field.occupations.suggestion.0"},
            {"keyboard.ready"},
            {"field.occupations", U"поні"},
            {"take.occupations"},
            {"field.municipality", U"tammerf", true},
            {"field.municipality.suggestion.0"},
            {"keyboard.ready"},
            {"field.right_to_work.permit"},
            {"field.permit_until", U"3/2029"},
            {"language.uk"},
            {"field.start.date"},
            {"field.start_date", U"1.2.2027"},
            {"field.hours.full"},
            {"field.hours_week", U"30"},
            {"add.languages"},
            {"field.languages.1.language", U"suomi", true},
            {"field.languages.1.language.suggestion.0"},
            {"keyboard.ready"},
            {"field.languages.1.language_level.fluent"},
            {"add.languages"},
            {"field.languages.2.language", U"karjala"},
            {"add.jobs"},
            {"field.jobs.1.employer", U"Kahvila Oy"},
            {"field.jobs.1.job_from", U"9.2020"},
            {"field.jobs.1.job_to", U"5.2021"},
            {"field.jobs.1.job_now.true"},
            {"add.jobs"},
            {"field.jobs.2.employer", U"Removed Oy"},
            {"add.jobs"},
            {"remove.jobs.2"},
            {"add.jobs"},
            {"field.jobs.4.job_title", U"siivooja"},
            {"field.jobs.4.job_now.false"},
            {"field.jobs.4.job_to", U"12.2019"},
            {"field.jobs.4.job_duties", U"Floors, windows.\nMornings."},
            {"add.education"},
            {"field.education.1.school", U"Київський університет"},
            {"field.education.1.education_year", U"2011"},
            {"field.education.1.education_country", U"Украї", true},
            {"field.education.1.education_country.suggestion.0"},
            {"keyboard.ready"},
            {"field.education.1.recognised.no"},
            {"field.skills.computer"},
            {"field.skills_own", U"Weaving"},
            {"field.licence.B"},
            {"add.referees"},
            {"field.referees.1.referee_name", U"ليلى حداد"},
            {"field.referees.1.referee_telephone", U"+46 8 123 456"},
            {"field.free_text", U"I look for work in the mornings."},
            {"consent.public_employment_service"}};
}

} // namespace

TEST_CASE("the full form: every fact on the review is in the sealed envelope, and nothing else is") {
    KioskStage stage("en");
    open_form(stage);
    walk_to_review(stage, full_registration());
    const Registered it = send_from_review(stage, "en", "uk");
    check_equal(stage, it, "en", "uk");
    // And some of it in exact words, so that two mistakes do not agree.
    const Json& answers = it.sent.payload["answers"];
    CHECK(answers["given_names"].text() == "Олена");
    CHECK(it.first.at("given_names") == "Given name: Олена");
    CHECK_FALSE(answers.contains("email"));
    CHECK(answers["telephone"].text() == "040 123 4567");
    REQUIRE(answers["jobs"].size() == 2);
    CHECK_FALSE(answers["jobs"][0].contains("job_to"));
    CHECK(answers["jobs"][0]["job_now"].bool_or(false));
    CHECK(it.first.at("jobs 1") == "Job 1: Kahvila Oy, 9/2020, I am still there: Yes");
    CHECK(answers["jobs"][1]["job_to"].text() == "2019-12");
    CHECK(it.second.at("municipality").ends_with(": Tampere"));
    CHECK(it.sent.payload["consents"][2]["given"].bool_or(false));
}

TEST_CASE("the short form of a recruitment day: review equals sent, from Finnish into Arabic") {
    KioskStage stage("fi");
    stage.settings.day = "autumn-fair-2026";
    open_form(stage);
    walk_to_review(stage, {{"field.given_names", U"ليلى"},
                           {"field.given_names_latin", U"Layla"},
                           {"language.ar"},
                           {"field.family_name", U"حداد"},
                           {"field.family_name_latin", U"Haddad"},
                           {"field.contact_way.email"},
                           {"field.email", U"layla@example.org"},
                           {"field.fields.care"},
                           {"field.spoken.ar"},
                           {"field.start.now"},
                           {"consent.talent_pool"}});
    const Registered it = send_from_review(stage, "fi", "ar");
    check_equal(stage, it, "fi", "ar");
    CHECK(it.first.at("family_name_latin").ends_with(": Haddad"));
    CHECK(it.sent.payload["answers"]["email"].text() == "layla@example.org");
    CHECK(it.sent.payload["form"].text() == "day");
}

TEST_CASE("an application for a vacancy: review equals sent, the vacancy included") {
    KioskStage stage("en");
    stage.workers.vacancies = {demo_vacancy("own1", "Siivooja", true)};
    stage.start();
    stage.press("browse");
    stage.press("vacancy.own1");
    stage.press("apply");
    stage.press("next");
    walk_to_review(stage, {{"field.given_names", U"Karin"},
                           {"field.family_name", U"Åström"},
                           {"field.contact_way.come_back"},
                           {"field.why", U"I live near.\nI like mornings."},
                           {"field.done_before.years"},
                           {"field.done_where", U"never sent"},
                           {"field.done_before.no"},
                           {"language.sv"},
                           {"field.start.date"},
                           {"field.start_date", U"2027-02-01"},
                           {"consent.keep_longer"}});
    const Registered it = send_from_review(stage, "en", "sv");
    check_equal(stage, it, "en", "sv");
    CHECK(it.first.at("purpose") == "You are applying for: Siivooja");
    CHECK(it.sent.payload["application"].bool_or(false));
    CHECK(it.sent.payload["vacancy"].text() == "own1");
    CHECK_FALSE(it.sent.payload["answers"].contains("done_where"));
    CHECK(it.second.at("start_date").ends_with(": 2027-02-01"));
}

TEST_CASE("the comparison of review and envelope finds what is missing, what is more and what differs") {
    KioskStage stage("en");
    open_form(stage);
    name_and_contact(stage);
    walk_to_review(stage, {});
    const Facts shown = shown_on_review(stage, "en");
    const job::Finalise what = handed_over(stage);
    const auto with = [&](const std::function<void(Json&)>& change) {
        job::Finalise changed = what;
        change(changed.what.submissions.at(0).payload);
        return differences(shown, Expected(stage, "en").of(SealedPost({"example"}).sent(changed).at(0)));
    };
    using Lines = std::vector<std::string>;
    const auto answers = [](Json& payload, const auto& change) {
        Json changed = payload["answers"];
        change(changed);
        payload.set("answers", std::move(changed));
    };
    CHECK(with([](Json&) {}) == Lines{});
    CHECK(with([&](Json& payload) { answers(payload, [](Json& all) { all.set("skills_own", "Chess"); }); }) ==
          Lines{"sent, not shown: skills_own = Anything else that you do well: Chess"});
    CHECK(with([&](Json& payload) { answers(payload, [](Json& all) { all.erase("given_names"); }); }) ==
          Lines{"shown, not sent: given_names = Given name: Aino"});
    CHECK(with([&](Json& payload) { answers(payload, [](Json& all) { all.set("given_names", "Eila"); }); }) ==
          Lines{"shown: given_names = Given name: Aino", "sent: given_names = Given name: Eila"});
    CHECK(with([](Json& payload) { payload.set("mood", "good"); }) ==
          Lines{"sent, not shown: unknown member mood = \"good\""});
    const Lines flipped = with([](Json& payload) {
        Json records = Json::array();
        for (Json record : payload["consents"].items())
            records.push(record.set("given", true));
        payload.set("consents", std::move(records));
    });
    REQUIRE(flipped.size() == 4); // two boxes that were not ticked
    CHECK(flipped[1].ends_with(": Yes"));
}
