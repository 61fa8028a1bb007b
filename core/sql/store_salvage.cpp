#include "core/sql/store_salvage.h"

#include <optional>
#include <string>

#include "core/sql/store_files.h"

namespace vakant {
namespace {

constexpr std::string_view whole = ".salvaged-";  ///< the new file, whole, waiting to change places
constexpr std::string_view aside = ".damaged-";   ///< where the damaged one goes; the same end
constexpr std::string_view coming = ".salvaging"; ///< the new file while it is made

std::filesystem::path beside(const std::filesystem::path& file, std::string_view word, std::string_view end) {
    return file.string() + std::string(word) + std::string(end);
}

std::string end_of_name(const std::filesystem::path& file, UtcMs now) {
    const std::string name = name_aside(file, "damaged", now).string();
    return name.substr(file.string().size() + aside.size());
}

/// The end of the name of a new file that is whole and did not get its place.
Result<std::optional<std::string>> find_whole(const std::filesystem::path& file) {
    const std::string start = file.filename().string() + std::string(whole);
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const auto names = names_in(folder);
    if (!names.ok() && names.error().kind == ErrorKind::not_found) return std::optional<std::string>();
    if (!names.ok()) return names.error();
    for (const std::string& name : *names)
        if (name.starts_with(start)) return std::optional(name.substr(start.size()));
    return std::optional<std::string>();
}

Outcome move_if_there(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code code;
    if (!std::filesystem::exists(from, code)) return done();
    std::filesystem::rename(from, to, code);
    if (code) return internal_error(to.string() + ": " + code.message());
    return done();
}

Outcome change_places(const std::filesystem::path& file, std::string_view end) {
    VAKANT_CHECK(move_if_there(file, beside(file, aside, end)));
    VAKANT_CHECK(move_if_there(beside(file, "-wal", ""), beside(file, aside, std::string(end) + "-wal")));
    return rename_durably(beside(file, whole, end), file);
}

} // namespace

Outcome finish_replacing(const std::filesystem::path& file) {
    VAKANT_TRY(end, find_whole(file));
    return end ? change_places(file, *end) : done();
}

Outcome replace_damaged(const std::filesystem::path& file, UtcMs now, const MakeFresh& make) {
    const std::filesystem::path fresh = beside(file, coming, "");
    VAKANT_CHECK(remove_store(fresh));
    const std::string end = end_of_name(file, now);
    {
        auto damaged = SqlConnection::open(file, SqlMode::damaged);
        VAKANT_CHECK(make(damaged.ok() ? &*damaged : nullptr, fresh, beside(file, aside, end)));
    }
    std::error_code code;
    const auto log = beside(fresh, "-wal", "");
    if (std::filesystem::exists(log, code) && std::filesystem::file_size(log, code) > 0)
        return internal_error(fresh.string() + ": its log was not written into it");
    VAKANT_CHECK(rename_durably(fresh, beside(file, whole, end)));
    VAKANT_CHECK(remove_store(fresh)); // an empty log
    return change_places(file, end);
}

} // namespace vakant
