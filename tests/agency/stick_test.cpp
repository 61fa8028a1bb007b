// Sealed items that go to the agency on a memory stick, and the signed answers that come back on it.
#include <catch2/catch.hpp>

#include <sstream>

#include "agency/cli/commands.h"
#include "sync/stick.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

struct Office {
    AgencyFixture desk;
    ScratchFolder stick;
    KioskAtDesk kiosk{desk};

    Office() {
        kiosk.enrol({"a", "b"});
        kiosk.cable_out = true;
    }
    StickExchange at_the_kiosk() {
        return require(exchange_with_stick(*kiosk.outbox, kiosk.identity, stick.path()));
    }
    /// What the command at the agency printed, or why it refused after that.
    Json at_the_agency(std::string* refusal = nullptr) {
        std::istringstream in;
        std::ostringstream out;
        Settings settings;
        settings.data = desk.folder.path();
        settings.assets = desk.assets;
        settings.postgres = postgres_for(desk.folder.path());
        desk.services.reset();
        const Outcome outcome = import_envelopes_command(
            Invocation{settings, true, desk.clock, desk.random, in, out}, stick.path().string());
        desk.open();
        if (refusal) *refusal = outcome.ok() ? "" : outcome.error().detail;
        return out.str().empty() ? Json() : require(parse_json(out.str()));
    }
    std::filesystem::path folder() const { return stick / "vakant-envelopes" / kiosk.identity.device_id; }
    std::vector<std::filesystem::path> files(const std::string& extension) const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder()))
            if (entry.path().extension() == extension) found.push_back(entry.path());
        return found;
    }
    std::int64_t held() { return desk.count("SELECT COUNT(*) FROM envelopes"); }
    OutboxCounts counts() { return require(kiosk.outbox->counts()); }
};

} // namespace

TEST_CASE("what waits goes to the agency on a stick and its signed answers come back on it") {
    Office office;
    office.kiosk.finalise(office.kiosk.registration("One"));
    office.kiosk.finalise(office.kiosk.registration("Two, for b"), "b");
    CHECK(office.at_the_kiosk().written == 2);
    for (const std::filesystem::path& envelope : office.files(".envelope"))
        CHECK(require(read_file(envelope)).find("Two, for b") == std::string::npos); // it may be lost
    CHECK(office.counts().queued == 2); // it stays here until a signed answer is
    const Json said = office.at_the_agency();
    CHECK(said.to_text() == R"({"answered":2,"broken":[],"foreign":[],"later":[]})");
    CHECK(office.held() == 2);
    CHECK(office.files(".answer").size() == 2);
    const StickExchange back = office.at_the_kiosk();
    CHECK(back.answered == 2);
    CHECK(back.refused == 0);
    CHECK(back.written == 0);
    CHECK(office.counts().delivered == 2);
    CHECK(std::filesystem::is_empty(office.folder()));
}

