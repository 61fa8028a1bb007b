// The life of keys: each step as the command does it, with kiosks that were away meanwhile.
#include <catch2/catch.hpp>

#include <sstream>

#include "agency/cli/admin_actions.h"
#include "agency/cli/commands.h"
#include "agency/devices/key_life.h"
#include "agency/store/backup.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 24 * 60 * minute;

using Command = Outcome (*)(const Invocation&, const KeysOptions&);

/// An agency with its offline files, and a kiosk that serves it.
struct House {
    AgencyFixture desk;
    ScratchFolder offline;
    KioskAtDesk kiosk{desk};
    std::filesystem::path root = made_keys().a.root_file;

    House() {
        require_done(write_file_durably(offline / "passphrase", "correct horse\n"));
        kiosk.enrol({"a"});
    }
    KeysOptions options() const {
        KeysOptions options;
        options.agency = "a";
        options.root_file = root;
        options.passphrase_file = options.new_passphrase_file = offline / "passphrase";
        options.out_folder = offline.path();
        return options;
    }
    /// What it printed, or why not. The store is handed over to the command and back, as without a `serve`.
    std::string run(Command command, const KeysOptions& with) {
        std::istringstream in;
        std::ostringstream out;
        Settings settings;
        settings.data = desk.folder.path();
        settings.assets = desk.assets;
        settings.postgres = postgres_for(desk.folder.path());
        desk.services.reset();
        const Outcome outcome = command(Invocation{settings, true, desk.clock, desk.random, in, out}, with);
        desk.open();
        return outcome.ok() ? out.str() : outcome.error().detail;
    }
    Json done(Command command, const KeysOptions& with) {
        const std::string said = run(command, with);
        INFO(said);
        return require(parse_json(said));
    }
    std::string retire(const KeyId& key) {
        KeysOptions with = options();
        with.key = key;
        return run(keys_retire_command, with);
    }
    KeyId opening_id() { return key_id_of(desk.keys_of("a").opening.front()); }
    std::vector<KeyId> recipients_of(const std::string& envelope) {
        std::vector<KeyId> keys;
        for (const OutboxItem& item : require(kiosk.outbox->waiting(100))) {
            if (item.id != envelope) continue;
            for (const auto& recipient : require(parse_envelope(item.envelope)).header.recipients)
                keys.push_back(recipient.key);
        }
        return keys;
    }
    bool holds(const std::string& envelope) {
        return desk.count("SELECT COUNT(*) FROM envelopes WHERE envelope_id = '" + envelope + "'") == 1;
    }
    std::filesystem::path key_folder() const { return desk.folder / "keys" / "a"; }
};

} // namespace

TEST_CASE("what was sealed ninety days before a rotation is opened after it") {
    House house;
    const KeyId former = house.opening_id();
    house.kiosk.run_for(2 * minute);
    house.kiosk.cable_out = true;
    const std::string early = house.kiosk.finalise(house.kiosk.registration("Before the rotation"));
    const Json said = house.done(keys_rotate_command, house.options());
    CHECK(said["version"].integer_or(0) == 2);
    CHECK(said["keys"].size() == 3);
    CHECK(house.opening_id() != former);
    house.desk.clock.move(90 * day);
    const std::string late = house.kiosk.finalise(house.kiosk.registration("Sealed by an old key set"));
    CHECK(house.recipients_of(late).front() == former);
    house.kiosk.cable_out = false;
    house.kiosk.run_for(5 * minute);
    CHECK(house.holds(early));
    CHECK(house.holds(late));
    // The kiosk has learned of the newer keys by an answer that one of them signed.
    CHECK(house.kiosk.identity.agencies.at(0).keys.version == 2);
    house.kiosk.cable_out = true;
    const std::string now = house.kiosk.finalise(house.kiosk.registration("After the rotation"));
    CHECK(house.recipients_of(now) ==
          std::vector<KeyId>{house.opening_id(), key_id_of(made_keys().a.key_set.keys.recovery)});
}

