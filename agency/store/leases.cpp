#include "agency/store/leases.h"

namespace vakant {

Result<bool> take_lease(Connection& connection, std::string_view agency, std::string_view name,
                        std::string_view holder, UtcMs now, UtcMs until) {
    VAKANT_TRY(changed,
               connection.run("INSERT INTO leases (agency_id, name, holder, expires_at) VALUES (?, ?, ?, ?) "
                              "ON CONFLICT (agency_id, name) DO UPDATE SET holder = excluded.holder, "
                              "expires_at = excluded.expires_at "
                              "WHERE leases.holder = excluded.holder OR leases.expires_at <= ?",
                              {std::string(agency), std::string(name), std::string(holder), until, now}));
    return changed == 1;
}

Outcome end_lease(Connection& connection, std::string_view agency, std::string_view name,
                  std::string_view holder) {
    VAKANT_TRY(changed, connection.run("DELETE FROM leases WHERE agency_id = ? AND name = ? AND holder = ?",
                                       {std::string(agency), std::string(name), std::string(holder)}));
    (void)changed;
    return done();
}

} // namespace vakant
