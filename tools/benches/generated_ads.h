// Advertisements made from a seed, for the benches of search, import and relevance: occupations by the names
// that ship, towns of the Nordic countries, about 300 words each, most of them from made-up vocabularies in
// which few words are frequent and many are rare. The same seed gives the same ads on every machine.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/vacancies/occupations.h"
#include "core/vacancies/vacancy.h"

namespace vakant::benches {

constexpr UtcMs bench_now = 1'795'420'800'000; ///< 2026-11-23T08:00:00Z

struct Town {
    std::string_view name, country, region;
    double latitude, longitude;
};

class GeneratedAds {
public:
    /// `occupations`: what the ads are of.
    GeneratedAds(std::vector<OccupationEntry> occupations, std::uint64_t seed);
    /// With the occupations that the program ships.
    static Result<GeneratedAds> read(const std::filesystem::path& assets, std::uint64_t seed);

    /// The n-th, open at bench_now.
    Vacancy ad(std::uint64_t n) const;
    /// The n-th, of one occupation, its title in `language` where the occupation has a name in it. One in
    /// three is known by a code, the others by their words alone.
    Vacancy ad_of(const OccupationEntry& occupation, std::string_view language, std::uint64_t n) const;
    /// The n-th as JobTech gives it out, in Swedish or English.
    std::string jobtech(std::uint64_t n) const;
    /// The n-th word that somebody might type: of an occupation in any language, a town, an employer, a body.
    std::string typed(std::uint64_t n) const;

    std::uint64_t seed() const { return seed_; }

private:
    struct Tongue {
        std::string language;
        std::vector<std::string> words; ///< the most frequent first
    };
    const Tongue& tongue(std::string_view language) const;
    std::string sentence(const Tongue& tongue, Random& random) const;
    std::string body(const Tongue& tongue, Random& random) const;
    std::string employer(Random& random) const;
    std::string title(std::string_view language, std::string_view name, std::string_view town,
                      Random& random) const;

    std::vector<OccupationEntry> occupations_;
    std::vector<Tongue> tongues_;
    std::uint64_t seed_;
};

} // namespace vakant::benches
