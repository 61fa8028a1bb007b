// Feeds the readers of strangers' bytes with mangled input, under the sanitizers: whatever comes back, the
// program must live.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "core/base/random.h"
#include "core/crypto/crypto.h"
#include "tests/faults/fault_report.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/edges.h"
#include "tests/fuzz/readers.h"

namespace vakant::fuzz {
namespace {

constexpr std::size_t longest_found = 32'000;
constexpr std::size_t most_kept_bytes = 40'000; ///< of one reader: the repository is no store of inputs

void mangle_once(std::string& text, const Seeds& seeds, Random& random) {
    constexpr std::string_view biting = "{}[]\"\\:,<>&;\0\xff\xc0\xed\xa0\x80\xe2\x80\xae-9eE.u0000";
    const std::size_t at = text.empty() ? 0 : random.number(text.size());
    const std::size_t length = std::min<std::size_t>(random.number(64) + 1, text.size() - at);
    switch (random.number(6)) {
    case 0:
        if (!text.empty()) text[at] = static_cast<char>(random.number(256));
        break;
    case 1:
        text.insert(at, 1, biting[random.number(biting.size())]);
        break;
    case 2:
        text.erase(at, length);
        break;
    case 3:
        text.insert(at, text.substr(at, length));
        break;
    case 4:
        text.resize(at);
        break;
    default: {
        const std::string& other = seeds[random.number(seeds.size())];
        if (!other.empty()) text.insert(at, other.substr(random.number(other.size()), 200));
    }
    }
}

std::string mangled(const Seeds& seeds, Random& random) {
    std::string text = seeds[random.number(seeds.size())];
    for (std::uint64_t step = random.number(8) + 1; step > 0; --step)
        mangle_once(text, seeds, random);
    return text;
}

struct Asked {
    std::string reader;
    double seconds = 3;
    std::uint64_t seed = 20261123;
    bool keep = false;  ///< what went somewhere new is put into the project's corpus
    bool again = false; ///< only the input that ended the last run
};

class Run {
public:
    explicit Run(const Asked& asked)
        : asked_(asked), subject_(subjects().at(asked.reader)), last_(asked.reader) {}

    bool tries(const std::string& input) {
        last_.note(input);
        ++inputs_;
        try {
            subject_.read(input);
        } catch (const std::exception& escaped) {
            std::cout << asked_.reader << ": input " << inputs_ << " let out: " << escaped.what() << '\n'
                      << Json(input).to_text() << std::endl;
            return false;
        }
        return true;
    }
    /// Every seed and kept input as it is, then mangled ones until the time is over.
    bool go(Seeds& seeds) {
        for (const std::string& seed : seeds)
            if (!tries(seed)) return false;
        take_new_edges();
        SeededRandom random(asked_.seed);
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() <
               asked_.seconds) {
            std::string input = mangled(seeds, random);
            if (!tries(input)) return false;
            if (take_new_edges() > 0 && input.size() <= longest_found) {
                ++found_;
                seeds.push_back(std::move(input));
            }
        }
        return true;
    }
    std::int64_t inputs() const { return inputs_; }
    std::int64_t found() const { return found_; }

private:
    const Asked& asked_;
    const Subject& subject_;
    LastInput last_;
    std::int64_t inputs_ = 0, found_ = 0;
};

/// The shortest ones that together go wherever all of them go beyond the seeds.
Seeds least_of(Run& run, const Seeds& seeds, Seeds inputs) {
    forget_edges();
    for (const std::string& seed : seeds)
        run.tries(seed);
    take_new_edges();
    std::ranges::stable_sort(inputs, {}, &std::string::size);
    Seeds kept;
    std::size_t bytes = 0;
    for (std::string& input : inputs) {
        bytes += input.size();
        if (bytes > most_kept_bytes) break;
        run.tries(input);
        if (take_new_edges() > 0) {
            kept.push_back(std::move(input));
        } else {
            bytes -= input.size();
        }
    }
    return kept;
}

int fuzz(const Asked& asked) {
    const auto corpus = read_corpus(asked.reader);
    if (!corpus.ok()) {
        std::cerr << corpus.error().detail << '\n';
        return 1;
    }
    const Seeds own = seeds_of(asked.reader, asked.keep ? SeedFiles::of_the_project : SeedFiles::all);
    Seeds seeds = own;
    seeds.insert(seeds.end(), corpus->begin(), corpus->end());
    std::cout << asked.reader << ": seed " << asked.seed << ", " << own.size() << " files and texts, "
              << corpus->size() << " kept inputs" << std::endl;
    Run run(asked);
    if (!run.go(seeds)) return 1;
    const std::int64_t inputs = run.inputs();
    if (asked.keep) {
        const Seeds kept =
            least_of(run, own, {seeds.begin() + static_cast<std::ptrdiff_t>(own.size()), seeds.end()});
        if (const Outcome written = write_corpus(asked.reader, kept); !written.ok()) {
            std::cerr << written.error().detail << '\n';
            return 1;
        }
        std::cout << asked.reader << ": " << run.found() << " went somewhere new, " << kept.size()
                  << " inputs are kept" << std::endl;
    }
    faults::FaultReport report("fuzz_" + asked.reader, asked.seed);
    report.cells(inputs);
    report.write({{"kept", static_cast<std::int64_t>(corpus->size())}});
    std::cout << asked.reader << ": " << inputs << " inputs in " << asked.seconds << " s" << std::endl;
    return inputs < 10 ? 1 : 0;
}

int once_again(const Asked& asked) {
    const auto input = last_input(asked.reader);
    if (!input.ok()) {
        std::cerr << asked.reader << ": no run was ended by an input: " << input.error().detail << '\n';
        return 1;
    }
    subjects().at(asked.reader).read(*input);
    std::cout << asked.reader << ": lived through it\n";
    return 0;
}

Asked read_arguments(int argc, char** argv) {
    Asked asked;
    if (const char* seconds = std::getenv("VAKANT_FUZZ_SECONDS")) asked.seconds = std::atof(seconds);
    const char* keep = std::getenv("VAKANT_FUZZ_KEEP");
    asked.keep = keep != nullptr && *keep != '\0';
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const bool more = i + 1 < argc;
        if (word == "--again") {
            asked.again = true;
        } else if (word == "--keep") {
            asked.keep = true;
        } else if (word == "--seconds" && more) {
            asked.seconds = std::atof(argv[++i]);
        } else if (word == "--seed" && more) {
            asked.seed = std::strtoull(argv[++i], nullptr, 10);
        } else if (asked.reader.empty()) {
            asked.reader = word;
        } else {
            asked.reader = "?";
        }
    }
    return asked;
}

} // namespace
} // namespace vakant::fuzz

int main(int argc, char** argv) {
    using namespace vakant;
    const fuzz::Asked asked = fuzz::read_arguments(argc, argv);
    if (!start_crypto().ok() || !fuzz::subjects().contains(asked.reader)) {
        std::cerr << "usage: fuzz_readers READER [--seconds N] [--seed N] [--keep | --again]\n"
                     "  --keep   inputs that went somewhere new go into tests/fuzz/corpus (preset fuzz)\n"
                     "  --again  only the input that ended the last run\nreaders:";
        for (const auto& [name, subject] : fuzz::subjects())
            std::cerr << ' ' << name;
        std::cerr << '\n';
        return 2;
    }
    return asked.again ? fuzz::once_again(asked) : fuzz::fuzz(asked);
}