TEST_CASE("a former opening key is put away once no kiosk may hold what only it opens") {
    House house;
    const KeyId former = house.opening_id();
    CHECK(house.retire(former) ==
          "key " + former + ": kiosks seal to it now; `keys rotate` or `keys replace-recovery` first");
    house.kiosk.run_for(2 * minute);
    house.kiosk.cable_out = true;
    const std::string waiting = house.kiosk.finalise(house.kiosk.registration("Waiting"));
    house.done(keys_rotate_command, house.options());
    const std::string why = "key " + former +
                            ": these kiosks may hold what only it opens, until they are heard with the newer "
                            "key set and nothing waiting, or are revoked: " +
                            house.kiosk.identity.device_id;
    CHECK(house.retire(former) == why);
    CHECK(std::filesystem::exists(house.key_folder() / "opening.json"));
    house.kiosk.cable_out = false;
    house.kiosk.run_for(3 * minute);
    CHECK(house.holds(waiting));
    CHECK(house.retire(former).starts_with("{\"retired\":\"" + former));
    CHECK_FALSE(std::filesystem::exists(house.key_folder() / "opening.json"));
    // Put away, not deleted: a backup of earlier days may want it.
    CHECK(std::filesystem::exists(house.key_folder() / "retired" / ("opening-" + former + ".json")));
    CHECK(house.retire(former) == "key " + former + ": no file of it is here");
    house.kiosk.finalise(house.kiosk.registration("Later"));
    house.kiosk.run_for(3 * minute);
    CHECK(require(house.kiosk.outbox->counts()).queued == 0);
}

TEST_CASE("a revoked kiosk is told so, keeps what it holds, and no longer keeps a key from being put away") {
    House house;
    const KeyId former = house.opening_id();
    house.kiosk.run_for(2 * minute);
    house.kiosk.cable_out = true;
    house.kiosk.finalise(house.kiosk.registration("Held"));
    house.done(keys_rotate_command, house.options());
    require(run_admin_action(*house.desk.services, "device_revoke",
                             Json::object({{"device", house.kiosk.identity.device_id}})));
    CHECK(house.retire(former).starts_with("{\"retired\":"));
    house.kiosk.cable_out = false;
    house.kiosk.run_for(10 * minute);
    CHECK(require(house.kiosk.outbox->counts()).queued == 1);
    CHECK(house.desk.count("SELECT COUNT(*) FROM envelopes") == 0);
}

TEST_CASE("keys that sign are put away only after a rotation, and what they signed holds until then") {
    House house;
    const KeyId answers = key_id_of(house.desk.keys_of("a").answers.front());
    const KeyId content = key_id_of(house.desk.keys_of("a").content.front());
    CHECK(house.retire(answers) == "key " + answers + ": it signs now; `keys rotate` first");
    CHECK(house.retire(content) == "key " + content + ": it signs now; `keys rotate` first");
    KeysOptions only = house.options();
    only.uses = {"answer", "content"};
    CHECK(house.done(keys_rotate_command, only)["keys"].size() == 2);
    CHECK(house.desk.keys_of("a").answers.size() == 2);
    CHECK(house.desk.keys_of("a").opening.size() == 1);
    CHECK(key_id_of(require(house.desk.services->keys.secrets("a"))->answers->public_key) ==
          key_id_of(house.desk.keys_of("a").answers.back()));
    CHECK(house.retire(answers).starts_with("{\"retired\":"));
    CHECK(house.retire(content).starts_with("{\"retired\":"));
    CHECK(house.desk.keys_of("a").answers.size() == 1);
    CHECK(house.desk.keys_of("a").content.size() == 1);
    CHECK(house.desk.keys_of("a").version == 4);
    house.kiosk.finalise(house.kiosk.registration("After it all"));
    house.kiosk.run_for(5 * minute);
    CHECK(require(house.kiosk.outbox->counts()).delivered == 1);
    CHECK(house.desk.count(
              "SELECT COUNT(*) FROM documents WHERE offered = 1 AND agency_id = 'a' AND signer <> '" +
              key_id_of(house.desk.keys_of("a").content.front()) + "'") == 0);
    only.uses = {"answer", "nothing"};
    CHECK(house.run(keys_rotate_command, only) == "--keys: opening, answer, content, each once");
}

