#include "kiosk/pages/about/about_pages.h"
#include "kiosk/pages/agency/agency_page.h"
#include "kiosk/pages/enrolment/enrolment_page.h"
#include "kiosk/pages/home/attract_page.h"
#include "kiosk/pages/home/home_page.h"
#include "kiosk/pages/page.h"
#include "kiosk/pages/registration/form_page.h"
#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/slip_pages.h"
#include "kiosk/pages/skills/skills_pages.h"
#include "kiosk/pages/staff/staff_page.h"
#include "kiosk/pages/vacancies/report_page.h"
#include "kiosk/pages/vacancies/vacancy_list_page.h"
#include "kiosk/pages/vacancies/vacancy_page.h"
#include "kiosk/pages/visit.h"

namespace vakant {

std::unique_ptr<Page> make_page(PageId id, const PageArguments& arguments, Visit& visit) {
    switch (id) {
    case PageId::attract:
        return std::make_unique<AttractPage>();
    case PageId::home:
        return std::make_unique<HomePage>(visit);
    case PageId::enrolment:
        return std::make_unique<EnrolmentPage>();
    case PageId::vacancies_list:
        return std::make_unique<VacancyListPage>();
    case PageId::vacancies_page:
        return std::make_unique<VacancyPageView>(arguments.vacancy, visit);
    case PageId::vacancies_report:
        return std::make_unique<ReportPage>(arguments.vacancy);
    case PageId::registration_agencies:
        return std::make_unique<AgenciesPage>(visit);
    case PageId::registration_notice:
        return std::make_unique<NoticePage>(arguments.part, visit);
    case PageId::registration_form:
        return std::make_unique<RegistrationFormPage>(arguments, visit);
    case PageId::registration_consents:
        return std::make_unique<ConsentsPage>(arguments, visit);
    case PageId::registration_review:
        return std::make_unique<ReviewPage>(visit);
    case PageId::registration_thanks:
        return std::make_unique<ThanksPage>(visit);
    case PageId::registration_parked:
        return std::make_unique<ParkedPage>(visit);
    case PageId::registration_slip:
        return std::make_unique<SlipPage>();
    case PageId::registration_take_up:
        return std::make_unique<TakeUpPage>(visit);
    case PageId::registration_withdraw:
        return std::make_unique<WithdrawPage>();
    case PageId::skills_intro:
        return std::make_unique<SkillsIntroPage>(visit);
    case PageId::skills_typing:
        return std::make_unique<SkillsTypingPage>(visit);
    case PageId::skills_result:
        return std::make_unique<SkillsResultPage>(visit);
    case PageId::agency:
        return std::make_unique<AgencyPage>(visit);
    case PageId::about:
        return std::make_unique<AboutPage>();
    case PageId::help:
        return std::make_unique<HelpPage>();
    case PageId::staff:
        return std::make_unique<StaffPage>();
    }
    return std::make_unique<HomePage>(visit);
}

} // namespace vakant
