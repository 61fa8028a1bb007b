#include <algorithm>

#include "core/json/json.h"
#include "kiosk/app/documents.h"

namespace vakant {
namespace {

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> out;
    for (const std::string& name : names_in(folder).value_or({})) {
        if (name.ends_with(".json")) out.push_back(folder / name);
    }
    return out;
}

} // namespace

Outcome add_document(report::DocumentsRead& to, std::string_view agency, std::string_view kind,
                     std::string_view body) {
    VAKANT_TRY(json, parse_json(body));
    if (kind == "form") {
        VAKANT_TRY(form, FormDefinition::from_json(json));
        to.forms.push_back({std::string(agency), std::make_shared<const FormDefinition>(std::move(form))});
    } else if (kind == "skill") {
        VAKANT_TRY(test, typing_test_from_json(json));
        const bool known =
            std::ranges::any_of(to.tests, [&](const TestFact& it) { return it.test.id == test.id; });
        if (!known) to.tests.push_back({std::string(agency), std::move(test)});
    } else if (kind == "config") {
        VAKANT_TRY(profile, agency_profile_from_json(json));
        to.profiles.push_back(
            {std::string(agency), std::make_shared<const AgencyProfile>(std::move(profile))});
    }
    return done();
}

report::DocumentsRead shipped_documents(const std::filesystem::path& assets) {
    report::DocumentsRead out;
    for (const auto& [folder, kind] : {std::pair{"forms", "form"}, std::pair{"skills", "skill"}}) {
        for (const std::filesystem::path& file : json_files(assets / folder)) {
            const Result<std::string> body = read_file(file);
            if (!body.ok()) continue;
            add_document(out, "", kind, *body).ignore("another kind of file in the folder");
        }
    }
    if (auto lists = ChoiceLists::load(assets / "lists"); lists.ok())
        out.lists = std::make_shared<const ChoiceLists>(std::move(*lists));
    return out;
}

std::vector<FormFact> shipped_form(const std::filesystem::path& assets, const std::string& name) {
    report::DocumentsRead read;
    const Result<std::string> body = read_file(assets / "forms" / (name + ".json"));
    if (body.ok()) add_document(read, "", "form", *body).ignore("the page then shows home");
    return std::move(read.forms);
}

report::DocumentsRead read_documents(CacheReader* cache, const std::filesystem::path& assets,
                                     const std::function<void(const Error&)>& log) {
    report::DocumentsRead read;
    for (const std::string_view kind : {"form", "skill", "config"}) {
        if (cache == nullptr) break;
        const Result<std::vector<CachedDocument>> documents = cache->documents(kind);
        if (!documents.ok()) continue;
        for (const CachedDocument& document : *documents) {
            const Outcome added = add_document(read, document.agency, kind, document.body);
            if (!added.ok()) log(at(document.id, added.error()));
        }
    }
    report::DocumentsRead shipped = shipped_documents(assets);
    read.lists = std::move(shipped.lists);
    if (read.forms.empty()) read.forms = std::move(shipped.forms);
    if (read.tests.empty()) read.tests = std::move(shipped.tests);
    return read;
}

} // namespace vakant
