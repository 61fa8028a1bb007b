#include "tools/benches/board_relevance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "core/text/text.h"
#include "core/vacancies/import_formats.h"
#include "sync/cache.h"
#include "tools/benches/generated_ads.h"

namespace vakant::benches {
namespace {

constexpr std::size_t looked_at = 20, graded = 10;
constexpr std::size_t ads_each = 5;          ///< of every occupation that somebody may look for
constexpr std::size_t drawn_a_language = 12; ///< queries out of ESCO's own names
constexpr std::size_t longest_drawn = 3;     ///< words

using Ids = std::set<std::string>;

struct Query {
    std::string language, words;
    Ids occupations;
};
/// By what a person who read the real ads said of which occupation they are.
struct Judgement {
    std::vector<Query> queries;
    std::map<std::string, Ids> by_code;                     ///< ISCO-08, four digits
    std::vector<std::pair<std::string, Ids>> by_title_part; ///< in lower case
};
struct JudgedAd {
    Vacancy vacancy;
    Ids occupations;
};

std::vector<std::string> parted(std::string_view line, char by) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t end = std::min(line.find(by, from), line.size());
        if (end > from) parts.emplace_back(line.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

Result<Judgement> read_judgement(const std::filesystem::path& file) {
    VAKANT_TRY(text, read_file(file));
    Judgement out;
    for (const std::string& line : parted(text, '\n')) {
        if (line.starts_with('#')) continue;
        const std::vector<std::string> fields = parted(line, '\t');
        if (fields.size() != 3) return invalid_input(file.string() + ": " + line);
        const std::vector<std::string> names = parted(fields[2], ' ');
        const Ids ids(names.begin(), names.end());
        if (fields[0] == "code") {
            out.by_code[fields[1]] = ids;
        } else if (fields[0] == "title") {
            out.by_title_part.emplace_back(folded(fields[1]), ids);
        } else {
            out.queries.push_back({fields[0], fields[1], ids});
        }
    }
    return out;
}

Ids occupations_of(const Vacancy& vacancy, const Judgement& judgement) {
    Ids found;
    for (const Occupation& one : vacancy.occupations) {
        if (!one.scheme.starts_with("ISCO") && !one.scheme.starts_with("STYRK")) continue;
        if (const auto known = judgement.by_code.find(one.code.substr(0, 4));
            known != judgement.by_code.end())
            found.insert(known->second.begin(), known->second.end());
    }
    for (const VacancyText& text : vacancy.texts)
        for (const auto& [part, ids] : judgement.by_title_part)
            if (folded(text.title).find(part) != std::string::npos) found.insert(ids.begin(), ids.end());
    return found;
}

/// What is long over is open again: here it is only words.
void add_real(std::vector<JudgedAd>& ads, Vacancy vacancy, const Judgement& judgement) {
    vacancy.id = "real" + std::to_string(ads.size());
    vacancy.agency = "bench";
    vacancy.status = VacancyStatus::active;
    vacancy.deadline_at.reset();
    vacancy.expires_at.reset();
    vacancy.published_at = bench_now;
    Ids occupations = occupations_of(vacancy, judgement);
    ads.push_back({std::move(vacancy), std::move(occupations)});
}

void make_active(std::string& text) {
    for (const std::string_view ended : {"INACTIVE", "STOPPED", "REJECTED", "DELETED"})
        for (std::size_t at = text.find(ended); at != std::string::npos; at = text.find(ended, at))
            text.replace(at, ended.size(), "ACTIVE");
}

Outcome add_file(std::vector<JudgedAd>& ads, const std::filesystem::path& file, FeedFormat format,
                 const Judgement& judgement) {
    VAKANT_TRY(text, read_file(file));
    if (format == FeedFormat::nav) make_active(text);
    Sweep sweep;
    ImportSettings settings;
    settings.started_at = bench_now;
    return import_feed(
        format, text, settings,
        [&](ImportedItem item) {
            if (item.kind == ImportedItem::Kind::vacancy) add_real(ads, std::move(item.vacancy), judgement);
            return done();
        },
        sweep);
}

Outcome add_real_ads(std::vector<JudgedAd>& ads, const std::filesystem::path& folder,
                     const Judgement& judgement) {
    struct File {
        const char* name;
        FeedFormat format;
    };
    for (const File& file : {File{"se/jobstream_delta_2020.json", FeedFormat::jobtech},
                             File{"se/jobsearch_ad_2024.json", FeedFormat::jobtech},
                             File{"no/pam_ads_electricians.json", FeedFormat::nav},
                             File{"no/pam_ad_ad_with_nace.json", FeedFormat::nav},
                             File{"no/stilling_feed_source_ad_dto.json", FeedFormat::nav},
                             File{"fi/tmt_response_sample.json", FeedFormat::tmt},
                             File{"fi/testbed_job_postings_response.json", FeedFormat::tmt},
                             File{"jobposting/se_jobposting_70.json", FeedFormat::jobposting},
                             File{"jobposting/schemaorg_examples.json", FeedFormat::jobposting},
                             File{"eures/position_openings.json", FeedFormat::eures}})
        VAKANT_CHECK(add_file(ads, folder / file.name, file.format, judgement));
    return done();
}

Result<std::vector<OccupationTable>> esco_tables(const std::filesystem::path& folder) {
    struct File {
        const char *name, *language;
    };
    std::vector<OccupationTable> tables;
    for (const File& file :
         {File{"esco_occupations_fi_sv_en.json", ""}, File{"esco_occupations_ar.csv", "ar"},
          File{"esco_occupations_en_altlabels.csv", "en"}}) {
        VAKANT_TRY(text, read_file(folder / file.name));
        VAKANT_TRY(table, read_occupations(OccupationFormat::esco, text, file.language));
        tables.push_back(std::move(table));
    }
    return tables;
}

/// ESCO's occupations beside the hand-written ones: those of other ISCO-08 groups, so that an ad of one is
/// wrong for a query of the other.
std::vector<OccupationEntry> outside(const std::vector<OccupationTable>& shipped,
                                     const std::vector<OccupationTable>& esco) {
    std::set<std::string> groups, names;
    for (const OccupationTable& table : shipped)
        for (const OccupationEntry& entry : table.entries) {
            groups.insert(entry.isco.begin(), entry.isco.end());
            for (const OccupationNames& in : entry.names)
                for (const std::string& name : in.names)
                    names.insert(folded(name));
        }
    std::vector<OccupationEntry> list;
    for (OccupationEntry& entry : joined(esco).entries) {
        if (!entry.id.starts_with("esco:")) continue;
        bool is_known = std::any_of(entry.isco.begin(), entry.isco.end(),
                                    [&](const std::string& code) { return groups.contains(code); });
        for (const OccupationNames& in : entry.names)
            for (const std::string& name : in.names)
                is_known = is_known || names.contains(folded(name));
        if (!is_known) list.push_back(std::move(entry));
    }
    return list;
}

/// The usual names of occupations that the seed picks, each the name of one only.
std::vector<Query> drawn(const std::vector<OccupationEntry>& entries, std::uint64_t seed) {
    std::vector<Query> queries;
    SeededRandom random(seed);
    for (const std::string language : {"fi", "sv", "en", "ar"}) {
        std::map<std::string, Ids> owners;
        for (const OccupationEntry& entry : entries)
            for (const OccupationNames& in : entry.names)
                for (const std::string& name : in.names)
                    owners[folded(name)].insert(entry.id);
        for (std::size_t taken = 0; taken < drawn_a_language;) {
            const OccupationEntry& entry = entries[random.number(entries.size())];
            for (const OccupationNames& in : entry.names) {
                if (in.language != language || in.names.empty()) continue;
                const std::string& name = in.names.front();
                const auto words = static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
                if (words > longest_drawn || owners[folded(name)].size() != 1) continue;
                queries.push_back({language, name, {entry.id}});
                ++taken;
            }
        }
    }
    return queries;
}

/// A few ads of every occupation that is looked for, in the languages in which it has names, and others.
class Distractors {
public:
    Distractors(const RelevanceOptions& options, std::vector<OccupationEntry> entries)
        : generated_(std::move(entries), options.seed) {}
    void add(std::vector<JudgedAd>& ads, const OccupationEntry& entry, std::size_t count) {
        constexpr std::array<std::string_view, 5> in_turn{"fi", "sv", "en", "nb", "sv"};
        for (std::size_t n = 0; n < count; ++n) {
            std::string_view language = in_turn[(turn_ + n) % in_turn.size()];
            const bool has_name =
                std::any_of(entry.names.begin(), entry.names.end(),
                            [&](const OccupationNames& in) { return in.language == language; });
            if (!has_name) language = "en";
            ads.push_back({generated_.ad_of(entry, language, number_++), {entry.id}});
        }
        ++turn_;
    }

private:
    GeneratedAds generated_;
    std::uint64_t number_ = 0;
    std::size_t turn_ = 0;
};

Outcome fill(const std::filesystem::path& file, const std::vector<OccupationTable>& tables,
             const std::vector<JudgedAd>& ads) {
    VAKANT_TRY(writer, CacheWriter::open(file, tables));
    for (std::size_t from = 0; from < ads.size();) {
        VacancyPage page;
        for (; from < ads.size() && page.upserts.size() < 200; ++from)
            page.upserts.push_back(ads[from].vacancy);
        page.more = from < ads.size();
        page.next_cursor = std::to_string(from);
        VAKANT_CHECK(writer->apply("bench", page));
    }
    return done();
}

bool shares(const Ids& a, const Ids& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return b.contains(id); });
}

Result<Json> grade(CacheReader& reader, const Query& query, const std::vector<JudgedAd>& ads) {
    VacancyQuery asked;
    asked.words = query.words + " "; // a finished word
    asked.board = Board::all;
    asked.depth = Depth::complete;
    asked.limit = looked_at;
    asked.language = query.language;
    VAKANT_TRY(results, reader.search(asked, bench_now));
    Ids right, shown;
    for (const JudgedAd& ad : ads)
        if (shares(ad.occupations, query.occupations)) right.insert(ad.vacancy.id);
    double gain = 0, ideal = 0;
    std::size_t found = 0;
    Json wrong = Json::array(), missed = Json::array();
    for (std::size_t at = 0; at < results.cards.size(); ++at) {
        const bool is_right = right.contains(results.cards[at].id);
        shown.insert(results.cards[at].id);
        found += is_right;
        if (is_right && at < graded) gain += 1 / std::log2(static_cast<double>(at) + 2);
        if (!is_right && at < graded) wrong.push(results.cards[at].title);
    }
    for (std::size_t at = 0; at < std::min(graded, right.size()); ++at)
        ideal += 1 / std::log2(static_cast<double>(at) + 2);
    for (const JudgedAd& ad : ads)
        if (right.contains(ad.vacancy.id) && !shown.contains(ad.vacancy.id) && missed.size() < graded)
            missed.push(ad.vacancy.texts.front().title);
    const auto reachable = static_cast<double>(std::min(looked_at, right.size()));
    return Json::object({{"language", query.language},
                         {"query", query.words},
                         {"relevant", right.size()},
                         {"recall", right.empty() ? 0.0 : static_cast<double>(found) / reachable},
                         {"ndcg", right.empty() ? 0.0 : gain / ideal},
                         {"wrong", std::move(wrong)},
                         {"missed", std::move(missed)}});
}

} // namespace

