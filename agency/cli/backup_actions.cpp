#include "agency/cli/backup_actions.h"

#include <charconv>
#include <fstream>

#include "agency/store/backup.h"
#include "core/base/bytes.h"
#include "core/crypto/sha256.h"
#include "core/sql/store_files.h"

namespace vakant {

namespace {

std::string text_of(const StorePosition& position) {
    return position.epoch + ":" + std::to_string(position.through);
}

Result<StorePosition> position_from(std::string_view text) {
    const std::size_t colon = text.find(':');
    StorePosition position;
    position.epoch = std::string(text.substr(0, colon));
    const std::string_view number = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    const auto [end, problem] =
        std::from_chars(number.data(), number.data() + number.size(), position.through);
    if (position.epoch.empty() || number.empty() || problem != std::errc() ||
        end != number.data() + number.size() || position.through < 0)
        return invalid_input("position " + std::string(text) + ": not what `backup --position` printed");
    return position;
}

/// Copied, read back from the disk, and only then given its name.
Result<StorePosition> copy_and_check(Database& database, const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return Error{ErrorKind::conflict, file.string() + ": is there already and is not written over"};
    const std::filesystem::path coming = file.string() + ".part";
    std::filesystem::remove(coming, ignored); // of a backup that was cut off
    VAKANT_CHECK(database.copy_to(coming));
    auto position = read_backup(coming);
    if (!position.ok()) {
        std::filesystem::remove(coming, ignored);
        return at("the copy does not read back", position.error());
    }
    VAKANT_CHECK(rename_durably(coming, file));
    return position;
}

} // namespace

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return not_found(file.string() + ": cannot be read");
    Sha256 sum;
    std::vector<char> piece(std::size_t{1} << 20);
    while (in.good()) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        sum.add(as_bytes({piece.data(), static_cast<std::size_t>(in.gcount())}));
    }
    if (in.bad()) return Error{ErrorKind::damaged, file.string() + ": cannot be read to its end"};
    return to_hex(sum.digest());
}

Result<Json> backup_action(Services& services, const Json& arguments) {
    const std::filesystem::path file = arguments["file"].text();
    if (!file.is_absolute()) return invalid_input("backup: the file needs its whole path");
    VAKANT_TRY(position, copy_and_check(*services.database, file));
    VAKANT_TRY(sum, sha256_of_file(file));
    VAKANT_CHECK(
        write_file_durably(file.string() + ".sha256", sum + "  " + file.filename().string() + "\n", 0600));
    VAKANT_CHECK(services.database->write(
        [&](Connection& connection) { return note_backup(connection, position, services.clock.wall_ms()); }));
    std::error_code ignored;
    return Json::object({{"file", file.string()},
                         {"bytes", std::int64_t(std::filesystem::file_size(file, ignored))},
                         {"sha256", sum},
                         {"position", text_of(position)}});
}

Result<Json> backup_position_action(Services& services, const Json&) {
    VAKANT_TRY(position, services.database->read_for<StorePosition>(
                             [](Connection& connection) { return position_of(connection); }));
    return Json::object({{"position", text_of(position)}});
}

Result<Json> backup_noted_action(Services& services, const Json& arguments) {
    VAKANT_TRY(position, position_from(arguments["position"].text()));
    VAKANT_CHECK(services.database->write(
        [&](Connection& connection) { return note_backup(connection, position, services.clock.wall_ms()); }));
    return Json::object({{"position", text_of(position)}});
}

} // namespace vakant
