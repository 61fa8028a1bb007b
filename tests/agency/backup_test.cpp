// Backups, what comes after one was put back, and how long a kiosk holds what it delivered.
#include <catch2/catch.hpp>

#include <sstream>

#include "agency/cli/admin_actions.h"
#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"
#include "agency/store/backup.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

/// A command of vakant-agency on the desk's data directory: what it printed, or why not.
template <typename Options>
std::string command(AgencyFixture& desk, Outcome (*run)(const Invocation&, const Options&),
                    const Options& options) {
    std::istringstream in;
    std::ostringstream out;
    Settings settings;
    settings.data = desk.folder.path();
    settings.assets = desk.assets;
    settings.postgres = postgres_for(desk.folder.path());
    const Outcome outcome = run(Invocation{settings, true, desk.clock, desk.random, in, out}, options);
    return outcome.ok() ? out.str() : outcome.error().detail;
}

Json back_up(AgencyFixture& desk, const std::filesystem::path& file) {
    return require(run_admin_action(*desk.services, "backup", Json::object({{"file", file.string()}})));
}

std::string restore(AgencyFixture& desk, const std::filesystem::path& file) {
    desk.services.reset();
    std::string said = command(desk, restore_command, RestoreOptions{file.string(), false});
    desk.open();
    return said;
}

std::int64_t backed_up(AgencyFixture& desk) {
    return require(desk.services->database->read_for<std::int64_t>(
        [](Connection& connection) { return backed_up_through(connection); }));
}

bool holds(AgencyFixture& desk, const std::string& envelope) {
    return desk.count("SELECT COUNT(*) FROM envelopes WHERE envelope_id = '" + envelope + "'") == 1;
}

std::string raw(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? require(read_file(file)) : "";
}

} // namespace

TEST_CASE("a backup of a running store is read back, and lets kiosks let go of what it holds", "[sqlite]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("First"));
    kiosk.finalise(kiosk.registration("Second"));
    kiosk.run_for(2 * minute);
    const auto socket = require(AdminSocket::start(*desk.services));
    const ScratchFolder out;
    const auto file = out / "agency.backup";
    const Json said = require(parse_json(command(desk, backup_command, BackupOptions{file, false, ""})));
    CHECK(said["file"].text() == file.string());
    CHECK(said["bytes"].integer_or(0) == static_cast<std::int64_t>(std::filesystem::file_size(file)));
    CHECK(said["position"].text() == desk.services->epoch + ":2");
    CHECK(raw(out / "agency.backup.sha256") == std::string(said["sha256"].text()) + "  agency.backup\n");
    CHECK(to_hex(sha256(as_bytes(raw(file)))) == said["sha256"].text());
    CHECK(backed_up(desk) == 2);
    const StorePosition read = require(read_backup(file));
    CHECK(read.epoch == desk.services->epoch);
    CHECK(read.through == 2);
    // One plain file: nothing of it lies in a log beside it.
    CHECK_FALSE(std::filesystem::exists(out / "agency.backup-wal"));
    CHECK(command(desk, backup_command, BackupOptions{file, false, ""}) ==
          file.string() + ": is there already and is not written over");
}

TEST_CASE("a backup holds what was opened and none of the keys", "[sqlite]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("Kanarialintu"));
    kiosk.run_for(2 * minute);
    const ScratchFolder out;
    back_up(desk, out / "agency.backup");
    const std::string held = raw(out / "agency.backup");
    CHECK(held.find("Kanarialintu") != std::string::npos); // the search finds what is there
    std::size_t keys = 0;
    const auto secrets = require(desk.services->keys.secrets("a"));
    const auto is_not_in_it = [&](ByteView key) {
        ++keys;
        const std::string bytes(as_text(key));
        CHECK(held.find(bytes) == std::string::npos);
        CHECK(held.find(to_base64url(as_bytes(bytes))) == std::string::npos);
        CHECK(held.find(to_hex(as_bytes(bytes))) == std::string::npos);
    };
    for (const SealingKey& opening : secrets->opening)
        is_not_in_it({opening.secret.data(), 32});
    for (const auto* signing : {&secrets->answers, &secrets->content})
        is_not_in_it({signing->value().secret.data(), 32}); // the seed; the public key follows it
    CHECK(keys >= 3);
}

