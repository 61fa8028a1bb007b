// How long what is sent may be kept, by country, and the record of a consent to the letter.
#include "core/crypto/crypto.h"
#include "core/registration/form_authoring.h"
#include "core/registration/retention.h"
#include "tests/fakes/form_sitting.h"

using namespace vakant;

namespace {

std::string authors_verdict(const Json& json) {
    const auto form = FormDefinition::from_json(json);
    if (!form.ok()) return form.error().detail;
    const auto checked = check_as_author(*form);
    return checked.ok() ? "accepted" : checked.error().detail;
}

/// The shipped form of an agency in another country, which changed nothing else, or these months in its
/// texts.
Json in_country(const std::string& country, const std::string& registration = "12",
                const std::string& pool = "24") {
    Json json = shipped_form("registration");
    json.set("country", country);
    Json all = Json::object();
    for (const auto& [language, texts] : json["i18n"].members()) {
        Json changed = Json::object();
        for (const auto& [key, text] : texts.members()) {
            std::string words(text.text());
            const std::string from = key == "notice" ? "12" : key == "consent.pool" ? "24" : "";
            if (!from.empty()) {
                const std::size_t at = words.find(from);
                REQUIRE(at != words.npos);
                words.replace(at, 2, key == "notice" ? registration : pool);
            }
            changed.set(key, words);
        }
        all.set(language, std::move(changed));
    }
    json.set("i18n", std::move(all));
    return json;
}

Json submission_of(const FormDefinition& form, const std::string& language) {
    Sitting sitting(form);
    FormSession& session = sitting.session;
    session.set_answer("given_names", "Aino");
    session.set_answer("family_name", "Koski");
    session.set_answer("contact_way", "come_back");
    session.note_notice_shown(language, 1'795'424'300'000);
    session.note_consents_shown(language, 1'795'424'400'000);
    session.set_consent("talent_pool", true);
    auto sent = session.submission(language, "KTR-0427-M", "s");
    REQUIRE(sent.ok());
    return std::move(sent).value();
}

} // namespace

TEST_CASE("the classes that are usual in Finland, Sweden and Norway stand where a form names none") {
    struct Expected {
        std::string country, registration, pool;
    };
    for (const Expected& expected : {Expected{"FI", "job-12-months", "pool-24-months"},
                                     Expected{"SE", "job-24-months", "pool-24-months"},
                                     Expected{"NO", "job-6-months", "pool-12-months"}}) {
        INFO(expected.country);
        const Json sent = submission_of(form_of(in_country(expected.country)), "nb");
        CHECK(sent["retention"].text() == expected.registration);
        CHECK(sent["consents"][0]["retention"].text() == expected.registration);
        CHECK(sent["consents"][1]["retention"].text() == expected.pool);
        CHECK(sent["consents"][2]["retention"].text() == expected.registration);
    }
    const auto nowhere = FormDefinition::from_json(in_country("EE"));
    REQUIRE_FALSE(nowhere.ok());
    CHECK(nowhere.error().detail == "consents[0].retention: nothing is usual in EE, so it must be said");
}

TEST_CASE("a text that promises other months than are kept is refused with its place and language") {
    CHECK(authors_verdict(in_country("FI")) == "accepted");
    CHECK(authors_verdict(in_country("SE")) ==
          "notice_key: says 12 months in fi, the retention is job-24-months");
    CHECK(authors_verdict(in_country("SE", "24")) == "accepted");
    CHECK(authors_verdict(in_country("NO", "6")) ==
          "consents[1].text_key: says 24 months in fi, the retention is pool-12-months");
    CHECK(authors_verdict(in_country("NO", "6", "12")) == "accepted");
    for (const std::string form : {"registration", "day", "interest"}) {
        INFO(form);
        CHECK(authors_verdict(shipped_form(form)) == "accepted");
    }
}

TEST_CASE("months are found in every language of the kiosk, and other numbers are none") {
    using Months = std::vector<int>;
    CHECK(months_named("Säilytämme tiedot 12 kuukautta.") == Months{12});
    CHECK(months_named("i 24 månader") == Months{24});
    CHECK(months_named("i 6 måneder") == Months{6});
    CHECK(months_named("for 24\u00a0months, then 3 months") == Months{24, 3});
    CHECK(months_named("24 місяці") == Months{24});
    CHECK(months_named("12 месяцев") == Months{12});
    CHECK(months_named("نحتفظ بها 12 شهرًا") == Months{12});
    CHECK(months_named("6 أشهر") == Months{6});
    CHECK(months_named("call 040 123 or come on 3 March").empty());
    CHECK(months_named("99999999999999999999 months") == Months{9999});
    for (const std::string name : {"registration", "day", "interest"}) {
        const FormDefinition form = form_of(shipped_form(name));
        for (const std::string& language : form.languages) {
            INFO(name << " " << language);
            CHECK(months_named(form.text(form.notice_key, language)) == Months{12});
            CHECK(months_named(form.text("consent.pool", language)) == Months{24});
        }
    }
}

TEST_CASE("a retention class has a word and a number of months") {
    for (const char* good : {"job-6-months", "pool-24-months", "a-999-months"})
        CHECK(is_retention_class(good));
    for (const char* bad : {"job-months", "-6-months", "job-0-months", "job-06-months", "job-1000-months",
                            "Job-6-months", "job-6-years", "6-months", ""}) {
        INFO(bad);
        CHECK_FALSE(is_retention_class(bad));
    }
    CHECK(months_of("pool-24-months") == 24);
    CHECK(months_of("for ever") == 0);
}

TEST_CASE("the record of each consent is complete, given or refused") {
    const FormDefinition form = form_of(shipped_form("registration"));
    const Json sent = submission_of(form, "sv");
    const auto record = [&](const std::string& purpose, const std::string& recipient, const std::string& kind,
                            bool given, const std::string& version, const std::string& text,
                            const std::string& retention) {
        return Json::object({{"purpose", purpose},
                             {"recipient", recipient},
                             {"recipient_kind", kind},
                             {"given", given},
                             {"language", "sv"},
                             {"text_version", version},
                             {"text_digest", blake2b_hex(text)},
                             {"at", 1'795'424'400'000},
                             {"form_version", "3"},
                             {"retention", retention}})
            .to_text();
    };
    REQUIRE(sent["consents"].size() == 3);
    CHECK(sent["consents"][0].to_text() == record("ask_before_each_employer", "", "agency", true, "1",
                                                  std::string(form.text("consent.ask", "sv")),
                                                  "job-12-months"));
    CHECK(sent["consents"][1].to_text() ==
          record("talent_pool", "", "agency", true, "2",
                 "Spara mina uppgifter i 24 månader och föreslå också andra arbeten.", "pool-24-months"));
    CHECK(sent["consents"][2].to_text() ==
          record("public_employment_service", "public-employment-service", "public_service", false, "1",
                 std::string(form.text("consent.public", "sv")), "job-12-months"));
    CHECK(sent["notice"].to_text() == Json::object({{"language", "sv"},
                                                    {"at", 1'795'424'300'000},
                                                    {"text_digest", blake2b_hex(form.text("notice", "sv"))}})
                                          .to_text());
}
