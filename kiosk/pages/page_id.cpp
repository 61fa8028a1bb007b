#include "kiosk/pages/page_id.h"

namespace vakant {

std::string_view name_of(PageId page) {
    switch (page) {
    case PageId::attract:
        return "attract";
    case PageId::home:
        return "home";
    case PageId::enrolment:
        return "enrolment";
    case PageId::vacancies_list:
        return "vacancies.list";
    case PageId::vacancies_page:
        return "vacancies.page";
    case PageId::vacancies_report:
        return "vacancies.report";
    case PageId::registration_agencies:
        return "registration.agencies";
    case PageId::registration_notice:
        return "registration.notice";
    case PageId::registration_form:
        return "registration.form";
    case PageId::registration_consents:
        return "registration.consents";
    case PageId::registration_review:
        return "registration.review";
    case PageId::registration_thanks:
        return "registration.thanks";
    case PageId::registration_parked:
        return "registration.parked";
    case PageId::registration_slip:
        return "registration.slip";
    case PageId::registration_take_up:
        return "registration.take_up";
    case PageId::registration_withdraw:
        return "registration.withdraw";
    case PageId::skills_intro:
        return "skills.intro";
    case PageId::skills_typing:
        return "skills.typing";
    case PageId::skills_result:
        return "skills.result";
    case PageId::agency:
        return "agency";
    case PageId::about:
        return "about";
    case PageId::help:
        return "help";
    case PageId::staff:
        return "staff";
    }
    return "";
}

} // namespace vakant
