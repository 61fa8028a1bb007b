// The pages by name, and what one is opened with. One list: the compiler finds a page that nothing makes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vakant {

enum class PageId {
    attract,
    home,
    enrolment,
    vacancies_list,
    vacancies_page,
    vacancies_report,
    registration_agencies,
    registration_notice,
    registration_form,
    registration_consents,
    registration_review,
    registration_thanks,
    registration_parked,
    registration_slip,
    registration_take_up,
    registration_withdraw,
    skills_intro,
    skills_typing,
    skills_result,
    agency,
    about,
    help,
    staff
};

/// "vacancies.list": also the prefix of the page's strings, and what scripts see.
std::string_view name_of(PageId page);

struct PageArguments {
    std::string vacancy;      ///< vacancies_page, vacancies_report: its id
    std::size_t part = 0;     ///< registration_notice, _form, _consents: which form of the visit
    std::size_t step = 0;     ///< registration_form: which page of the form
    bool from_review = false; ///< registration_form: Next goes back to the review
};

} // namespace vakant
