#include "tests/faults/crash_states.h"

#include <algorithm>
#include <fstream>
#include <random>

namespace vakant::faults {
namespace {

constexpr std::size_t sector = 512;

void write_into(std::string& content, std::int64_t at, std::string_view bytes) {
    const auto begin = static_cast<std::size_t>(at);
    if (content.size() < begin + bytes.size()) content.resize(begin + bytes.size(), '\0');
    content.replace(begin, bytes.size(), bytes);
}

void apply(std::string& content, const TapeEntry& entry) {
    if (entry.step == Step::write) write_into(content, entry.at, entry.bytes);
    if (entry.step == Step::truncate) content.resize(static_cast<std::size_t>(entry.at), '\0');
}

/// Each sector of the write by the toss of a coin.
void apply_torn(std::string& content, const TapeEntry& entry, std::mt19937_64& dice) {
    if (entry.step != Step::write) return apply(content, entry);
    std::size_t done = 0;
    while (done < entry.bytes.size()) {
        const auto at = static_cast<std::size_t>(entry.at) + done;
        const std::size_t length = std::min(sector - at % sector, entry.bytes.size() - done);
        if (dice() % 2 == 0)
            write_into(content, static_cast<std::int64_t>(at),
                       std::string_view(entry.bytes).substr(done, length));
        done += length;
    }
}

/// The file has its new length, but what was appended never came: old blocks of the disk show through.
void append_garbage(std::string& content, const std::vector<TapeEntry>& unsynced, std::mt19937_64& dice) {
    std::string all = content;
    for (const TapeEntry& entry : unsynced)
        apply(all, entry);
    for (std::size_t at = content.size(); at < all.size(); ++at)
        content.push_back(static_cast<char>(dice()));
}

void apply_name(std::map<std::string, int>& names, const TapeEntry& entry) {
    if (entry.step == Step::create) names[entry.name] = entry.file;
    if (entry.step == Step::unlink) names.erase(entry.name);
    if (entry.step == Step::rename) {
        names.erase(entry.name);
        names[entry.to] = entry.file;
    }
}

std::string content_after(const std::string& durable, const std::vector<TapeEntry>& unsynced, Loss loss,
                          std::mt19937_64& dice) {
    std::string content = durable;
    if (loss == Loss::garbage_tail) append_garbage(content, unsynced, dice);
    if (loss == Loss::drop_all || loss == Loss::garbage_tail) return content;
    for (std::size_t i = 0; i < unsynced.size(); ++i) {
        if (loss == Loss::drop_some && dice() % 2 == 0) continue;
        const bool tears = loss == Loss::torn && (i + 1 == unsynced.size() || dice() % 4 == 0);
        if (tears)
            apply_torn(content, unsynced[i], dice);
        else
            apply(content, unsynced[i]);
    }
    return content;
}

} // namespace

std::string_view name_of(Loss loss) {
    switch (loss) {
    case Loss::drop_all:
        return "nothing unsynced is there";
    case Loss::keep_all:
        return "everything is there";
    case Loss::drop_some:
        return "some of it is there";
    case Loss::torn:
        return "torn at sectors";
    case Loss::garbage_tail:
        break;
    }
    return "garbage where the file grew";
}

bool CrashStates::advance() {
    if (position_ == entries_->size()) return false;
    const TapeEntry& entry = (*entries_)[position_++];
    switch (entry.step) {
    case Step::write:
    case Step::truncate:
        files_[entry.file].unsynced.push_back(entry);
        break;
    case Step::sync:
        for (const TapeEntry& kept : files_[entry.file].unsynced)
            apply(files_[entry.file].durable, kept);
        files_[entry.file].unsynced.clear();
        break;
    case Step::create:
    case Step::rename:
    case Step::unlink:
        unsynced_names_.push_back(entry);
        break;
    case Step::sync_folder:
        for (const TapeEntry& kept : unsynced_names_)
            apply_name(durable_names_, kept);
        unsynced_names_.clear();
        break;
    case Step::mark:
        last_mark_ = entry.at;
        break;
    }
    return true;
}

bool CrashStates::has_unsynced() const {
    return !unsynced_names_.empty() || std::any_of(files_.begin(), files_.end(), [](const auto& file) {
        return !file.second.unsynced.empty();
    });
}

DiskState CrashStates::after(Loss loss, std::uint64_t seed) const {
    std::mt19937_64 dice(seed);
    std::map<std::string, int> names = durable_names_;
    for (const TapeEntry& entry : unsynced_names_) {
        // A journal of names (as every file system of today has one) keeps their order: they are lost from
        // the end.
        if (loss == Loss::drop_all || (loss != Loss::keep_all && dice() % 2 == 0)) break;
        apply_name(names, entry);
    }
    DiskState state;
    for (const auto& [name, number] : names) {
        const auto file = files_.find(number);
        if (file == files_.end())
            state[name] = "";
        else
            state[name] = content_after(file->second.durable, file->second.unsynced, loss, dice);
    }
    return state;
}

void lay_out(const DiskState& state, const std::filesystem::path& folder) {
    for (const auto& [name, content] : state) {
        std::ofstream out(folder / name, std::ios::binary);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
}

} // namespace vakant::faults
