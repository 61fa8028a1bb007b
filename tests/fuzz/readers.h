// The readers of strangers' bytes, each with what it is fed and what its mangled inputs are made from: the
// files that it was made for, and texts that bring it further in than a mangled file does. Besides living,
// what is read must keep its promises: those are the calls of abort().
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vakant::fuzz {

using Reader = std::function<void(std::string_view)>;
using Seeds = std::vector<std::string>;
struct Subject {
    Reader read;
    std::vector<std::string> seed_files; ///< beneath the project, or reference data beside it
    Seeds seed_texts = {};
};
const std::map<std::string, Subject>& subjects();

/// What is kept in the project is made from the project alone.
enum class SeedFiles { all, of_the_project };
Seeds seeds_of(const std::string& name, SeedFiles which);

} // namespace vakant::fuzz
