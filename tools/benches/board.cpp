// The board's search and the importers' food, for tools/bench search, import and relevance. `build` fills a
// kiosk's cache with generated ads, `ask` types into it, `jobtech` writes ads as a feed gives them out,
// `relevance` (board_relevance.cpp) asks what people were judged to mean. Prints measurements as JSON.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/json/json.h"
#include "core/sql/sql.h"
#include "core/text/text.h"
#include "sync/cache.h"
#include "tools/benches/board_relevance.h"
#include "tools/benches/generated_ads.h"

namespace vakant::benches {
namespace {

constexpr std::size_t page_size = 200, shown_rows = 50;
constexpr std::uint64_t first_letters = 2, last_letters = 6;

struct Options {
    std::filesystem::path folder, assets, judged, reference, file;
    std::uint64_t seed = 1, ads = 1'000, words = 100, scans = 0;
};

class Watch {
public:
    double ms() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

Result<Json> build(const Options& options) {
    VAKANT_TRY(ads, GeneratedAds::read(options.assets, options.seed));
    VAKANT_TRY(shipped, read_occupation_folder(options.assets / "occupations"));
    std::filesystem::create_directories(options.folder);
    VAKANT_TRY(writer, CacheWriter::open(options.folder / "cache.db", shipped));
    std::uint64_t text_bytes = 0;
    double written_ms = 0;
    for (std::uint64_t n = 0; n < options.ads;) {
        VacancyPage page;
        for (std::size_t in_page = 0; in_page < page_size && n < options.ads; ++in_page, ++n) {
            page.upserts.push_back(ads.ad(n));
            const VacancyText& text = page.upserts.back().texts.front();
            text_bytes += text.title.size() + text.body_plain.size();
        }
        page.more = n < options.ads;
        page.next_cursor = std::to_string(n);
        const Watch watch;
        VAKANT_CHECK(writer->apply("bench", page));
        written_ms += watch.ms();
    }
    writer.reset();
    VAKANT_TRY(sql, SqlConnection::open(options.folder / "cache.db", SqlMode::read_only, 0x566b4341));
    VAKANT_TRY(words, sql.query_integer("SELECT (SELECT sum(length(block)) FROM words_data) + "
                                        "(SELECT sum(length(term)) + 8 * count(*) FROM words_idx)"));
    VAKANT_TRY(rows, sql.query_integer("SELECT sum(length(facts) + length(tags)) FROM entries"));
    std::error_code code;
    return Json::object({{"seed", options.seed},
                         {"ads", options.ads},
                         {"written_s", written_ms / 1000},
                         {"text_bytes", text_bytes},
                         {"index_bytes", words.value_or(0) + rows.value_or(0)},
                         {"file_bytes", static_cast<std::int64_t>(
                                            std::filesystem::file_size(options.folder / "cache.db", code))}});
}

std::int64_t memory_kb() {
    std::ifstream rollup("/proc/self/smaps_rollup");
    for (std::string line; std::getline(rollup, line);)
        if (line.starts_with("Pss:")) return std::stoll(line.substr(4));
    return 0;
}

VacancyQuery query_for(std::string words, Depth depth) {
    VacancyQuery query;
    query.words = std::move(words);
    query.board = Board::all;
    query.depth = depth;
    query.limit = shown_rows;
    query.language = "fi";
    return query;
}

/// All the words of every ad in one piece of memory, folded: what an index has to beat.
class Scan {
public:
    Scan(const GeneratedAds& ads, std::uint64_t count) {
        for (std::uint64_t n = 0; n < count; ++n) {
            const VacancyText& text = ads.ad(n).texts.front();
            text_ += " " + folded(text.title) + " " + folded(text.body_plain);
            ends_.push_back(text_.size());
        }
    }
    /// How many ads have a word that begins so.
    std::size_t count(const std::string& letters) const {
        const std::string wanted = " " + folded(letters);
        std::size_t found = 0, from = 0;
        for (const std::size_t end : ends_) {
            found += ::memmem(text_.data() + from, end - from, wanted.data(), wanted.size()) != nullptr;
            from = end;
        }
        return found;
    }

private:
    std::string text_;
    std::vector<std::size_t> ends_;
};

/// One letter after another, as somebody types it.
Result<Json> type_words(CacheReader& reader, const GeneratedAds& ads, const Options& options) {
    Json by_length = Json::object(), slowest = Json::array();
    std::vector<Json> times(last_letters + 1, Json::array());
    double longest = 0;
    for (std::uint64_t n = 0; n < options.words; ++n) {
        const std::string word = ads.typed(n);
        for (std::uint64_t letters = first_letters; letters <= last_letters; ++letters) {
            const std::string typed(first_code_points(word, letters));
            if (code_point_count(typed) < letters) break;
            const Watch watch;
            VAKANT_TRY(results, reader.search(query_for(typed, Depth::as_typed), bench_now));
            const double ms = watch.ms();
            times[letters].push(ms);
            if (ms > longest) {
                longest = ms;
                slowest.push(Json::object({{"typed", typed}, {"ms", ms}, {"total", results.total}}));
            }
        }
    }
    for (std::uint64_t letters = first_letters; letters <= last_letters; ++letters)
        by_length.set(std::to_string(letters), std::move(times[letters]));
    return Json::object({{"typed", std::move(by_length)}, {"slower_and_slower", std::move(slowest)}});
}

/// Whole words, one to three of them, with every filter counted.
Result<Json> enter_words(CacheReader& reader, const GeneratedAds& ads, const Options& options) {
    Json times = Json::array(), slowest = Json::array();
    double longest = 0;
    for (std::uint64_t n = 0; n < options.words / 2; ++n) {
        std::string words = ads.typed(1'000'000 + 3 * n);
        for (std::uint64_t more = 0; more < n % 3; ++more)
            words += " " + ads.typed(1'000'001 + 3 * n + more);
        VacancyQuery query = query_for(words, Depth::complete);
        query.wants_counts = true;
        const Watch watch;
        VAKANT_TRY(results, reader.search(query, bench_now));
        const double ms = watch.ms();
        times.push(ms);
        if (ms > longest) {
            longest = ms;
            slowest.push(Json::object({{"typed", words}, {"ms", ms}, {"total", results.total}}));
        }
    }
    return Json::object({{"enter", std::move(times)}, {"slower_and_slower", std::move(slowest)}});
}

Result<Json> ask(const Options& options) {
    VAKANT_TRY(ads, GeneratedAds::read(options.assets, options.seed));
    VAKANT_TRY(shipped, read_occupation_folder(options.assets / "occupations"));
    VAKANT_TRY(reader, CacheReader::open(options.folder / "cache.db", shipped));
    const std::int64_t before = memory_kb();
    const Watch watch;
    VAKANT_TRY(first, reader->search(query_for("", Depth::as_typed), bench_now));
    const double first_ms = watch.ms();
    Json out = Json::object({{"seed", options.seed}, {"first_ms", first_ms}, {"total", first.total}});
    out.set("memory_mb", static_cast<double>(memory_kb() - before) / 1024);
    VAKANT_TRY(typed, type_words(*reader, ads, options));
    out.set("letters", std::move(typed));
    VAKANT_TRY(entered, enter_words(*reader, ads, options));
    out.set("whole", std::move(entered));
    Json scanned = Json::array();
    if (options.scans > 0) {
        const Scan scan(ads, options.ads);
        for (std::uint64_t n = 0; n < options.scans; ++n) {
            const std::string word = ads.typed(n),
                              typed_letters(first_code_points(word, first_letters + n % 5));
            const Watch one;
            const std::size_t found = scan.count(typed_letters);
            const double ms = one.ms();
            if (found > options.ads) return internal_error("the scan counts wrongly");
            scanned.push(ms);
        }
    }
    out.set("scan", std::move(scanned));
    return out;
}

Result<Json> jobtech(const Options& options) {
    VAKANT_TRY(ads, GeneratedAds::read(options.assets, options.seed));
    std::ofstream out(options.file, std::ios::binary);
    out << "[";
    for (std::uint64_t n = 0; n < options.ads; ++n)
        out << (n == 0 ? "" : ",\n") << ads.jobtech(n);
    out << "]\n";
    out.close();
    if (!out) return internal_error(options.file.string() + ": cannot be written");
    return Json::object({{"seed", options.seed},
                         {"ads", options.ads},
                         {"bytes", static_cast<std::int64_t>(std::filesystem::file_size(options.file))}});
}

Result<Json> relevance(const Options& options) {
    return judge_relevance(
        {options.folder, options.assets, options.judged, options.reference, options.seed, options.ads});
}

} // namespace
} // namespace vakant::benches

int main(int argc, char** argv) {
    using namespace vakant;
    using namespace vakant::benches;
    CLI::App app("The board's search, measured; prints JSON.");
    Options options;
    Result<Json> (*run)(const Options&) = nullptr;
    const auto add = [&](const char* name, Result<Json> (*command)(const Options&)) {
        CLI::App* added = app.add_subcommand(name, "");
        added->add_option("--seed", options.seed, "seed of the ads");
        added->add_option("--ads", options.ads, "how many");
        added->add_option("--assets", options.assets, "assets")->required();
        added->final_callback([&run, command] { run = command; });
        return added;
    };
    CLI::App* built = add("build", build);
    CLI::App* asked = add("ask", ask);
    CLI::App* related = add("relevance", relevance);
    for (CLI::App* command : {built, asked, related})
        command->add_option("--folder", options.folder, "of the cache")->required();
    asked->add_option("--words", options.words, "how many are typed");
    asked->add_option("--scans", options.scans, "how many scans of all texts stand beside it");
    related->add_option("--judged", options.judged, "the judged queries")->required();
    related->add_option("--reference", options.reference, "folder of the reference data")->required();
    add("jobtech", jobtech)->add_option("--file", options.file, "to write")->required();
    app.require_subcommand(1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return 2;
    }
    if (const Outcome started = start_crypto(); !started.ok()) return 1;
    const auto measured = run(options);
    if (measured.ok()) std::cout << measured->to_text() << '\n';
    if (!measured.ok()) std::cerr << "bench_board: " << measured.error().detail << '\n';
    return measured.ok() ? 0 : 1;
}
