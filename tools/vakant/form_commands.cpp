#include <iostream>
#include <memory>

#include "core/registration/form.h"
#include "core/registration/form_authoring.h"
#include "core/registration/logic.h"
#include "core/registration/schema.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {
namespace {

struct FormOptions {
    std::string form, answers;
    bool json = false;
    bool lines = false;     ///< one document a line, one verdict a line
    bool as_schema = false; ///< judged by the exported schema alone
};

struct LogicOptions {
    std::string rule, data;
    bool json = false;
};

Result<Json> read_json(const std::string& path) {
    auto text = read_argument_file(path);
    if (!text.ok()) return text.error();
    auto json = parse_json(*text);
    if (!json.ok()) return at(path, json.error());
    return json;
}

Result<FormDefinition> read_form(const std::string& path) {
    VAKANT_TRY(json, read_json(path));
    auto form = FormDefinition::from_json(json);
    if (!form.ok()) return at(path, form.error());
    return form;
}

/// A refusal in words on standard error, and as an object where --json asked for one.
Ending refuse(const FormOptions& options, const Error& error) {
    if (options.json) {
        std::cout << Json::object({{"ok", false}, {"error", error.detail}}).to_text() << '\n';
    }
    return complain(Ending::refused, error.detail);
}

std::size_t count_fields(const FormDefinition& form) {
    std::size_t fields = 0;
    for (const FormPage& page : form.pages) {
        for (const FormField& item : page.fields)
            fields += item.is_group() ? item.fields.size() : 1;
    }
    return fields;
}

Json list_of(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

Ending run_check(const FormOptions& options) {
    auto read = read_form(options.form);
    if (!read.ok()) return refuse(options, read.error());
    const FormDefinition& form = *read;
    const auto warnings = check_as_author(form);
    if (!warnings.ok()) return refuse(options, at(options.form, warnings.error()));
    Json summary = Json::object({{"ok", true},
                                 {"id", form.id},
                                 {"version", form.version},
                                 {"uses", list_of(form.uses)},
                                 {"pages", form.pages.size()},
                                 {"fields", count_fields(form)},
                                 {"consents", form.consents.size()},
                                 {"languages", list_of(form.languages)},
                                 {"digest", form.digest}});
    if (options.json) {
        std::cout << summary.set("warnings", list_of(*warnings)).to_text() << '\n';
        return Ending::done;
    }
    for (const auto& [name, value] : summary.members()) {
        std::cout << name << ": " << (value.is_string() ? std::string(value.text()) : value.to_text())
                  << '\n';
    }
    for (const std::string& warning : *warnings)
        std::cout << "look at " << warning << '\n';
    return Ending::done;
}

Ending run_export(const FormOptions& options) {
    const auto form = read_form(options.form);
    if (!form.ok()) return refuse(options, form.error());
    std::cout << schema_for_others(*form).to_indented_text() << '\n';
    return Ending::done;
}

/// One verdict a line, in order: for many documents at once.
Ending run_lines(const FormOptions& options, const FormDefinition& form) {
    const auto text = read_argument_file(options.answers);
    if (!text.ok()) return refuse(options, text.error());
    const auto schema = Schema::from_json(schema_for_others(form));
    if (!schema.ok()) return refuse(options, at(options.form, schema.error()));
    bool all_fine = true;
    std::string_view rest = *text;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        const auto document = parse_json(rest.substr(0, end));
        rest = end == rest.npos ? "" : rest.substr(end + 1);
        if (!document.ok()) {
            return refuse(options, at(options.answers + ":" + std::to_string(number), document.error()));
        }
        const bool fine = options.as_schema ? schema->accepts(*document)
                                            : document->is_object() && problems_of(form, *document).empty();
        std::cout << (fine ? "true\n" : "false\n");
        all_fine = all_fine && fine;
    }
    return all_fine ? Ending::done : Ending::refused;
}

Ending run_validate(const FormOptions& options) {
    auto form = read_form(options.form);
    if (!form.ok()) return refuse(options, form.error());
    if (options.lines) return run_lines(options, *form);
    auto read = read_json(options.answers);
    if (!read.ok()) return refuse(options, read.error());
    // A whole submission, or its answers alone.
    const Json& answers = read->contains("answers") ? (*read)["answers"] : *read;
    if (!answers.is_object())
        return refuse(options, invalid_input(options.answers + ": the answers are not an object"));
    const std::vector<FormProblem> problems = problems_of(*form, answers);
    Json list = Json::array();
    for (const FormProblem& problem : problems) {
        Json entry =
            Json::object({{"field", problem.field}, {"keyword", problem.keyword}, {"limit", problem.limit}});
        if (!problem.text_key.empty()) {
            entry.set("text", form->problem_text(problem, form->default_language));
        }
        list.push(std::move(entry));
        if (options.json) continue;
        std::cout << problem.field << ": " << problem.keyword;
        if (problem.limit != 0) std::cout << ' ' << problem.limit;
        std::cout << '\n';
    }
    if (options.json) {
        std::cout << Json::object({{"ok", problems.empty()}, {"problems", std::move(list)}}).to_text()
                  << '\n';
    }
    return problems.empty() ? Ending::done : Ending::refused;
}

Ending run_logic(const LogicOptions& options) {
    const auto refused = [&options](const std::string& why, Ending ending) {
        if (options.json) std::cout << Json::object({{"ok", false}, {"error", why}}).to_text() << '\n';
        return complain(ending, why);
    };
    const auto rule = parse_json(options.rule);
    if (!rule.ok()) return refused("RULE: " + rule.error().detail, Ending::wrong_use);
    const auto data = parse_json(options.data);
    if (!data.ok()) return refused("DATA: " + data.error().detail, Ending::wrong_use);
    const auto value = evaluate_logic(*rule, *data);
    if (!value.ok()) return refused("RULE: " + value.error().detail, Ending::refused);
    std::cout << value->to_text() << '\n';
    return Ending::done;
}

} // namespace

