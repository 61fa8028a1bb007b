#include "agency/api/services.h"

#include "agency/api/publish_forms.h"
#include "agency/api/publish_occupations.h"
#include "agency/devices/published_keys.h"
#include "agency/profile/profile_document.h"
#include "agency/skills/skill_tests.h"
#include "agency/store/epochs.h"
#include "agency/vacancies/occupation_documents.h"

namespace vakant {

namespace {

Result<SigningKey> content_key_of(Services& services, std::string_view agency) {
    VAKANT_TRY(secrets, services.keys.secrets(agency));
    if (!secrets->content)
        return not_found((services.data / "keys" / agency / "content.json").string() +
                         ": missing, forms, tests and the profile cannot be signed");
    return *secrets->content;
}

} // namespace

Result<std::unique_ptr<Services>> open_services(const Whereabouts& where, const Clock& clock,
                                                Random& random) {
    VAKANT_CHECK(start_crypto());
    DatabaseSettings settings;
    settings.file = where.data / "agency.db";
    settings.postgres = where.postgres;
    VAKANT_TRY(database, Database::open(settings));
    VAKANT_TRY(epoch, database->write_for<std::string>(
                          [&](Connection& connection) { return epoch_of(connection, random); }));
    VAKANT_CHECK(agree_on_published_keys(*database, where.data, clock.wall_ms()));
    return std::unique_ptr<Services>(new Services{std::move(database), KeyRing(where.data), clock, random,
                                                  std::move(epoch), where.data, where.assets});
}

Outcome publish_documents(Services& services, std::string_view agency) {
    VAKANT_TRY(key, content_key_of(services, agency));
    VAKANT_TRY(forms, signed_forms(services.assets, agency, key));
    VAKANT_TRY(tests, signed_skill_tests(services.assets, agency, key));
    const UtcMs now = services.clock.wall_ms();
    return services.database->write([&](Connection& connection) -> Outcome {
        VAKANT_CHECK(offer_forms(connection, agency, std::move(forms), key, now));
        VAKANT_CHECK(offer_documents(connection, agency, "skill", tests, now));
        VAKANT_CHECK(renew_occupations(connection, agency, key, now));
        return renew_profile(connection, agency, key, now);
    });
}

Result<CheckedForm> publish_form(Services& services, std::string_view agency, std::string_view text) {
    VAKANT_TRY(key, content_key_of(services, agency));
    VAKANT_TRY(form, signed_form(text, agency, key));
    VAKANT_TRY(shipped, signed_forms(services.assets, agency, key));
    const UtcMs now = services.clock.wall_ms();
    VAKANT_CHECK(services.database->write([&](Connection& connection) -> Outcome {
        VAKANT_CHECK(keep_own_form(connection, agency, form.document, now));
        return offer_forms(connection, agency, std::move(shipped), key, now);
    }));
    return form;
}

Outcome withdraw_form(Services& services, std::string_view agency, std::string_view id) {
    VAKANT_TRY(key, content_key_of(services, agency));
    VAKANT_TRY(shipped, signed_forms(services.assets, agency, key));
    const UtcMs now = services.clock.wall_ms();
    return services.database->write([&](Connection& connection) -> Outcome {
        VAKANT_CHECK(forget_own_form(connection, agency, id, now));
        return offer_forms(connection, agency, std::move(shipped), key, now);
    });
}

Outcome publish_profile(Services& services, std::string_view agency, std::string_view text) {
    VAKANT_TRY(key, content_key_of(services, agency));
    VAKANT_TRY(profile, signed_profile(text, agency, key));
    return services.database->write([&](Connection& connection) {
        return offer_profile(connection, agency, profile, services.clock.wall_ms());
    });
}

Outcome publish_occupations(Services& services, std::string_view agency, const OccupationTable& table) {
    VAKANT_TRY(key, content_key_of(services, agency));
    VAKANT_TRY(document, signed_occupations(table, agency, key));
    return services.database->write([&](Connection& connection) {
        return offer_occupations(connection, agency, document, services.clock.wall_ms());
    });
}

} // namespace vakant
