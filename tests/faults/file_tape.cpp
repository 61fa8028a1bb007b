#include "tests/faults/file_tape.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace vakant::faults {
namespace {

/// What the calls at the end of this file, which have C linkage and no argument for it, write to.
struct Recorder {
    std::filesystem::path folder;
    std::string names, healing;
    std::vector<TapeEntry> entries;
    std::map<int, int> file_of_descriptor;
    std::map<std::string, int> file_of_name;
    std::optional<int> folder_descriptor;
    std::map<int, std::pair<off64_t, off64_t>> lost_sectors; ///< of a file: from, to
    int next_file = 1;
    std::optional<Failure> failure;
    std::int64_t countdown = 0;
    bool lasting = false, failed = false;

    std::optional<std::string> watched(const char* path) const {
        const std::filesystem::path whole(path);
        if (whole.parent_path() != folder) return std::nullopt;
        std::string name = whole.filename().string();
        if (!name.starts_with(names)) return std::nullopt;
        return name;
    }
    std::optional<int> file_of(int descriptor) const {
        const auto found = file_of_descriptor.find(descriptor);
        if (found == file_of_descriptor.end()) return std::nullopt;
        return found->second;
    }
    void keep(Step step, int file, std::string name = {}, std::string to = {}, std::int64_t at = 0,
              std::string bytes = {}) {
        entries.push_back({step, file, std::move(name), std::move(to), at, std::move(bytes)});
    }
    /// Whether the failure that was asked for falls on this call, which can fail in these ways.
    bool fails_by(std::initializer_list<Failure> ways) {
        if (!failure || std::find(ways.begin(), ways.end(), *failure) == ways.end()) return false;
        if (failed && !lasting) return false;
        if (!failed && --countdown > 0) return false;
        failed = true;
        return true;
    }
};

Recorder* recorder = nullptr;
/// Held while the recorder is asked, and never while a call waits for anybody but the disk.
std::recursive_mutex door;
using Inside = std::lock_guard<std::recursive_mutex>;

template <typename Function>
Function libc(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

int refuse(int error) {
    errno = error;
    return -1;
}

int error_of(Failure failure) {
    if (failure == Failure::disk_full) return ENOSPC;
    return failure == Failure::interrupted ? EINTR : EIO;
}

void note_open(int descriptor, const char* path, int flags, bool existed) {
    if (std::filesystem::path(path) == recorder->folder) {
        recorder->folder_descriptor = descriptor;
        return;
    }
    const auto name = recorder->watched(path);
    if (!name) return;
    const auto known = recorder->file_of_name.find(*name);
    if (existed && known != recorder->file_of_name.end()) {
        recorder->file_of_descriptor[descriptor] = known->second;
        if ((flags & O_TRUNC) != 0) recorder->keep(Step::truncate, known->second);
        return;
    }
    if (existed) throw std::logic_error("a file that was there before the tape: " + *name);
    const int file = recorder->next_file++;
    recorder->file_of_name[*name] = file;
    recorder->file_of_descriptor[descriptor] = file;
    recorder->keep(Step::create, file, *name);
}

int open_and_note(const char* path, int flags, mode_t mode) {
    static const auto call = libc<int (*)(const char*, int, ...)>("open64");
    std::unique_lock inside(door);
    if (recorder == nullptr || (!recorder->watched(path) && recorder->folder != path)) {
        inside.unlock();
        return call(path, flags, mode);
    }
    if (recorder->watched(path) && (flags & O_ACCMODE) != O_RDONLY &&
        recorder->fails_by({Failure::disk_full, Failure::io_error, Failure::interrupted}))
        return refuse(error_of(*recorder->failure));
    const bool existed = ::access(path, F_OK) == 0;
    const int descriptor = call(path, flags, mode);
    if (descriptor >= 0) note_open(descriptor, path, flags, existed);
    return descriptor;
}

ssize_t write_and_note(int descriptor, const void* bytes, std::size_t length, off64_t at) {
    static const auto call = libc<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
    const Inside inside(door);
    if (recorder == nullptr) return call(descriptor, bytes, length, at);
    const auto file = recorder->file_of(descriptor);
    std::size_t written = length;
    if (file && recorder->fails_by({Failure::disk_full, Failure::io_error, Failure::interrupted}))
        return refuse(error_of(*recorder->failure));
    if (file && length > 1 && recorder->fails_by({Failure::short_write})) written = length / 2;
    const ssize_t outcome = call(descriptor, bytes, written, at);
    if (file && outcome > 0)
        recorder->keep(Step::write, *file, {}, {}, at,
                       std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(outcome)));
    return outcome;
}

bool cannot_be_read(int descriptor, std::size_t length, off64_t at) {
    const Inside inside(door);
    if (recorder == nullptr) return false;
    const auto file = recorder->file_of(descriptor);
    if (!file) return false;
    const auto lost = recorder->lost_sectors.find(*file);
    if (lost != recorder->lost_sectors.end() && at < lost->second.second &&
        at + static_cast<off64_t>(length) > lost->second.first)
        return true;
    return recorder->fails_by({Failure::failed_read});
}

int sync_and_note(int descriptor, const char* name) {
    const auto call = libc<int (*)(int)>(name);
    const Inside inside(door);
    if (recorder == nullptr) return call(descriptor);
    const auto file = recorder->file_of(descriptor);
    const bool folder = recorder->folder_descriptor == descriptor;
    // The folder is everybody's: with names, its sync may be another file's.
    const bool counts = file || (folder && recorder->names.empty());
    if (counts && recorder->fails_by({Failure::failed_sync})) return refuse(EIO);
    // The real disk is spared: what counts is the tape.
    if (file) recorder->keep(Step::sync, *file);
    if (folder) recorder->keep(Step::sync_folder, 0);
    return file || folder ? 0 : call(descriptor);
}

int truncate_and_note(int descriptor, off64_t length) {
    static const auto call = libc<int (*)(int, off64_t)>("ftruncate64");
    const Inside inside(door);
    if (recorder == nullptr) return call(descriptor, length);
    const auto file = recorder->file_of(descriptor);
    if (file && recorder->fails_by({Failure::io_error, Failure::interrupted}))
        return refuse(error_of(*recorder->failure));
    const int outcome = call(descriptor, length);
    if (file && outcome == 0) recorder->keep(Step::truncate, *file, {}, {}, length);
    return outcome;
}

int unlink_and_note(const char* path, const char* name) {
    const auto call = libc<int (*)(const char*)>(name);
    const Inside inside(door);
    if (recorder == nullptr || !recorder->watched(path)) return call(path);
    if (recorder->fails_by({Failure::io_error})) return refuse(EIO);
    const int outcome = call(path);
    if (outcome != 0) return outcome;
    const std::string gone = *recorder->watched(path);
    recorder->keep(Step::unlink, recorder->file_of_name[gone], gone);
    recorder->file_of_name.erase(gone);
    if (gone == recorder->healing) recorder->failure.reset();
    return outcome;
}

} // namespace

