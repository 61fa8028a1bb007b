#include "agency/cli/form_actions.h"

#include <algorithm>

#include "agency/api/publish_forms.h"
#include "agency/cli/board_actions.h"

namespace vakant {

namespace {

struct Offered {
    std::vector<Document> forms, own;
    bool is_own(std::string_view id) const {
        return std::any_of(own.begin(), own.end(), [&](const Document& one) { return one.id == id; });
    }
};

Result<Offered> offered_forms(Services& services, const std::string& agency) {
    return services.database->read_for<Offered>([&](Connection& connection) -> Result<Offered> {
        VAKANT_TRY(forms, offered_documents(connection, agency, "form"));
        VAKANT_TRY(own, own_forms(connection, agency));
        return Offered{std::move(forms), std::move(own)};
    });
}

Json summary_of(const Document& form, bool is_own) {
    return Json::object(
        {{"id", form.id}, {"version", form.version}, {"digest", form.digest}, {"own", is_own}});
}

} // namespace

Result<Json> form_set_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_TRY(form, publish_form(services, agency, arguments["text"].text()));
    Json answer = summary_of(form.document, true);
    answer.set("agency", agency);
    Json look_at = Json::array();
    for (const std::string& one : form.to_look_at)
        look_at.push(one);
    answer.set("look_at", std::move(look_at));
    return answer;
}

Result<Json> forms_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_TRY(offered, offered_forms(services, agency));
    Json list = Json::array();
    for (const Document& form : offered.forms)
        list.push(summary_of(form, offered.is_own(form.id)));
    return list;
}

Result<Json> form_show_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_TRY(offered, offered_forms(services, agency));
    for (const Document& form : offered.forms) {
        if (form.id == arguments["id"].text()) return parse_json(form.body);
    }
    return not_found("form " + std::string(arguments["id"].text()) + ": agency " + agency +
                     " offers none of that name");
}

Result<Json> form_remove_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_CHECK(withdraw_form(services, agency, arguments["id"].text()));
    return Json::object({{"agency", agency}, {"removed", arguments["id"]}});
}

} // namespace vakant