TEST_CASE("a backup that does not read back is refused, and nothing is let go for it", "[sqlite]") {
    AgencyFixture desk;
    const ScratchFolder out;
    const auto file = out / "agency.backup";
    back_up(desk, file);
    std::string bytes = raw(file);
    SECTION("a page of it is damaged") {
        for (std::size_t at = bytes.size() / 3; at < bytes.size() / 3 + 6'000; ++at)
            bytes[at] = '\x5a';
        require_done(write_file_durably(file, bytes));
        CHECK(read_backup(file).error().kind == ErrorKind::damaged);
    }
    SECTION("it is cut short") {
        require_done(write_file_durably(file, bytes.substr(0, bytes.size() / 2)));
        CHECK(read_backup(file).error().kind == ErrorKind::damaged);
    }
    SECTION("it is something else") {
        require_done(write_file_durably(file, "not a store"));
        CHECK(read_backup(file).error().kind == ErrorKind::damaged);
    }
    const std::string epoch = desk.services->epoch;
    CHECK(restore(desk, file) == file.string() + ": is not what " + file.string() + ".sha256 says");
    std::filesystem::remove(file.string() + ".sha256");
    CHECK_FALSE(restore(desk, file).starts_with("{"));
    CHECK(desk.services->epoch == epoch);
}

TEST_CASE("what was delivered after the backup goes again once it was put back, and nothing is lost",
          "[sqlite]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a", "b"});
    const std::string before = kiosk.finalise(kiosk.registration("Before"));
    kiosk.run_for(2 * minute);
    const ScratchFolder out;
    back_up(desk, out / "backup");
    const std::string after = kiosk.finalise(kiosk.registration("After"));
    const std::string of_b = kiosk.finalise(kiosk.registration("After, at b"), "b");
    kiosk.run_for(2 * minute);
    const std::string first_epoch = desk.services->epoch;
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 3);

    const Json said = require(parse_json(restore(desk, out / "backup")));
    CHECK(said["through"].integer_or(0) == 1);
    CHECK(said["epoch"].text() == desk.services->epoch);
    CHECK(desk.services->epoch != first_epoch);
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 1);
    // The former store lies aside, whole.
    const StorePosition former = require(read_backup(std::string(said["former"].text())));
    CHECK(former.epoch == first_epoch);
    CHECK(former.through == 3);

    kiosk.run_for(3 * minute);
    CHECK(holds(desk, before));
    CHECK(holds(desk, after));
    CHECK(holds(desk, of_b));
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 3);
    for (const OutboxItem& item : require(kiosk.outbox->all_items())) {
        CHECK(item.state == ItemState::delivered);
        CHECK(item.epoch == desk.services->epoch);
    }
    // What the backup held was not sent a second time.
    CHECK(desk.count("SELECT sequence FROM envelopes WHERE envelope_id = '" + before + "'") == 1);
    CHECK(kiosk.engine->status().server_epoch == desk.services->epoch);
}

TEST_CASE("a store put back twice still gets everything, also what only its middle life had", "[sqlite]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    const ScratchFolder out;
    back_up(desk, out / "empty");
    std::vector<std::string> all{kiosk.finalise(kiosk.registration("In the first life"))};
    kiosk.run_for(2 * minute);
    restore(desk, out / "empty");
    KioskAtDesk late(desk); // hears of the second life only in the third
    late.enrol({"a"});
    all.push_back(late.finalise(late.registration("In the second life")));
    late.run_for(2 * minute);
    back_up(desk, out / "second");
    all.push_back(late.finalise(late.registration("In the second life, after its backup")));
    late.run_for(2 * minute);
    restore(desk, out / "second");
    kiosk.run_for(3 * minute);
    late.run_for(3 * minute);
    for (const std::string& id : all)
        CHECK(holds(desk, id));
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 3);
    CHECK(desk.count("SELECT COUNT(*) FROM store_epochs") == 2);
}

TEST_CASE("a store that is in use is not put back, and an empty data directory takes one", "[sqlite]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("Kept"));
    kiosk.run_for(2 * minute);
    const ScratchFolder out;
    back_up(desk, out / "backup");
    {
        const auto lock = require(DataLock::take(desk.folder.path()));
        CHECK(command(desk, restore_command, RestoreOptions{out / "backup", false}) ==
              desk.folder.path().string() + ": a serve or another command works here; stop it first");
    }
    CHECK(command(desk, restore_command, RestoreOptions{}) == "restore: say FILE or --in-place");
    AgencyFixture empty(AgencyFixture::Empty{});
    const Json said =
        require(parse_json(command(empty, restore_command, RestoreOptions{out / "backup", false})));
    CHECK(said["former"].is_null());
    empty.open();
    CHECK(empty.count("SELECT COUNT(*) FROM envelopes") == 1);
}

TEST_CASE("a restore that was cut off leaves no store that anybody opens, and is run again", "[sqlite]") {
    AgencyFixture desk;
    const ScratchFolder out;
    back_up(desk, out / "backup");
    desk.services.reset();
    // As after a power cut between the two renames.
    const auto file = desk.folder / "agency.db";
    require_done(write_file_durably(half_restored(file), "half"));
    std::filesystem::rename(file, desk.folder / "agency.db.before-restore-20261123T080000Z");
    const auto opened = open_services({desk.folder.path(), desk.assets, ""}, desk.clock, desk.random);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().detail ==
          half_restored(file).string() + ": a restore was cut off; run it again before anything else");
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(restore(desk, out / "backup").starts_with("{"));
    CHECK(desk.count("SELECT COUNT(*) FROM agencies") == 2);
}

