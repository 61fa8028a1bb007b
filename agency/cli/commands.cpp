#include "agency/cli/commands.h"

#include <filesystem>
#include <fstream>
#include <istream>
#include <ostream>

#include "core/base/bytes.h"
#include "core/profile/agency_profile.h"

namespace vakant {

namespace {

/// The answer as JSON, or a line for each row with the named members.
void print_rows(const Invocation& invocation, const Json& rows, std::initializer_list<const char*> members) {
    if (invocation.json) {
        invocation.out << rows.to_text() << "\n";
        return;
    }
    for (const Json& row : rows.items()) {
        std::string line;
        for (const char* member : members) {
            const Json& value = row[member];
            line += (line.empty() ? "" : "  ") +
                    (value.is_string() ? std::string(value.text()) : value.to_text());
        }
        invocation.out << line << "\n";
    }
}

Json vacancy_line(const Json& vacancy) {
    const Json& place = vacancy["places"][0];
    std::string_view where;
    for (const char* member : {"city", "municipality", "region", "raw"}) // as Place::shown()
        if (where.empty()) where = place[member].text();
    return Json::object({{"id", vacancy["id"]},
                         {"agency", vacancy["agency"]},
                         {"source", vacancy["source"]},
                         {"title", vacancy["texts"][0]["title"]},
                         {"place", where}});
}

} // namespace

Result<std::string> read_input(const Invocation& invocation, const std::string& file) {
    if (file != "-") return read_file(file);
    return std::string(std::istreambuf_iterator<char>(invocation.in), {});
}

Result<SpooledText> spool_input(const Invocation& invocation, const std::string& file) {
    VAKANT_TRY(spool, SpooledText::make(std::filesystem::temp_directory_path()));
    std::ifstream opened;
    if (file != "-") opened.open(file, std::ios::binary);
    if (file != "-" && (!opened || std::filesystem::is_directory(file)))
        return invalid_input(file + ": cannot be read");
    std::istream& in = file == "-" ? invocation.in : opened;
    std::vector<char> piece(std::size_t{1} << 20);
    while (in.good()) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        VAKANT_CHECK(spool.append({piece.data(), static_cast<std::size_t>(in.gcount())}));
    }
    if (in.bad()) return invalid_input(file + ": cannot be read to its end");
    return spool;
}

Outcome import_command(const Invocation& invocation, const ImportOptions& options) {
    VAKANT_TRY(text, spool_input(invocation, options.file));
    Json arguments = Json::object(
        {{"agency", options.agency}, {"format", options.format}, {"snapshot", options.snapshot}});
    if (!options.places.empty()) {
        auto places = read_file(options.places);
        if (!places.ok()) return invalid_input(places.error().detail);
        arguments.set("places", std::move(*places));
    }
    VAKANT_TRY(answer, run_action(invocation, "import", arguments, &text));
    invocation.out << answer["report"].to_text() << "\n";
    if (answer.contains("ended_early"))
        return refused(options.file + ": " + std::string(answer["ended_early"]["detail"].text()));
    if (answer.contains("not_compared"))
        return refused(options.file + ": imported, but nothing absent was taken away: " +
                       std::string(answer["not_compared"].text()));
    return done();
}

Outcome vacancies_command(const Invocation& invocation, const std::string& agency) {
    VAKANT_TRY(list, run_action(invocation, "vacancies", Json::object({{"agency", agency}})));
    if (invocation.json) {
        invocation.out << list.to_text() << "\n";
        return done();
    }
    Json lines = Json::array();
    for (const Json& vacancy : list.items())
        lines.push(vacancy_line(vacancy));
    print_rows(invocation, lines, {"id", "agency", "source", "title", "place"});
    return done();
}

Outcome agencies_command(const Invocation& invocation) {
    VAKANT_TRY(list, run_action(invocation, "agencies", Json::object()));
    print_rows(invocation, list, {"agency", "name", "key_set_version"});
    return done();
}

