#include <algorithm>
#include <iterator>
#include <ostream>
#include <sys/stat.h>

#include "agency/cli/commands.h"
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/envelope/envelope.h"

namespace vakant {

namespace {

constexpr std::size_t longest_envelope = 1u << 20;
constexpr std::size_t most_at_once = 100;
constexpr std::size_t most_bytes_at_once = 8u << 20;

struct Carried {
    std::filesystem::path file;
    Bytes envelope;
};
struct Report {
    std::int64_t answered = 0;                       ///< an answer lies beside the envelope now
    std::vector<std::string> broken, foreign, later; ///< files, folders, files
};

/// A stick may hold anything: links and devices that pose as files are left alone.
bool is_of_kind(const std::filesystem::path& path, mode_t kind) {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0 && (found.st_mode & S_IFMT) == kind;
}

std::vector<std::filesystem::path> sorted_entries(const std::filesystem::path& folder) {
    std::error_code none;
    std::vector<std::filesystem::path> entries;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none))
        entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

std::vector<Carried> read_envelopes(const std::filesystem::path& folder, Report& report) {
    std::vector<Carried> carried;
    for (const std::filesystem::path& file : sorted_entries(folder)) {
        if (file.extension() != ".envelope") continue;
        auto text = is_of_kind(file, S_IFREG) ? read_file(file, longest_envelope)
                                              : Result<std::string>(refused("not a file"));
        Bytes bytes = text.ok() ? to_bytes(*text) : Bytes();
        if (text.ok() && parse_envelope(bytes).ok())
            carried.push_back({file, std::move(bytes)});
        else
            report.broken.push_back(file.string());
    }
    return carried;
}

/// As many as one request may hold.
std::vector<Carried> take_some(std::vector<Carried>& carried) {
    std::size_t count = 0, bytes = 0;
    for (; count < std::min(most_at_once, carried.size()); ++count) {
        bytes += carried[count].envelope.size();
        if (count > 0 && bytes > most_bytes_at_once) break;
    }
    const auto end = carried.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Carried> some(std::make_move_iterator(carried.begin()), std::make_move_iterator(end));
    carried.erase(carried.begin(), end);
    return some;
}

/// The signed answers in order, "" where there is none now.
Result<std::vector<std::string>> answers_to(const Invocation& invocation, const std::string& device,
                                            const std::vector<Carried>& carried) {
    Json envelopes = Json::array();
    for (const Carried& each : carried)
        envelopes.push(to_base64url(each.envelope));
    VAKANT_TRY(said, run_action(invocation, "import_envelopes",
                                Json::object({{"device", device}, {"envelopes", std::move(envelopes)}})));
    std::vector<std::string> answers;
    for (const Json& answer : said.items())
        answers.emplace_back(answer.text());
    if (answers.size() != carried.size()) return internal_error("import: an answer is missing");
    return answers;
}

Outcome import_folder(const Invocation& invocation, const std::filesystem::path& folder, Report& report) {
    const std::string device = folder.filename().string();
    std::vector<Carried> carried = read_envelopes(folder, report);
    while (!carried.empty()) {
        const std::vector<Carried> some = take_some(carried);
        const auto answers = answers_to(invocation, device, some);
        if (!answers.ok() && answers.error().kind == ErrorKind::not_found) {
            report.foreign.push_back(folder.string());
            return done();
        }
        if (!answers.ok()) return answers.error();
        for (std::size_t i = 0; i < some.size(); ++i) {
            if ((*answers)[i].empty()) {
                report.later.push_back(some[i].file.string());
                continue;
            }
            const auto beside = std::filesystem::path(some[i].file).replace_extension(".answer");
            VAKANT_CHECK(write_file_durably(beside, (*answers)[i] + "\n"));
            ++report.answered;
        }
    }
    return done();
}

Json list_of(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

} // namespace

Outcome import_envelopes_command(const Invocation& invocation, const std::string& stick) {
    const std::filesystem::path root = std::filesystem::path(stick) / "vakant-envelopes";
    if (!is_of_kind(root, S_IFDIR)) return refused(stick + ": nothing that a kiosk wrote is here");
    Report report;
    for (const std::filesystem::path& folder : sorted_entries(root)) {
        if (is_of_kind(folder, S_IFDIR) && is_uuid(folder.filename().string()))
            VAKANT_CHECK(import_folder(invocation, folder, report));
        else
            report.foreign.push_back(folder.string());
    }
    if (invocation.json) {
        invocation.out << Json::object({{"answered", report.answered},
                                        {"broken", list_of(report.broken)},
                                        {"foreign", list_of(report.foreign)},
                                        {"later", list_of(report.later)}})
                              .to_text()
                       << "\n";
    } else {
        invocation.out << report.answered << " answered: take the stick back to the kiosk\n";
        for (const std::string& file : report.broken)
            invocation.out << "broken, not taken: " << file << "\n";
        for (const std::string& folder : report.foreign)
            invocation.out << "of no kiosk of this agency, not taken: " << folder << "\n";
        for (const std::string& file : report.later)
            invocation.out << "cannot be opened now, run this again later: " << file << "\n";
    }
    const std::size_t left = report.broken.size() + report.foreign.size() + report.later.size();
    if (left > 0) return refused(std::to_string(left) + " on the stick were not taken");
    return done();
}

} // namespace vakant