TEST_CASE("a stick may go round any number of times, and the cable may come in between") {
    Office office;
    office.kiosk.finalise(office.kiosk.registration("One"));
    CHECK(office.at_the_kiosk().written == 1);
    CHECK(office.at_the_kiosk().written == 1);
    const std::filesystem::path envelope = office.files(".envelope").at(0);
    const std::string bytes = require(read_file(envelope));
    CHECK(office.at_the_agency()["answered"].integer_or(0) == 1);
    const std::string answer = require(read_file(office.files(".answer").at(0)));
    CHECK(office.at_the_agency()["answered"].integer_or(0) == 1);
    CHECK(require(read_file(office.files(".answer").at(0))) == answer); // to the byte
    office.kiosk.cable_out = false;
    office.kiosk.run_for(120'000);
    CHECK(office.counts().delivered == 1);
    CHECK(office.at_the_kiosk().answered == 1);
    require_done(write_file_durably(envelope, bytes)); // somebody kept a copy
    CHECK(office.at_the_agency()["answered"].integer_or(0) == 1);
    CHECK(office.at_the_kiosk().answered == 1);
    CHECK(office.held() == 1);
    CHECK(office.counts().delivered == 1);
}

TEST_CASE("broken files and folders of strangers are left alone, and the rest is taken") {
    Office office;
    office.kiosk.finalise(office.kiosk.registration("Whole"));
    office.at_the_kiosk();
    const std::string whole = require(read_file(office.files(".envelope").at(0)));
    require_done(write_file_durably(office.folder() / "a.cut.envelope", whole.substr(0, whole.size() / 2)));
    require_done(write_file_durably(office.folder() / "a.long.envelope", std::string((1u << 20) + 1, 'x')));
    std::filesystem::create_symlink(office.kiosk.folder / "device.json", office.folder() / "a.link.envelope");
    const auto stranger = office.stick / "vakant-envelopes" / make_uuid(office.desk.random);
    std::filesystem::create_directories(stranger);
    require_done(write_file_durably(stranger / "a.x.envelope", whole));
    std::filesystem::create_directories(office.stick / "vakant-envelopes" / "holiday pictures");
    std::string refusal;
    const Json said = office.at_the_agency(&refusal);
    CHECK(said["answered"].integer_or(0) == 1);
    CHECK(said["broken"].size() == 3);
    CHECK(said["foreign"].size() == 2);
    CHECK(refusal == "5 on the stick were not taken");
    CHECK(office.held() == 1);
    CHECK(office.files(".answer").size() == 1);
    std::filesystem::remove_all(office.stick / "vakant-envelopes");
    office.at_the_agency(&refusal);
    CHECK(refusal == office.stick.path().string() + ": nothing that a kiosk wrote is here");
}

TEST_CASE("an envelope that another device sealed is refused under the agency's signature") {
    Office office;
    KioskAtDesk other(office.desk);
    other.enrol({"a"});
    other.finalise(other.registration("Another's"));
    office.at_the_kiosk();
    require_done(write_file_durably(office.folder() / "a.x.envelope",
                                    as_text(require(other.outbox->waiting(1)).at(0).envelope)));
    CHECK(office.at_the_agency()["answered"].integer_or(0) == 1);
    CHECK(office.held() == 0);
    const Answer answer = require(answer_from_json_text(require(read_file(office.files(".answer").at(0)))));
    CHECK(answer.verdict == Verdict::refused);
    CHECK(answer.reason == "unknown_device");
    CHECK(office.at_the_kiosk().refused == 1); // no item of this kiosk
}

TEST_CASE("an answer on a stick counts only as the agency's signed word on this item from this kiosk") {
    Office office;
    const std::string id = office.kiosk.finalise(office.kiosk.registration("One"));
    office.at_the_kiosk();
    const OutboxItem item = require(office.kiosk.outbox->waiting(1)).at(0);
    const SigningKey answers = *require(office.desk.services->keys.secrets("a"))->answers;
    Answer said;
    said.verdict = Verdict::stored;
    said.agency = "a";
    said.device = office.kiosk.identity.device_id;
    said.envelope_id = id;
    said.digest = item.digest;
    said.epoch = office.desk.services->epoch;
    said.sequence = 1;
    const auto [what, counts] = GENERATE(table<std::string, bool>({{"as it is", true},
                                                                   {"by a stranger", false},
                                                                   {"for another device", false},
                                                                   {"of an agency not served", false},
                                                                   {"about other bytes", false},
                                                                   {"about no item of ours", false},
                                                                   {"not even JSON", false}}));
    INFO(what);
    if (what == "for another device") said.device = make_uuid(office.desk.random);
    if (what == "of an agency not served") said.agency = "c";
    if (what == "about other bytes") said.digest = std::string(64, '0');
    if (what == "about no item of ours") said.envelope_id = make_uuid(office.desk.random);
    said = sign_answer(said, what == "by a stranger" ? make_signing_key() : answers);
    require_done(write_file_durably(office.folder() / "a.x.answer",
                                    what == "not even JSON" ? "{" : to_json_text(said)));
    const StickExchange back = office.at_the_kiosk();
    CHECK(back.answered == (counts ? 1U : 0U));
    CHECK(back.refused == (counts ? 0U : 1U));
    CHECK(office.counts().delivered == (counts ? 1U : 0U));
}

TEST_CASE("a stick that is not there or cannot be written is said to be so, and nothing is lost") {
    Office office;
    office.kiosk.finalise(office.kiosk.registration("One"));
    const auto missing =
        exchange_with_stick(*office.kiosk.outbox, office.kiosk.identity, office.stick / "none");
    CHECK(missing.error().kind == ErrorKind::not_found);
    require_done(write_file_durably(office.stick / "vakant-envelopes", "a file in the folder's place"));
    const auto blocked =
        exchange_with_stick(*office.kiosk.outbox, office.kiosk.identity, office.stick.path());
    CHECK(blocked.error().kind == ErrorKind::refused);
    CHECK(office.counts().queued == 1);
    CHECK_FALSE(is_mounted(office.stick.path()));
    CHECK(is_mounted("/proc"));
}
