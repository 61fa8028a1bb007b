// How long a keystroke in a large form takes: what the engine works out anew, and what the page then asks it
// for.
#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

#include "core/json/json.h"
#include "core/registration/form_session.h"

namespace vakant {
namespace {

constexpr int fields = 300, conditions = 200, fields_a_page = 10;

enum class Shape {
    spread, ///< each condition looks at the question before it: all of them hang in chains
    hub     ///< every condition looks at the one question in which somebody types
};

std::string field_id(int number) {
    return "f" + std::to_string(number);
}

/// Questions 0 to 299; those from 100 on are shown under a condition.
Json large_form(Shape shape) {
    Json pages = Json::array(), properties = Json::object();
    for (int page = 0; page * fields_a_page < fields; ++page) {
        Json items = Json::array();
        for (int i = page * fields_a_page; i < (page + 1) * fields_a_page; ++i) {
            Json item = Json::object({{"field", field_id(i)}, {"widget", "text"}, {"label_key", "t"}});
            if (i >= fields - conditions) {
                const std::string on = shape == Shape::hub ? field_id(0) : field_id(i - 1);
                const Json has = Json::object({{"var", on}});
                item.set("visible_if",
                         Json::object({{"or", Json::array({Json::object({{"==", Json::array({has, "x"})}}),
                                                           Json::object({{"!!", has}})})}}));
            }
            properties.set(field_id(i), Json::object({{"type", "string"}}));
            items.push(std::move(item));
        }
        pages.push(Json::object(
            {{"id", "p" + std::to_string(page)}, {"title_key", "t"}, {"items", std::move(items)}}));
    }
    return Json::object({{"format", "vakant-form/1"},
                         {"id", "large"},
                         {"version", "1"},
                         {"languages", Json::array({"en"})},
                         {"default_language", "en"},
                         {"notice_key", "t"},
                         {"data", Json::object({{"type", "object"}, {"properties", std::move(properties)}})},
                         {"pages", std::move(pages)},
                         {"i18n", Json::object({{"en", Json::object({{"t", "Text"}})}})}});
}

/// What a page does for a frame: which pages there are, what is visible and what is wrong on this one.
std::size_t ask_as_a_page(const FormSession& session, const FormPage& shown) {
    std::size_t visible = 0;
    for (const FormPage& page : session.form().pages)
        visible += session.is_visible(page) ? 1u : 0u;
    for (const FormField& field : shown.fields)
        visible += session.is_visible(field) && session.answer(field.id).empty() ? 1u : 0u;
    return visible + session.problems_on(shown).size();
}

/// Microseconds of each keystroke in question `typed_in`, while every question is answered.
Result<Json> keystrokes(Shape shape, int typed_in, int count) {
    VAKANT_TRY(form, FormDefinition::from_json(large_form(shape)));
    SecretArena arena;
    FormSession session(form, arena);
    for (int i = 0; i < fields; ++i)
        session.set_answer(field_id(i), "an answer");
    const FormPage& page = form.pages[static_cast<std::size_t>(typed_in / fields_a_page)];
    const std::string address = field_id(typed_in);
    Json out = Json::array();
    for (int i = 0; i < count; ++i) {
        // Every tenth takes the whole answer back, so that what depends on it goes and comes.
        const std::string text = i % 10 == 0 ? "" : std::string(static_cast<std::size_t>(i % 10), 'x');
        const auto begin = std::chrono::steady_clock::now();
        session.set_answer(address, text);
        const std::size_t asked = ask_as_a_page(session, page);
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
        if (asked == 0) return internal_error("a page without questions");
        out.push(took.count());
    }
    session.set_answer(address, "x");
    if (!session.is_visible(form.pages.back().fields.back()))
        return internal_error("the conditions did not hold");
    return out;
}

Outcome run(int count) {
    VAKANT_TRY(hub, keystrokes(Shape::hub, 0, count));
    VAKANT_TRY(chain, keystrokes(Shape::spread, fields - conditions - 1, count));
    VAKANT_TRY(alone, keystrokes(Shape::spread, 0, count));
    std::cout << Json::object({{"fields", fields},
                               {"conditions", conditions},
                               {"on_one", std::move(hub)},
                               {"in_a_chain", std::move(chain)},
                               {"on_none", std::move(alone)}})
                     .to_text()
              << '\n';
    return done();
}

} // namespace
} // namespace vakant

int main(int argc, char** argv) {
    CLI::App app(
        "Measures keystrokes in a form of 300 questions with 200 conditions; prints microseconds as JSON.");
    int count = 1000;
    app.add_option("--count", count, "keystrokes of each kind")->check(CLI::Range(20, 100'000));
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return 2;
    }
    const vakant::Outcome outcome = vakant::run(count);
    if (outcome.ok()) return 0;
    std::cerr << "bench_form: " << outcome.error().detail << '\n';
    return 1;
}
