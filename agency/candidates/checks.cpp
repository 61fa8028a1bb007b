#include "agency/candidates/checks.h"

#include "agency/store/documents.h"
#include "core/registration/form.h"
#include "core/skills/typing.h"

namespace vakant {

Result<Json> registration_problems(Connection& connection, std::string_view agency, std::string_view digest,
                                   const Json& answers) {
    Json list = Json::array();
    VAKANT_TRY(body, find_document(connection, agency, "form", digest));
    if (!body) {
        list.push(Json::object({{"field", ""}, {"keyword", "unknown_form"}}));
        return list;
    }
    VAKANT_TRY(json, parse_json(*body));
    VAKANT_TRY(form, FormDefinition::from_json(json));
    for (const FormProblem& problem : problems_of(form, answers))
        list.push(Json::object({{"field", problem.field}, {"keyword", problem.keyword}}));
    return list;
}

Result<CheckedResult> check_result(Connection& connection, std::string_view agency, const Json& result) {
    CheckedResult checked;
    VAKANT_TRY(body, find_document(connection, agency, "skill", result["digest"].text()));
    if (!body) {
        checked.flag = "unknown_test";
        return checked;
    }
    VAKANT_TRY(json, parse_json(*body));
    VAKANT_TRY(test, typing_test_from_json(json));
    auto metrics = verified_typing_result(result, test);
    if (metrics.ok()) {
        checked.recomputed = true;
        checked.metrics = to_json(*metrics);
    } else {
        checked.flag = "metrics_differ";
    }
    return checked;
}

} // namespace vakant
