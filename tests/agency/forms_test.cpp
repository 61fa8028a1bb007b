#include "agency/api/services.h"
#include "agency/candidates/candidate_list.h"
#include "agency/cli/admin_actions.h"
#include "agency/store/documents.h"
#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

/// An agency with a folder of forms of its own.
struct OwnForms {
    ScratchFolder assets;
    AgencyFixture agency;

    OwnForms() {
        std::filesystem::create_directories(assets / "forms");
        std::filesystem::create_directories(assets / "skills");
        agency.assets = assets.path();
    }
    void write(const std::string& name, const std::string& text) {
        require_done(write_file_durably(assets / "forms" / name, text));
    }
    Outcome publish() {
        agency.open();
        return publish_documents(*agency.services, "a");
    }
    std::string refusal() {
        const Outcome outcome = publish();
        return outcome.ok() ? "accepted" : outcome.error().detail;
    }
    std::string digest() {
        const auto documents = require(agency.services->database->read_for<std::vector<Document>>(
            [](Connection& connection) { return offered_documents(connection, "a", "form"); }));
        REQUIRE(documents.size() == 1);
        return documents[0].digest;
    }
    std::string file(const std::string& name) const { return (assets / "forms" / name).string(); }
    std::vector<std::string> offered() {
        const auto documents = require(agency.services->database->read_for<std::vector<Document>>(
            [](Connection& connection) { return offered_documents(connection, "a", "form"); }));
        std::vector<std::string> ids;
        for (const Document& document : documents)
            ids.push_back(document.id + " " + document.version);
        return ids;
    }
};

