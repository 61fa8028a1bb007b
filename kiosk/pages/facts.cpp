#include "kiosk/pages/event.h"

namespace vakant {

std::string KioskFacts::name_of_agency(std::string_view id) const {
    for (const AgencyFact& agency : agencies) {
        if (agency.id == id) return agency.name;
    }
    return {};
}

const FormFact* KioskFacts::form_of(std::string_view agency) const {
    const FormFact* shipped = nullptr;
    for (const FormFact& fact : forms) {
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
