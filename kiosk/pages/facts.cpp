#include "kiosk/pages/event.h"

namespace vakant {

std::string KioskFacts::name_of_agency(std::string_view id) const {
    for (const AgencyFact& agency : agencies) {
        if (agency.id == id) return agency.name;
    }
    return {};
}

const FormFact* KioskFacts::form_of(std::string_view agency, std::string_view use) const {
    const FormFact* shipped = nullptr;
    for (const FormFact& fact : forms) {
        if (!fact.form->is_offered_for(use)) continue;
        if (fact.agency == agency) return &fact;
        if (fact.agency.empty() && !shipped) shipped = &fact;
    }
    if (!shipped && use != "registration") return form_of(agency);
    return shipped;
}

const FormFact* KioskFacts::form_named(std::string_view agency, std::string_view id) const {
    const FormFact* shipped = nullptr;
    for (const FormFact& fact : forms) {
        if (fact.form->id != id) continue;
        if (fact.agency == agency) return &fact;
        if (fact.agency.empty()) shipped = &fact;
    }
    return shipped;
}

const AgencyProfile* KioskFacts::profile_of(std::string_view agency) const {
    for (const ProfileFact& fact : profiles) {
        if (fact.agency == agency) return fact.profile.get();
    }
    return nullptr;
}

} // namespace vakant