/// A form of two questions; `shown_if` is the rule of the second.
std::string form_of(const std::string& version, const std::string& shown_if) {
    return R"({"format":"vakant-form/1","id":"own","version":")" + version +
           R"(","default_language":"en","languages":["en"],"notice_key":"t",
        "data":{"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":"string"}}},
        "pages":[{"id":"p","title_key":"t","items":[{"field":"a","widget":"yes_no","label_key":"t"},
            {"field":"b","widget":"text","label_key":"t","need":"required","visible_if":)" +
           shown_if + R"(}]}],"i18n":{"en":{"t":"Text"}}})";
}

const std::string can_show = R"({"var":"a"})";
const std::string never_shows = R"({"==":[{"var":"a"},"maybe"]})";

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("an agency's own forms take the place of those that were offered") {
    OwnForms own;
    CHECK(own.offered() == Words{"day 3", "interest 3", "registration 3"});
    own.write("own.json", form_of("4", can_show));
    REQUIRE(own.refusal() == "accepted");
    CHECK(own.offered() == Words{"own 4"});
}

TEST_CASE("an own form that an author would be refused is refused with file, path and reason") {
    OwnForms own;
    own.write("own.json", form_of("1", never_shows));
    CHECK(own.refusal() ==
          own.file("own.json") + R"(: pages[0].items[1]: "b" is required and can never show)");
    own.write("own.json", form_of("1", R"({"var":"c"})"));
    CHECK(own.refusal() == own.file("own.json") + R"(: pages[0].items[1].visible_if: there is no field "c")");
    own.write("own.json", form_of("1", can_show).substr(1));
    CHECK(own.refusal().rfind(own.file("own.json") + ": ", 0) == 0);
}

TEST_CASE("one bad form changes nothing of what is offered") {
    OwnForms own;
    own.write("own.json", form_of("1", can_show));
    REQUIRE(own.refusal() == "accepted");
    own.write("own.json", form_of("2", can_show));
    own.write("zzz.json", form_of("3", never_shows));
    CHECK(own.refusal() ==
          own.file("zzz.json") + R"(: pages[0].items[1]: "b" is required and can never show)");
    CHECK(own.offered() == Words{"own 1"});
}

TEST_CASE("answers are checked by the form that they name, also when a newer one came before they did") {
    OwnForms own;
    own.write("own.json", form_of("1", can_show));
    REQUIRE(own.refusal() == "accepted");
    const std::string begun = own.digest();
    own.write("own.json", form_of("2", R"({"!":{"var":"a"}})"));
    REQUIRE(own.refusal() == "accepted");
    const std::string newer = own.digest();
    REQUIRE(newer != begun);
    PlayedKiosk kiosk(own.agency.random);
    kiosk.enrol(own.agency, {"a"});
    const auto problems = [&](const std::string& digest, int number) {
        const Json payload = Json::object({{"kind", "registration"},
                                           {"form", "own"},
                                           {"version", "1"},
                                           {"digest", digest},
                                           {"language", "en"},
                                           {"answers", Json::object({{"a", true}, {"b", "x"}})},
                                           {"consents", Json::array()},
                                           {"source", Json::object({{"kind", "walk-in"}})},
                                           {"reference", reference_number(kiosk.prefix, number)},
                                           {"secret", "s"}});
        HeaderLines headers = kiosk.headers();
        headers.emplace_back("content-type", "application/x-ndjson");
        const Bytes envelope = kiosk.seal(own.agency, "a", payload.to_text());
        REQUIRE(call(own.agency, "POST", "/v1/submissions", headers, submission_line(envelope, "a")).status ==
                200);
        const Json list = require(own.agency.services->database->read_for<Json>(
            [](Connection& connection) { return candidate_list(connection, ""); }));
        for (const Json& one : list.items()) {
            if (one["reference"].text() == payload["reference"].text())
                return one["registrations"][0]["problems"].to_text();
        }
        return std::string("no candidate");
    };
    CHECK(problems(begun, 1) == "[]");
    CHECK(problems(newer, 2) == R"([{"field":"b","keyword":"hidden"}])");
    CHECK(problems("never-offered", 3) == R"([{"field":"","keyword":"unknown_form"}])");
}

namespace {

/// Two agencies with the forms that ship.
struct TwoAgencies {
    AgencyFixture agency; ///< a and b

    Result<Json> run(const char* action, Json arguments) {
        return run_admin_action(*agency.services, action, arguments);
    }
    Words offered_by(const std::string& id) {
        Words lines;
        const Json forms = require(run("forms", Json::object({{"agency", id}})));
        for (const Json& form : forms.items())
            lines.push_back(std::string(form["id"].text()) + " " + std::string(form["version"].text()) +
                            (form["own"].bool_or(false) ? " own" : ""));
        return lines;
    }
    Result<Json> set(const std::string& id, const std::string& text) {
        return run("form_set", Json::object({{"agency", id}, {"text", text}}));
    }
};

std::string as_registration(std::string text) {
    const std::string own = R"("id":"own")";
    return text.replace(text.find(own), own.size(), R"("id":"registration")");
}

} // namespace

TEST_CASE("one agency's own form takes the place of the one that ships, for its own kiosks only") {
    TwoAgencies two;
    const Json answer = require(two.set("a", as_registration(form_of("9", can_show))));
    CHECK(answer["id"].text() == "registration");
    CHECK(answer["own"].bool_or(false));
    CHECK(two.offered_by("a") == Words{"day 3", "interest 3", "registration 9 own"});
    CHECK(two.offered_by("b") == Words{"day 3", "interest 3", "registration 3"});
    // A start of `serve` offers the same again.
    require_done(publish_documents(*two.agency.services, "a"));
    CHECK(two.offered_by("a") == Words{"day 3", "interest 3", "registration 9 own"});

    PlayedKiosk kiosk(two.agency.random);
    kiosk.enrol(two.agency, {"a", "b"});
    const auto version_for = [&](const std::string& agency) {
        const auto answered = call(two.agency, "GET", "/v1/forms?agency=" + agency, kiosk.headers());
        REQUIRE(answered.status == 200);
        const Json forms = require(parse_json(answered.body));
        for (const Json& form : forms.items())
            if (form["id"].text() == "registration")
                return std::string(require(parse_json(form["body"].text()))["version"].text());
        return std::string("none");
    };
    CHECK(version_for("a") == "9");
    CHECK(version_for("b") == "3");
}

TEST_CASE("without its own form an agency offers the one that ships again") {
    TwoAgencies two;
    require(two.set("a", as_registration(form_of("9", can_show))));
    require(two.set("a", form_of("1", can_show)));
    CHECK(two.offered_by("a") == Words{"day 3", "interest 3", "own 1 own", "registration 9 own"});
    require(two.run("form_remove", Json::object({{"agency", "a"}, {"id", "registration"}})));
    CHECK(two.offered_by("a") == Words{"day 3", "interest 3", "own 1 own", "registration 3"});
    const auto again = two.run("form_remove", Json::object({{"agency", "a"}, {"id", "registration"}}));
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().detail == "form registration: agency a has none of that name of its own");
}

TEST_CASE("an own form that an author would be refused changes nothing of what is offered") {
    TwoAgencies two;
    const auto refused = two.set("a", form_of("1", never_shows));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().detail == R"(pages[0].items[1]: "b" is required and can never show)");
    CHECK(two.offered_by("a") == Words{"day 3", "interest 3", "registration 3"});
    const Json shown = require(two.run("form_show", Json::object({{"agency", "a"}, {"id", "registration"}})));
    CHECK(shown["format"].text() == "vakant-form/1");
    const auto unknown = two.run("form_show", Json::object({{"agency", "a"}, {"id", "own"}}));
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().detail == "form own: agency a offers none of that name");
}