TEST_CASE("after an opening key was lost, the recovery key opens what waits, and nothing is lost") {
    House house;
    KeysOptions with = house.options();
    with.recovery_file = made_keys().a.recovery_file;
    const KeyId lost = house.opening_id();
    CHECK(house.run(keys_recover_command, with) == "key " + lost + ": its file is here, nothing is lost");
    house.kiosk.run_for(2 * minute);
    std::filesystem::remove(house.key_folder() / "opening.json");
    house.desk.open();
    const std::string waiting = house.kiosk.finalise(house.kiosk.registration("Waiting for a key"));
    house.kiosk.run_for(3 * minute);
    CHECK_FALSE(house.holds(waiting));
    CHECK(require(house.kiosk.outbox->counts()).queued == 1);

    with.recovery_file = made_keys().b.recovery_file;
    CHECK(house.run(keys_recover_command, with) ==
          with.recovery_file.string() + ": not the recovery key of a");
    with.recovery_file = made_keys().a.recovery_file;
    const Json said = house.done(keys_recover_command, with);
    CHECK(said["lost"].text() == lost);
    house.kiosk.run_for(10 * minute);
    CHECK(house.holds(waiting));

    // The recovery key has been on this machine: another one takes its place.
    const Json replaced = house.done(keys_replace_recovery_command, house.options());
    const KeyId former = key_id_of(made_keys().a.key_set.keys.recovery);
    CHECK(replaced["former"].text() == former);
    CHECK(replaced["still_needed_for"].size() == 1);
    CHECK(house.retire(former).find(house.kiosk.identity.device_id) != std::string::npos);
    house.kiosk.run_for(3 * minute);
    CHECK(house.retire(former).starts_with("{\"retired\":"));
    house.kiosk.finalise(house.kiosk.registration("Later"));
    house.kiosk.run_for(3 * minute);
    CHECK(require(house.kiosk.outbox->counts()).queued == 0);
}

TEST_CASE("a replaced recovery key opens what is sealed from then on, the former what was before") {
    House house;
    house.kiosk.run_for(2 * minute);
    house.kiosk.cable_out = true;
    const std::string before = house.kiosk.finalise(house.kiosk.registration("Before"));
    const Bytes early = require(house.kiosk.outbox->waiting(1)).at(0).envelope;
    const Json said = house.done(keys_replace_recovery_command, house.options());
    house.kiosk.cable_out = false;
    house.kiosk.run_for(3 * minute);
    house.kiosk.cable_out = true;
    house.kiosk.finalise(house.kiosk.registration("After"));
    const Bytes late = require(house.kiosk.outbox->waiting(1)).at(0).envelope;
    const SealingKey former = require(read_recovery_file(made_keys().a.recovery_file, "a"));
    const SealingKey next = require(read_recovery_file(std::string(said["recovery_file"].text()), "a"));
    CHECK(open_envelope(require(parse_envelope(early)), {former}).ok());
    CHECK(open_envelope(require(parse_envelope(early)), {next}).error().kind == ErrorKind::not_found);
    CHECK(open_envelope(require(parse_envelope(late)), {next}).ok());
    CHECK(open_envelope(require(parse_envelope(late)), {former}).error().kind == ErrorKind::not_found);
    CHECK(house.holds(before));
}

TEST_CASE("kiosks follow a renewed root by the former one's signature, also over two at once") {
    House house;
    house.kiosk.run_for(2 * minute);
    house.kiosk.cable_out = true;
    const PublicKey pinned = house.kiosk.identity.agencies.at(0).root;
    for (int renewals = 0; renewals < 2; ++renewals) {
        const Json said = house.done(keys_renew_root_command, house.options());
        const std::filesystem::path former = house.root;
        house.root = std::string(said["root_file"].text());
        // The former root signs nothing any more.
        KeysOptions with = house.options();
        with.root_file = former;
        CHECK(house.run(keys_rotate_command, with) ==
              former.string() + ": not the root of a that kiosks follow now; nothing was changed");
    }
    house.done(keys_rotate_command, house.options());
    house.kiosk.cable_out = false;
    house.kiosk.finalise(house.kiosk.registration("Under the third root"));
    house.kiosk.run_for(5 * minute);
    CHECK(require(house.kiosk.outbox->counts()).delivered == 1);
    const PinnedAgency& followed = house.kiosk.identity.agencies.at(0);
    CHECK(followed.root != pinned);
    CHECK(followed.keys.version == 4);
    // What was followed is what the next start finds.
    CHECK(require(load_identity(house.kiosk.folder.path(), house.desk.random)).agencies.at(0).root ==
          followed.root);
}

