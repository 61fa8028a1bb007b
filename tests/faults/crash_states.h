// What a disk may hold after the power was cut somewhere on a tape. The model is that of a file system that
// keeps only what it was told to sync: data by fsync of the file, names by fsync of the folder. What was not
// synced may be there, missing, there in part, in another order, cut at a sector of 512 bytes, or replaced by
// garbage where a file had grown.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/faults/file_tape.h"

namespace vakant::faults {

/// Names and contents.
using DiskState = std::map<std::string, std::string>;

enum class Loss { drop_all, keep_all, drop_some, torn, garbage_tail };
std::string_view name_of(Loss loss);

/// Walks over a tape once, from cut to cut, beginning with an empty folder.
class CrashStates {
public:
    explicit CrashStates(const std::vector<TapeEntry>& entries) : entries_(&entries) {}

    /// Stands after one entry more; false at the end of the tape.
    bool advance();
    /// The last mark passed, or -1: all that the code under test has promised so far.
    std::int64_t last_mark() const { return last_mark_; }
    /// Where nothing waits for a sync, all kinds of loss give the same.
    bool has_unsynced() const;
    /// The disk if the power goes here. The same seed gives the same state.
    DiskState after(Loss loss, std::uint64_t seed) const;

private:
    struct File {
        std::string durable;
        std::vector<TapeEntry> unsynced;
    };
    const std::vector<TapeEntry>* entries_;
    std::size_t position_ = 0;
    std::int64_t last_mark_ = -1;
    std::map<int, File> files_;
    std::map<std::string, int> durable_names_;
    std::vector<TapeEntry> unsynced_names_;
};

/// Writes a state into an empty folder.
void lay_out(const DiskState& state, const std::filesystem::path& folder);

} // namespace vakant::faults