std::string_view name_of(Failure failure) {
    switch (failure) {
    case Failure::disk_full:
        return "disk full";
    case Failure::io_error:
        return "I/O error";
    case Failure::short_write:
        return "short write";
    case Failure::interrupted:
        return "interrupted";
    case Failure::failed_read:
        return "failed read";
    case Failure::failed_sync:
        break;
    }
    return "failed sync";
}

FileTape::FileTape(std::filesystem::path folder, std::string names) {
    const Inside inside(door);
    if (recorder != nullptr) throw std::logic_error("one tape at a time");
    recorder = new Recorder;
    recorder->folder = std::move(folder);
    recorder->names = std::move(names);
}

FileTape::~FileTape() {
    const Inside inside(door);
    delete recorder;
    recorder = nullptr;
}

void FileTape::mark(std::int64_t number) {
    recorder->keep(Step::mark, 0, {}, {}, number);
}

const std::vector<TapeEntry>& FileTape::entries() const {
    return recorder->entries;
}

void FileTape::fail(Failure failure, std::int64_t nth, bool lasting) {
    const Inside inside(door);
    recorder->failure = failure;
    recorder->countdown = nth;
    recorder->lasting = lasting;
    recorder->failed = false;
}

void FileTape::lose_sectors(std::string_view name, std::int64_t from, std::int64_t length) {
    recorder->lost_sectors[recorder->file_of_name.at(std::string(name))] = {from, from + length};
}

