#include "kiosk/app/cache_ports.h"

namespace vakant {

void add_cache_ports(SyncPorts& ports, const CacheDoor& door) {
    ports.apply_vacancies = [door](std::string_view agency, const VacancyPage& page) {
        return door.change(false, [&](CacheWriter& it) { return it.apply(agency, page); });
    };
    ports.start_over = [door](std::string_view agency) {
        return door.change(false, [&](CacheWriter& it) { return it.start_over(agency); });
    };
    ports.cursor = door.cursor;
    ports.put_document = [door](const CachedDocument& document) {
        return door.change(true, [&](CacheWriter& it) { return it.put_document(document); });
    };
    ports.keep_only_documents = [door](std::string_view agency, std::string_view kind,
                                       const std::vector<std::string>& ids) {
        return door.change(true, [&](CacheWriter& it) { return it.keep_only_documents(agency, kind, ids); });
    };
    ports.rebuild_cache = [door] { return door.change(true, [](CacheWriter& it) { return it.rebuild(); }); };
    ports.note_heard = [door](std::string_view agency, UtcMs at) {
        return door.change(false, [&](CacheWriter& it) { return it.note_heard(agency, at); });
    };
}

} // namespace vakant
