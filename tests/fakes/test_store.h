// Where a test keeps its store: an SQLite file in its folder or, where VAKANT_TEST_POSTGRES names a server
// (see tests/agency/with_postgres.py), a schema of its own there. The same folder is the same store.
#pragma once

#include <libpq-fe.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "core/base/bytes.h"

namespace vakant {

/// "": SQLite. Makes the schema where there is none.
inline std::string postgres_for(const std::filesystem::path& folder) {
    const char* server = std::getenv("VAKANT_TEST_POSTGRES");
    if (server == nullptr) return "";
    const std::string schema = "s" + to_hex(as_bytes(folder.filename().string()));
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server), PQfinish);
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr); // "exists already"
    const std::string sql = "CREATE SCHEMA IF NOT EXISTS " + schema;
    const std::unique_ptr<PGresult, decltype(&PQclear)> made(PQexec(connection.get(), sql.c_str()), PQclear);
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
        throw std::runtime_error(std::string("no schema: ") + PQerrorMessage(connection.get()));
    return std::string(server) + " options='-c search_path=" + schema + "'";
}

} // namespace vakant