Outcome candidates_command(const Invocation& invocation, const std::string& agency) {
    VAKANT_TRY(list, run_action(invocation, "candidates", Json::object({{"agency", agency}})));
    if (invocation.json) {
        invocation.out << list.to_text() << "\n";
        return done();
    }
    for (const Json& candidate : list.items())
        invocation.out << candidate["reference"].text() << "  " << candidate["agency"].text() << "  "
                       << candidate["received_at"].text() << "  " << candidate["registrations"].size()
                       << " registrations  " << candidate["results"].size() << " results\n";
    return done();
}

Outcome reports_command(const Invocation& invocation, const std::string& agency) {
    VAKANT_TRY(list, run_action(invocation, "reports", Json::object({{"agency", agency}})));
    print_rows(invocation, list, {"received_at", "agency", "vacancy", "reason", "title"});
    return done();
}

Outcome audit_command(const Invocation& invocation, const AuditOptions& options) {
    VAKANT_TRY(answer, run_action(invocation, "audit",
                                  Json::object({{"agency", options.agency}, {"verify", options.verify}})));
    if (!options.verify) {
        print_rows(invocation, answer, {"number", "at", "actor", "event", "subject", "agency"});
        return done();
    }
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json)
        invocation.out << "the chain is whole: " << answer["rows"].to_text() << " rows, "
                       << answer["before_chain"].to_text() << " from before it began, head "
                       << answer["head"].text() << "\n";
    return done();
}

Outcome devices_list_command(const Invocation& invocation) {
    VAKANT_TRY(list, run_action(invocation, "devices", Json::object()));
    print_rows(invocation, list,
               {"device", "prefix", "agencies", "enrolled_at", "revoked_at", "last_heard_at", "alarms"});
    return done();
}

Outcome devices_approve_command(const Invocation& invocation, const ApproveOptions& options) {
    Json agencies = Json::array();
    for (const std::string& agency : options.agencies)
        agencies.push(agency);
    VAKANT_TRY(start, run_action(invocation, "device_begin_approval",
                                 Json::object({{"code", options.code}, {"agencies", std::move(agencies)}})));
    if (invocation.json) {
        invocation.out << start.to_text() << std::endl;
    } else {
        for (const Json& word : start["words"].items())
            invocation.out << word.text() << "\n";
        invocation.out << "Does the kiosk show the same six words? Type yes or no: " << std::flush;
    }
    std::string answer;
    if (!std::getline(invocation.in, answer)) return refused("no answer was given: nothing is approved");
    const bool same = answer == "yes";
    VAKANT_TRY(finish,
               run_action(invocation, "device_finish_approval",
                          Json::object({{"code", options.code}, {"words", start["words"]}, {"same", same}})));
    (void)finish;
    if (!same) return refused("the words were not confirmed: the code is dead");
    const Json approved =
        Json::object({{"approved", true}, {"device", start["device"]}, {"agencies", start["agencies"]}});
    if (invocation.json) invocation.out << approved.to_text() << "\n";
    if (!invocation.json) invocation.out << "approved " << start["device"].text() << "\n";
    return done();
}

Outcome devices_select_command(const Invocation& invocation, const SelectOptions& options) {
    const bool nothing_said = options.places.empty() && options.fields.empty() && !options.own_only;
    if (options.as_profile != nothing_said)
        return invalid_input("say --places, --fields or --own-only, or --as-profile alone");
    const VacancySelection selection{options.places, options.fields, options.own_only};
    VAKANT_TRY(answer,
               run_action(invocation, "device_select",
                          Json::object({{"device", options.device},
                                        {"selection", options.as_profile ? Json() : to_json(selection)}})));
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json)
        invocation.out << answer["device"].text() << " now mirrors "
                       << (options.as_profile ? "what its agencies' profiles say"
                                              : answer["selection"].to_text())
                       << "; it loads its board again when it asks next\n";
    return done();
}

Outcome devices_revoke_command(const Invocation& invocation, const std::string& device) {
    VAKANT_TRY(answer, run_action(invocation, "device_revoke", Json::object({{"device", device}})));
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json) invocation.out << "revoked " << device << "\n";
    return done();
}

} // namespace vakant