void add_form_commands(CLI::App& app, Ending& ending) {
    CLI::App* form = app.add_subcommand("form", "Registration forms (vakant-form/1)");
    form->require_subcommand(1);
    const auto options = std::make_shared<FormOptions>();
    CLI::App* check = form->add_subcommand(
        "check", "Says with path and reason what is wrong with a form, and what to look at");
    check->add_option("FILE", options->form, "The form; - is standard input")->required();
    check->add_flag("--json", options->json, "One JSON object on one line");
    check->callback([options, &ending] { ending = run_check(*options); });
    CLI::App* validate =
        form->add_subcommand("validate", "Checks answers, or a whole submission, against a form");
    validate->add_option("FORM", options->form, "The form")->required();
    validate->add_option("ANSWERS", options->answers, "The answers; - is standard input")->required();
    validate->add_flag("--json", options->json, "One JSON object on one line");
    validate->add_flag("--lines", options->lines, "One document a line; prints true or false for each");
    validate
        ->add_flag("--as-schema", options->as_schema, "With --lines: judge by the exported JSON Schema alone")
        ->needs("--lines");
    validate->callback([options, &ending] { ending = run_validate(*options); });
    CLI::App* export_form =
        form->add_subcommand("export", "Writes a form as plain JSON Schema 2020-12 for other systems");
    export_form->add_option("FORM", options->form, "The form; - is standard input")->required();
    export_form->add_flag("--json", options->json, "Refusals as one JSON object, too");
    export_form->callback([options, &ending] { ending = run_export(*options); });
}

void add_logic_command(CLI::App& app, Ending& ending) {
    CLI::App* logic = app.add_subcommand("logic", "Evaluates a JsonLogic rule over data");
    const auto options = std::make_shared<LogicOptions>();
    logic->add_option("RULE", options->rule, "The rule as JSON")->required();
    logic->add_option("DATA", options->data, "The data as JSON; {} when left out");
    options->data = "{}";
    logic->add_flag("--json", options->json,
                    "Refusals as one JSON object, too: the value is JSON in any case");
    logic->callback([options, &ending] { ending = run_logic(*options); });
}

} // namespace vakant::tool