TEST_CASE("a root that nobody handed over to is not followed") {
    House house;
    house.kiosk.run_for(2 * minute);
    const PinnedAgency before = house.kiosk.identity.agencies.at(0);
    const SigningKey root = require(read_root_file(house.root, "correct horse"));
    const SigningKey thief = make_signing_key();
    KeySet keys = before.keys;
    keys.version = 9;
    RootSuccession succession = sign_root_succession("a", root, thief, 1);
    const std::string what =
        GENERATE(as<std::string>{}, "not signed by the former root", "not signed by the next one",
                 "of another agency", "from another root", "without a word on it", "true");
    INFO(what);
    if (what == "not signed by the former root") succession.by_previous = succession.by_next;
    if (what == "not signed by the next one") succession.by_next = succession.by_previous;
    if (what == "of another agency") succession = sign_root_succession("b", root, thief, 1);
    if (what == "from another root") succession = sign_root_succession("a", make_signing_key(), thief, 1);
    const Json successions = what == "without a word on it"
                                 ? Json::array()
                                 : Json::array({require(parse_json(to_json_text(succession)))});
    const Json body = Json::object(
        {{"key_sets", Json::array({require(parse_json(to_json_text(sign_key_set(keys, thief))))})},
         {"root_successions", successions}});
    const auto honest = house.kiosk.http.play;
    house.kiosk.http.play = [&](const HttpRequest& request) -> Result<HttpAnswer> {
        if (request.url.find("/v1/keys") == std::string::npos) return honest(request);
        return HttpAnswer{200, {}, body.to_text()};
    };
    house.kiosk.run_for(3 * minute);
    const PinnedAgency& after = house.kiosk.identity.agencies.at(0);
    CHECK((after.root == thief.public_key) == (what == "true"));
    CHECK((after.keys.version == 9) == (what == "true"));
}

TEST_CASE("nothing is changed for a wrong passphrase or another agency's root") {
    House house;
    KeysOptions with = house.options();
    const auto unchanged = [&] {
        CHECK(house.desk.keys_of("a").version == 1);
        CHECK(require(keys_here(house.desk.folder.path(), "a")).opening.size() == 1);
    };
    require_done(write_file_durably(house.offline / "wrong", "wrong horse\n"));
    with.passphrase_file = house.offline / "wrong";
    CHECK(house.run(keys_rotate_command, with) ==
          with.root_file.string() + ": the passphrase does not open it");
    unchanged();
    with = house.options();
    with.root_file = made_keys().b.root_file;
    CHECK(house.run(keys_rotate_command, with) ==
          with.root_file.string() + ": not the root of a that kiosks follow now; nothing was changed");
    unchanged();
    with = house.options();
    with.agency = "c";
    CHECK(house.run(keys_rotate_command, with) == "agency c: none of that id");
    const Json shown = house.done(keys_show_command, house.options());
    CHECK(shown["version"].integer_or(0) == 1);
    REQUIRE(shown["keys"].size() == 4);
    CHECK(shown["keys"][0]["here"].bool_or(false));
    CHECK(shown["keys"][1]["use"].text() == "recovery");
    CHECK_FALSE(shown["keys"][1]["here"].bool_or(true));
}

TEST_CASE("a store put back from before a rotation goes on with the keys that kiosks follow", "[sqlite]") {
    House house;
    house.kiosk.run_for(2 * minute);
    const ScratchFolder out;
    require(run_admin_action(*house.desk.services, "backup",
                             Json::object({{"file", (out / "backup").string()}})));
    house.done(keys_rotate_command, house.options());
    const Json renewed = house.done(keys_renew_root_command, house.options());
    house.root = std::string(renewed["root_file"].text());
    house.kiosk.run_for(3 * minute);
    CHECK(house.kiosk.identity.agencies.at(0).keys.version == 3);
    const KeySet before = house.desk.keys_of("a");
    house.desk.services.reset();
    require(restore_store(house.desk.folder / "agency.db", out / "backup", house.desk.clock.wall_ms(),
                          house.desk.random));
    house.desk.open();
    const KeySet after = house.desk.keys_of("a");
    CHECK(after.version == 3);
    CHECK(after.opening == before.opening);
    // The next key set is a newer one to everybody, and is signed by the root that they follow.
    house.done(keys_rotate_command, house.options());
    house.kiosk.finalise(house.kiosk.registration("After it all"));
    house.kiosk.run_for(5 * minute);
    CHECK(require(house.kiosk.outbox->counts()).delivered == 1);
    CHECK(house.kiosk.identity.agencies.at(0).keys.version == 4);
}

TEST_CASE("a key set beside the key files that no root of the agency signed stops the start") {
    House house;
    const std::filesystem::path file = house.key_folder() / "published";
    KeySet keys = house.desk.keys_of("a");
    keys.version = 7;
    const SignedKeySet set = sign_key_set(keys, make_signing_key());
    require_done(write_file_durably(file, "{\"key_set\":" + to_json_text(set) + ",\"root_successions\":[]}"));
    house.desk.services.reset();
    const auto opened =
        open_services({house.desk.folder.path(), house.desk.assets, postgres_for(house.desk.folder.path())},
                      house.desk.clock, house.desk.random);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().detail == file.string() + ": a key set that the pinned root did not sign");
    std::filesystem::remove(file);
    house.desk.open();
    CHECK(house.desk.keys_of("a").version == 1);
}
