#include "core/sql/store_files.h"

#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace vakant {
namespace {

std::filesystem::path with_suffix(std::filesystem::path file, const char* suffix) {
    file += suffix;
    return file;
}

Error file_error(const std::filesystem::path& file, const std::error_code& code) {
    return internal_error(file.string() + ": " + code.message());
}

} // namespace

Outcome move_store(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code code;
    // The log first: where the power goes in between, the database still stands under its old name and is
    // moved at the next start.
    if (std::filesystem::exists(with_suffix(from, "-wal"), code)) {
        std::filesystem::rename(with_suffix(from, "-wal"), with_suffix(to, "-wal"), code);
        if (code) return file_error(from, code);
    }
    std::filesystem::rename(from, to, code);
    if (code) return file_error(from, code);
    std::filesystem::remove(with_suffix(from, "-shm"), code);
    return done();
}

Outcome rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code code;
    std::filesystem::rename(from, to, code);
    if (code) return file_error(to, code);
    const std::filesystem::path above = to.has_parent_path() ? to.parent_path() : ".";
    const int folder = ::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!synced) return internal_error(above.string() + ": cannot be synced");
    return done();
}

std::filesystem::path name_aside(const std::filesystem::path& file, std::string_view word, UtcMs now) {
    std::string when = to_iso8601(now);
    std::erase_if(when, [](char c) { return c == ':' || c == '-'; });
    const std::string stem = file.string() + "." + std::string(word) + "-" + when;
    std::filesystem::path aside = stem;
    for (int again = 2; std::filesystem::exists(aside); ++again)
        aside = stem + "-" + std::to_string(again);
    return aside;
}

Outcome remove_store(const std::filesystem::path& file) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code code;
        std::filesystem::remove(with_suffix(file, suffix), code);
        if (code) return file_error(file, code);
    }
    return done();
}

} // namespace vakant