TEST_CASE(
    "a kiosk lets go of what it delivered after three days and once a backup holds it, and not before") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("To be let go"));
    const Bytes envelope = require(kiosk.outbox->waiting(1)).at(0).envelope;
    const std::string piece(as_text(ByteView(envelope).last(200)));
    const auto in_the_files = [&] {
        return (raw(kiosk.folder / "outbox.db") + raw(kiosk.folder / "outbox.db-wal")).find(piece) !=
               std::string::npos;
    };
    kiosk.run_for(2 * minute);
    desk.clock.move(73 * hour);
    kiosk.run_for(2 * minute);
    CHECK(require(kiosk.outbox->counts()).delivered == 1); // three days, but no backup
    CHECK(in_the_files());                                 // so the search finds what is there
    const Json position = require(run_admin_action(*desk.services, "backup_position", Json::object()));
    kiosk.finalise(kiosk.registration("Later"));
    kiosk.run_for(2 * minute);
    require(run_admin_action(*desk.services, "backup_noted", position));
    kiosk.run_for(2 * minute);
    CHECK(require(kiosk.outbox->counts()).delivered == 1); // the later one, which no backup holds
    CHECK_FALSE(in_the_files());
    const Json later = require(run_admin_action(*desk.services, "backup_position", Json::object()));
    require(run_admin_action(*desk.services, "backup_noted", later));
    desk.clock.move(71 * hour);
    kiosk.run_for(2 * minute);
    CHECK(require(kiosk.outbox->counts()).delivered == 1); // a backup, but not three days
    desk.clock.move(2 * hour);
    kiosk.run_for(2 * minute);
    CHECK(require(kiosk.outbox->counts()).delivered == 0);
}

TEST_CASE("a store that makes its own backups is told of them by their position, and begins anew in place") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("One"));
    kiosk.run_for(2 * minute);
    const auto noted = [&](const std::string& position) {
        const auto said =
            run_admin_action(*desk.services, "backup_noted", Json::object({{"position", position}}));
        return said.ok() ? std::to_string(backed_up(desk)) : said.error().detail;
    };
    const std::string epoch = desk.services->epoch;
    CHECK(noted(epoch + ":1") == "1");
    CHECK(noted(epoch + ":0") == "1"); // an older backup takes nothing back
    CHECK(noted(epoch + ":2") == "the backup says that it holds 2 envelopes, the store has 1");
    CHECK(noted("other:1") ==
          "the backup is of epoch other, the store of " + epoch + ": it holds nothing for this store");
    for (const std::string wrong : {"", "x", ":1", "x:", "x:1y", "x:-1"})
        CHECK(noted(wrong) == "position " + wrong + ": not what `backup --position` printed");
    desk.services.reset();
    CHECK(command(desk, restore_command, RestoreOptions{"", true}).starts_with("{\"epoch\":\""));
    desk.open();
    CHECK(desk.services->epoch != epoch);
    kiosk.run_for(2 * minute);
    CHECK(require(kiosk.outbox->all_items()).at(0).epoch == desk.services->epoch);
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 1);
}

TEST_CASE("nothing but the agency's signed word on these two epochs makes a kiosk send again") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("One"));
    kiosk.run_for(2 * minute);
    const ScratchFolder out;
    const std::string epoch = desk.services->epoch;
    desk.services.reset();
    CHECK(command(desk, restore_command, RestoreOptions{"", true}).starts_with("{"));
    desk.open();
    const SigningKey answers = *require(desk.services->keys.secrets("a"))->answers;
    ResendAnswer said{"a", kiosk.identity.device_id, desk.services->epoch, epoch, 0, "", {}};
    const auto [what, counts] = GENERATE(table<std::string, bool>({{"as it is", true},
                                                                   {"unsigned", false},
                                                                   {"by a stranger", false},
                                                                   {"to another device", false},
                                                                   {"on another epoch", false},
                                                                   {"from another epoch", false},
                                                                   {"of another agency", false}}));
    INFO(what);
    if (what == "to another device") said.device = make_uuid(desk.random);
    if (what == "on another epoch") said.earlier_epoch = "other";
    if (what == "from another epoch") said.epoch = "other";
    if (what == "of another agency") said.agency = "b";
    said = sign_resend(said, what == "by a stranger" ? make_signing_key() : answers);
    if (what == "unsigned") said.signature = {};
    const auto honest = kiosk.http.play;
    std::size_t sent = 0;
    kiosk.http.play = [&](const HttpRequest& request) -> Result<HttpAnswer> {
        if (request.url.find("/v1/resend") != std::string::npos)
            return HttpAnswer{200, {}, "{\"answers\":[" + to_json_text(said) + "]}"};
        if (request.url.find("/v1/submissions") != std::string::npos) ++sent;
        return honest(request);
    };
    kiosk.run_for(10 * minute);
    CHECK((sent > 0) == counts);
    const OutboxItem item = require(kiosk.outbox->all_items()).at(0);
    CHECK(item.state == ItemState::delivered);
    CHECK((item.epoch == desk.services->epoch) == counts);
}