Result<Json> judge_relevance(const RelevanceOptions& options) {
    VAKANT_TRY(judgement, read_judgement(options.judged));
    VAKANT_TRY(tables, read_occupation_folder(options.assets / "occupations"));
    std::vector<JudgedAd> ads;
    const bool has_reference = std::filesystem::exists(options.reference / "occupations");
    if (has_reference) VAKANT_CHECK(add_real_ads(ads, options.reference / "vacancies", judgement));
    const std::size_t real = ads.size();
    VAKANT_CHECK(add_file(ads, options.assets / "vacancies" / "own.json", FeedFormat::own, judgement));
    const std::size_t demo = ads.size() - real;
    std::vector<OccupationEntry> others = joined(tables).entries;
    Distractors distractors(options, others);
    for (const OccupationEntry& entry : joined(tables).entries)
        distractors.add(ads, entry, ads_each);
    if (has_reference) {
        VAKANT_TRY(esco, esco_tables(options.reference / "occupations"));
        others = outside(tables, esco);
        for (OccupationTable& table : esco)
            tables.push_back(std::move(table));
        const std::vector<Query> queries = drawn(others, options.seed);
        for (const OccupationEntry& entry : others)
            if (std::any_of(queries.begin(), queries.end(),
                            [&](const Query& query) { return query.occupations.contains(entry.id); }))
                distractors.add(ads, entry, ads_each);
        judgement.queries.insert(judgement.queries.end(), queries.begin(), queries.end());
    }
    SeededRandom random(options.seed + 1);
    const std::size_t looked_for = ads.size();
    while (ads.size() < looked_for + options.generated)
        distractors.add(ads, others[random.number(others.size())], 1);
    const std::filesystem::path file = options.folder / "cache.db";
    VAKANT_CHECK(fill(file, tables, ads));
    VAKANT_TRY(reader, CacheReader::open(file, tables));
    Json queries = Json::array();
    for (const Query& query : judgement.queries) {
        VAKANT_TRY(graded_query, grade(*reader, query, ads));
        queries.push(std::move(graded_query));
    }
    return Json::object(
        {{"seed", options.seed},
         {"ads", Json::object({{"real", real}, {"demo", demo}, {"generated", ads.size() - real - demo}})},
         {"queries", std::move(queries)}});
}

} // namespace vakant::benches
