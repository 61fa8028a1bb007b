// A recording file system. While a FileTape lives, every call that changes a file of one folder (SQLite's and
// our own alike) is written down, and may be made to fail. file_tape.cpp puts itself before libc's open,
// write, sync, rename and unlink for the whole program, so that the code under test is the real one,
// unchanged. One tape at a time; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakant::faults {

enum class Step {
    create,      ///< `name` is new and is `file`
    write,       ///< `bytes` at `at` of `file`
    truncate,    ///< `file` is `at` bytes long
    sync,        ///< what was written to `file` is on the disk
    sync_folder, ///< so are the names of the folder
    rename,      ///< `name` is now called `to`
    unlink,      ///< `name` is gone
    mark         ///< the code under test has said that step `at` is done: from here on it must survive
};

struct TapeEntry {
    Step step = Step::mark;
    int file = 0; ///< a number for each file ever made, whatever it is called
    std::string name, to;
    std::int64_t at = 0;
    std::string bytes;
};

/// Which calls of the watched folder a failure counts, and how they fail.
enum class Failure { disk_full, io_error, short_write, interrupted, failed_sync, failed_read };
std::string_view name_of(Failure failure);

class FileTape {
public:
    /// `names`: only files whose names begin so; the folder's syncs then never fail.
    explicit FileTape(std::filesystem::path folder, std::string names = {});
    ~FileTape();
    FileTape(const FileTape&) = delete;
    FileTape& operator=(const FileTape&) = delete;

    void mark(std::int64_t number);
    const std::vector<TapeEntry>& entries() const;
    /// The n-th call from now (from 1) that `failure` applies to fails, once; with `lasting`, all later ones
    /// too.
    void fail(Failure failure, std::int64_t nth, bool lasting = false);
    /// The failure ends when this file is removed: so much room does it make.
    void heal_without(std::string_view name);
    /// These bytes of that file cannot be read any more, whatever it will be called, until it is made anew.
    void lose_sectors(std::string_view name, std::int64_t from, std::int64_t length);
    /// Whether that call has come.
    bool has_failed() const;
    void heal();
};

} // namespace vakant::faults
