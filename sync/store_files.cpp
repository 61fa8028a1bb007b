#include "sync/store_files.h"

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

Outcome remove_store(const std::filesystem::path& file) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code code;
        std::filesystem::remove(with_suffix(file, suffix), code);
        if (code) return file_error(file, code);
    }
    return done();
}

} // namespace vakant
