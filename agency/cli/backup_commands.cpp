#include <ostream>

#include "agency/cli/admin_socket.h"
#include "agency/cli/backup_actions.h"
#include "agency/cli/commands.h"
#include "agency/store/backup.h"
#include "core/base/bytes.h"

namespace vakant {

namespace {

void say(const Invocation& invocation, const Json& answer, const std::string& line) {
    invocation.out << (invocation.json ? answer.to_text() : line) << "\n";
}

/// What `backup` wrote beside the file; none where somebody kept the file alone.
Outcome check_sum(const std::filesystem::path& backup) {
    std::error_code ignored;
    const std::filesystem::path beside = backup.string() + ".sha256";
    if (!std::filesystem::exists(beside, ignored)) return done();
    VAKANT_TRY(expected, read_file(beside, 4096));
    VAKANT_TRY(found, sha256_of_file(backup));
    if (expected.starts_with(found + " ")) return done();
    return Error{ErrorKind::damaged, backup.string() + ": is not what " + beside.string() + " says"};
}

Result<DataLock> lock_of_nobody_else(const std::filesystem::path& data) {
    auto lock = DataLock::take(data);
    if (!lock.ok() && lock.error().kind == ErrorKind::unavailable)
        return refused(data.string() + ": a serve or another command works here; stop it first");
    return lock;
}

/// PostgreSQL was put back by its own means: the store only has to know.
Outcome restore_in_place(const Invocation& invocation) {
    VAKANT_TRY(services,
               open_services(invocation.settings.whereabouts(), invocation.clock, invocation.random));
    VAKANT_TRY(epoch, services->database->write_for<std::string>([&](Connection& connection) {
        return begin_epoch(connection, invocation.random, invocation.clock.wall_ms());
    }));
    say(invocation, Json::object({{"epoch", epoch}}),
        "epoch " + epoch + " began: kiosks send again what is missing");
    return done();
}

} // namespace

Outcome backup_command(const Invocation& invocation, const BackupOptions& options) {
    const int said =
        (options.file.empty() ? 0 : 1) + (options.position ? 1 : 0) + (options.noted.empty() ? 0 : 1);
    if (said != 1) return invalid_input("backup: say FILE, --position or --noted POSITION");
    if (options.position) {
        VAKANT_TRY(answer, run_action(invocation, "backup_position", Json::object()));
        say(invocation, answer, std::string(answer["position"].text()));
        return done();
    }
    if (!options.noted.empty()) {
        VAKANT_TRY(answer,
                   run_action(invocation, "backup_noted", Json::object({{"position", options.noted}})));
        say(invocation, answer,
            "kiosks may let go of what is up to " + std::string(answer["position"].text()));
        return done();
    }
    const std::string file = std::filesystem::absolute(options.file).string();
    VAKANT_TRY(answer, run_action(invocation, "backup", Json::object({{"file", file}})));
    say(invocation, answer,
        std::string(answer["file"].text()) + "  " + answer["bytes"].to_text() + " bytes  sha256 " +
            std::string(answer["sha256"].text()) + "\nThe key files are not in it: keep " +
            (invocation.settings.data / "keys").string() + " too, elsewhere.");
    return done();
}

Outcome restore_command(const Invocation& invocation, const RestoreOptions& options) {
    const Settings& settings = invocation.settings;
    if (options.file.empty() != options.in_place) return invalid_input("restore: say FILE or --in-place");
    if (!options.in_place && !settings.postgres.empty())
        return refused("the store is in PostgreSQL: put it back by PostgreSQL's own means, then say "
                       "`restore --in-place`");
    VAKANT_TRY(lock, lock_of_nobody_else(settings.data));
    if (options.in_place) return restore_in_place(invocation);
    VAKANT_CHECK(check_sum(options.file));
    VAKANT_TRY(restored, restore_store(settings.data / "agency.db", options.file, invocation.clock.wall_ms(),
                                       invocation.random));
    say(invocation,
        Json::object({{"epoch", restored.epoch},
                      {"through", restored.through},
                      {"former", restored.former.empty() ? Json() : Json(restored.former.string())}}),
        "restored, with the first " + std::to_string(restored.through) + " envelopes" +
            (restored.former.empty() ? "" : "; the former store is " + restored.former.string()) +
            "\nKiosks send again what is missing. One that was enrolled after the backup is enrolled anew.");
    return done();
}

} // namespace vakant