void FileTape::heal_without(std::string_view name) {
    const Inside inside(door);
    recorder->healing = name;
}

bool FileTape::has_failed() const {
    const Inside inside(door);
    return recorder->failed;
}

void FileTape::heal() {
    const Inside inside(door);
    recorder->failure.reset();
}

} // namespace vakant::faults

// Before libc's own for everything in this program, SQLite's library included.
using namespace vakant::faults;

extern "C" {

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_and_note(path, flags, mode);
}

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_and_note(path, flags, mode);
}

int close(int descriptor) {
    static const auto call = libc<int (*)(int)>("close");
    {
        const Inside inside(door);
        if (recorder != nullptr) {
            recorder->file_of_descriptor.erase(descriptor);
            if (recorder->folder_descriptor == descriptor) recorder->folder_descriptor.reset();
        }
    }
    return call(descriptor);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off64_t at) {
    return write_and_note(descriptor, bytes, length, at);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t at) {
    return pwrite64(descriptor, bytes, length, at);
}

ssize_t pread64(int descriptor, void* bytes, size_t length, off64_t at) {
    static const auto call = libc<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
    if (cannot_be_read(descriptor, length, at)) return refuse(EIO);
    return call(descriptor, bytes, length, at);
}

ssize_t pread(int descriptor, void* bytes, size_t length, off_t at) {
    return pread64(descriptor, bytes, length, at);
}

ssize_t read(int descriptor, void* bytes, size_t length) {
    static const auto call = libc<ssize_t (*)(int, void*, size_t)>("read");
    std::unique_lock inside(door);
    const bool watched = recorder != nullptr && recorder->file_of(descriptor);
    if (!watched) inside.unlock();
    if (watched && cannot_be_read(descriptor, length, ::lseek(descriptor, 0, SEEK_CUR))) return refuse(EIO);
    return call(descriptor, bytes, length);
}

ssize_t write(int descriptor, const void* bytes, size_t length) {
    static const auto call = libc<ssize_t (*)(int, const void*, size_t)>("write");
    std::unique_lock inside(door);
    if (recorder == nullptr || !recorder->file_of(descriptor)) {
        inside.unlock();
        return call(descriptor, bytes, length);
    }
    const bool appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
    const off_t at = ::lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
    const ssize_t written = write_and_note(descriptor, bytes, length, at);
    if (written > 0) ::lseek(descriptor, at + written, SEEK_SET);
    return written;
}

int ftruncate64(int descriptor, off64_t length) noexcept {
    return truncate_and_note(descriptor, length);
}
int ftruncate(int descriptor, off_t length) noexcept {
    return truncate_and_note(descriptor, length);
}
int fsync(int descriptor) {
    return sync_and_note(descriptor, "fsync");
}
int fdatasync(int descriptor) {
    return sync_and_note(descriptor, "fdatasync");
}
int unlink(const char* path) noexcept {
    return unlink_and_note(path, "unlink");
}
int remove(const char* path) noexcept {
    return unlink_and_note(path, "remove");
}

int rename(const char* from, const char* to) noexcept {
    static const auto call = libc<int (*)(const char*, const char*)>("rename");
    const Inside inside(door);
    if (recorder == nullptr || !recorder->watched(from) || !recorder->watched(to)) return call(from, to);
    if (recorder->fails_by({Failure::disk_full, Failure::io_error}))
        return refuse(error_of(*recorder->failure));
    const int outcome = call(from, to);
    if (outcome != 0) return outcome;
    const std::string old_name = *recorder->watched(from), new_name = *recorder->watched(to);
    const int file = recorder->file_of_name[old_name];
    recorder->file_of_name.erase(old_name);
    recorder->file_of_name[new_name] = file;
    recorder->keep(Step::rename, file, old_name, new_name);
    return outcome;
}

} // extern "C"
