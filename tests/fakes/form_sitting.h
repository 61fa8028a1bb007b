// Forms for the tests of the form engine, and one person who answers one.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/registration/form_session.h"
#include "tests/places.h"

namespace vakant {

inline Json json_of(const std::string& text) {
    auto json = parse_json(text);
    INFO((json.ok() ? "" : json.error().detail));
    REQUIRE(json.ok());
    return std::move(json).value();
}
inline Json form_file(const std::string& path) {
    const auto text = read_file(source_dir() + "/" + path);
    REQUIRE(text.ok());
    return json_of(*text);
}
inline Json shipped_form(const std::string& name) {
    return form_file("assets/forms/" + name + ".json");
}
inline FormDefinition form_of(const Json& json) {
    auto form = FormDefinition::from_json(json);
    INFO((form.ok() ? "" : form.error().detail));
    REQUIRE(form.ok());
    return std::move(form).value();
}

/// "telephone required", "jobs maxItems 3"
inline std::vector<std::string> in_words(const std::vector<FormProblem>& problems) {
    std::vector<std::string> words;
    for (const FormProblem& problem : problems) {
        words.push_back(problem.field + " " + problem.keyword);
        if (problem.limit != 0) words.back().append(1, ' ').append(std::to_string(problem.limit));
    }
    return words;
}

/// Stays where it is: the session looks at its form and its memory.
struct Sitting {
    explicit Sitting(FormDefinition answered) : form(std::move(answered)) {}
    Sitting(const Sitting&) = delete;
    Sitting& operator=(const Sitting&) = delete;
    const FormDefinition form;
    SecretArena arena;
    FormSession session{form, arena};
};

} // namespace vakant
