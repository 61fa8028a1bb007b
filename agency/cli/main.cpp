// vakant-agency: the agency's backend and its commands. Parses the command line and calls the command.
#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

#include "agency/cli/commands.h"

namespace {

using namespace vakant;

/// The system's time, moved to begin at a named moment: for tests and demonstrations.
class MovedClock final : public Clock {
public:
    explicit MovedClock(UtcMs starts_at) : moved_by_(starts_at - system_.wall_ms()) {}
    UtcMs wall_ms() const override { return system_.wall_ms() + moved_by_; }
    std::int64_t monotonic_ms() const override { return system_.monotonic_ms(); }

private:
    SystemClock system_;
    UtcMs moved_by_;
};

struct Parsed {
    GivenOptions given;
    bool json = false;
    std::string starts_at, agency, device, code, stick;
    ImportOptions import;
    ConfigOptions profile;
    SelectOptions select;
    OccupationOptions occupations;
    FormOptions forms;
    std::string places, fields;
    FetchOptions fetch;
    KeysInitOptions keys_init;
    KeysOptions keys;
    AuditOptions audit;
    BackupOptions backup;
    RestoreOptions restore;
    std::vector<std::string> hosts;
    std::function<Outcome(const Invocation&)> command;
};

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream text(list);
    for (std::string part; std::getline(text, part, ',');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

CLI::App* add_command(CLI::App& parent, Parsed& parsed, const std::string& name, const std::string& help,
                      std::function<Outcome(const Invocation&)> run) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->fallthrough();
    command->final_callback([&parsed, run = std::move(run)] { parsed.command = run; });
    return command;
}

void add_serve(CLI::App& app, Parsed& parsed) {
    CLI::App* serve =
        add_command(app, parsed, "serve", "Serve kiosks until SIGTERM; prints READY {json} when it does",
                    [](const Invocation& invocation) { return serve_command(invocation); });
    serve->add_option("--address", parsed.given.address,
                      "Address to listen on (127.0.0.1; :: is every address, of IPv4 too)");
    serve->add_option("--port", parsed.given.port, "Port to listen on (8443); 0 chooses one");
    serve->add_option("--certificate", parsed.given.certificate,
                      "PEM chain (DATA/tls/server.pem where that exists)");
    serve->add_option("--key", parsed.given.key, "PEM key of the certificate");
}

void add_vacancies(CLI::App& app, Parsed& parsed) {
    CLI::App* import = add_command(app, parsed, "import", "Take a file of vacancies into the store",
                                   [&](const Invocation& i) { return import_command(i, parsed.import); });
    import
        ->add_option("--format", parsed.import.format,
                     "jobtech (JobStream, JobSearch), nav (stilling-feed, ads), tmt (Työmarkkinatori), "
                     "jobposting (schema.org; also an HTML page), eures (HR-XML), own, csv (own, as a table)")
        ->required()
        ->check(CLI::IsMember({"jobtech", "nav", "tmt", "jobposting", "eures", "csv", "own"}));
    import->add_flag("--snapshot", parsed.import.snapshot,
                     "The file is everything that its source has: what is absent is taken away");
    import->add_option("--places", parsed.import.places, "Code list that names the municipalities of tmt");
    import->add_option("--agency", parsed.import.agency,
                       "Whose board shows them (where there are several agencies)");
    import->add_option("FILE", parsed.import.file, "The file, or - for standard input")->required();
    CLI::App* fetch = add_command(app, parsed, "fetch",
                                  "Fetch the feeds of the settings file on their schedule until SIGTERM",
                                  [&](const Invocation& i) { return fetch_command(i, parsed.fetch); });
    fetch->add_flag("--once", parsed.fetch.once, "Now, whatever the schedule says, and end");
    fetch->add_flag("--status", parsed.fetch.status, "Say how far each was read, and end");
    fetch->add_option("NAME", parsed.fetch.name, "Only the feed of this name");
    CLI::App* list = add_command(app, parsed, "vacancies", "List what is open now",
                                 [&](const Invocation& i) { return vacancies_command(i, parsed.agency); });
    list->add_option("--agency", parsed.agency, "Only this agency's");
}

void add_key_life(CLI::App& keys, Parsed& parsed) {
    const auto add = [&](const char* name, const char* help,
                         Outcome (*command)(const Invocation&, const KeysOptions&)) {
        CLI::App* made = add_command(keys, parsed, name, help, [&parsed, command](const Invocation& i) {
            return command(i, parsed.keys);
        });
        made->add_option("--agency", parsed.keys.agency, "Whose")->required();
        return made;
    };
    add("show", "Which keys kiosks follow, and which of them are here", keys_show_command);
    CLI::App* rotate =
        add("rotate", "Make newer keys and publish them; the former ones go on opening", keys_rotate_command);
    rotate->add_option("--keys", parsed.keys.uses, "Only these: opening,answer,content")->delimiter(',');
    CLI::App* retire = add("retire", "Put a former key away, once no kiosk needs it", keys_retire_command);
    retire->add_option("KEY", parsed.keys.key, "Its id, as `keys show` says it")->required();
    CLI::App* recover =
        add("recover", "An opening key was lost: let the recovery key open what waits", keys_recover_command);
    recover->add_option("--recovery", parsed.keys.recovery_file, "The recovery key's file")->required();
    recover->add_option("--key", parsed.keys.key, "Which one (where several processes have keys)");
    CLI::App* replace = add("replace-recovery", "Make another recovery key", keys_replace_recovery_command);
    CLI::App* renew =
        add("renew-root", "Make another root, signed by the present one", keys_renew_root_command);
    renew->add_option("--new-passphrase-file", parsed.keys.new_passphrase_file,
                      "File with the new root's passphrase (asked for where not given)");
    for (CLI::App* command : {replace, renew})
        command->add_option("--out", parsed.keys.out_folder, "Folder for the new file, to be kept offline")
            ->required();
    for (CLI::App* command : {rotate, retire, recover, replace, renew}) {
        CLI::Option* root = command->add_option("--root", parsed.keys.root_file, "The root's file");
        if (command != retire) root->required();
        command->add_option("--passphrase-file", parsed.keys.passphrase_file,
                            "File with its passphrase (asked for where not given)");
    }
}

void add_keys(CLI::App& app, Parsed& parsed) {
    CLI::App* keys = app.add_subcommand("keys", "Keys of an agency, certificates of the server");
    keys->fallthrough();
    CLI::App* init = add_command(*keys, parsed, "init", "Make every key of a new agency",
                                 [&](const Invocation& i) { return keys_init_command(i, parsed.keys_init); });
    init->add_option("--agency", parsed.keys_init.agency, "Its id: letters, digits and -")->required();
    init->add_option("--name", parsed.keys_init.name, "Its name as people see it")->required();
    init->add_option("--out", parsed.keys_init.out_folder,
                     "Folder for the root and recovery key files, to be kept offline")
        ->required();
    init->add_option("--passphrase-file", parsed.keys_init.passphrase_file,
                     "File with the root key's passphrase (asked for where not given)");
    CLI::App* tls =
        add_command(*keys, parsed, "tls", "Make an authority and a server certificate in DATA/tls",
                    [&](const Invocation& i) { return keys_tls_command(i, parsed.hosts); });
    tls->add_option("--host", parsed.hosts, "Further names or addresses beside localhost, 127.0.0.1 and ::1");
    add_key_life(*keys, parsed);
}

void add_devices(CLI::App& app, Parsed& parsed) {
    CLI::App* devices = app.add_subcommand("devices", "Enrolled kiosks");
    devices->fallthrough();
    add_command(*devices, parsed, "list", "List them",
                [](const Invocation& i) { return devices_list_command(i); });
    CLI::App* approve = add_command(
        *devices, parsed, "approve", "Enrol the kiosk that shows a code", [&](const Invocation& i) {
            return devices_approve_command(i, {parsed.code, parts_of(parsed.agency)});
        });
    approve->add_option("CODE", parsed.code, "As the kiosk shows it")->required();
    approve->add_option("--agency", parsed.agency, "Agencies that it serves: A,B")->required();
    CLI::App* select = add_command(*devices, parsed, "select", "Choose which vacancies a kiosk mirrors",
                                   [&](const Invocation& i) {
                                       SelectOptions options = parsed.select;
                                       options.places = parts_of(parsed.places);
                                       options.fields = parts_of(parsed.fields);
                                       return devices_select_command(i, options);
                                   });
    select->add_option("DEVICE", parsed.select.device, "Its id, or the letters its numbers begin with")
        ->required();
    select->add_option("--places", parsed.places, "Municipalities or regions, names or codes: A,B");
    select->add_option("--fields", parsed.fields,
                       "Occupation fields, or codes that occupations begin with: A,B");
    select->add_flag("--own-only", parsed.select.own_only, "Nothing but the agency's own orders");
    select->add_flag("--as-profile", parsed.select.as_profile, "What the agency's profile says, as before");
    CLI::App* revoke =
        add_command(*devices, parsed, "revoke", "Take nothing from a kiosk any more",
                    [&](const Invocation& i) { return devices_revoke_command(i, parsed.device); });
    revoke->add_option("DEVICE", parsed.device, "Its id")->required();
}

void add_config(CLI::App& app, Parsed& parsed) {
    CLI::App* config =
        app.add_subcommand("config", "What an agency tells about itself (assets/config/README.md)");
    config->fallthrough();
    const auto add = [&](const char* name, const char* help,
                         Outcome (*command)(const Invocation&, const ConfigOptions&)) {
        return add_command(*config, parsed, name, help,
                           [&parsed, command](const Invocation& i) { return command(i, parsed.profile); });
    };
    CLI::App* set = add("set", "Sign a profile and offer it to kiosks", config_set_command);
    CLI::App* show = add("show", "The profile that is offered", config_show_command);
    CLI::App* check = add("check", "Say what is wrong in a profile", config_check_command);
    for (CLI::App* command : {set, check})
        command->add_option("FILE", parsed.profile.file, "The file, or - for standard input")->required();
    for (CLI::App* command : {set, show})
        command->add_option("--agency", parsed.profile.agency, "Whose (where there are several agencies)");
}

void add_forms(CLI::App& app, Parsed& parsed) {
    CLI::App* forms = app.add_subcommand(
        "forms",
        "An agency's own registration forms, in the place of those that ship (assets/forms/README.md)");
    forms->fallthrough();
    const auto add = [&](const char* name, const char* help,
                         Outcome (*command)(const Invocation&, const FormOptions&)) {
        CLI::App* added = add_command(*forms, parsed, name, help, [&parsed, command](const Invocation& i) {
            return command(i, parsed.forms);
        });
        added->add_option("--agency", parsed.forms.agency, "Whose (where there are several agencies)");
        return added;
    };
    add("set", "Check a form, sign it and offer it to kiosks; one of the same id makes way",
        forms_set_command)
        ->add_option("FILE", parsed.forms.file, "The file, or - for standard input")
        ->required();
    add("list", "The forms that are offered", forms_list_command);
    for (CLI::App* command : {add("show", "One of them, as a file to begin from", forms_show_command),
                              add("remove", "Offer an own form no longer", forms_remove_command)})
        command->add_option("FORM", parsed.forms.id, "Its id as `list` says it")->required();
}

void add_occupations(CLI::App& app, Parsed& parsed) {
    CLI::App* occupations = app.add_subcommand(
        "occupations",
        "Tables by which kiosks know occupations, beside those that ship (assets/occupations)");
    occupations->fallthrough();
    const auto add = [&](const char* name, const char* help,
                         Outcome (*command)(const Invocation&, const OccupationOptions&)) {
        CLI::App* added =
            add_command(*occupations, parsed, name, help,
                        [&parsed, command](const Invocation& i) { return command(i, parsed.occupations); });
        added->add_option("--agency", parsed.occupations.agency, "Whose (where there are several agencies)");
        return added;
    };
    CLI::App* import = add("import",
                           "Read a file, sign it and offer it to kiosks; one of the same format and "
                           "language takes the place of its predecessor",
                           occupations_import_command);
    import
        ->add_option(
            "--format", parsed.occupations.format,
            "esco (JSON, or CSV in one language), ssyk (JSON: groups with related ISCO groups, names "
            "by id, codes by id), styrk, isco (CSV: a code and a title)")
        ->required()
        ->check(CLI::IsMember({"esco", "ssyk", "styrk", "isco"}));
    import
        ->add_option("--language", parsed.occupations.language,
                     "Of a CSV of esco or isco, which does not say it: fi, sv, nb, en, ru, uk, ar")
        ->check(CLI::IsMember({"fi", "sv", "nb", "en", "ru", "uk", "ar"}));
    import->add_option("FILE", parsed.occupations.file, "The file, or - for standard input")->required();
    add("list", "The tables that are offered", occupations_list_command);
    add("remove", "Offer a table no longer", occupations_remove_command)
        ->add_option("TABLE", parsed.occupations.id, "Its name as `list` says it")
        ->required();
}

void add_backups(CLI::App& app, Parsed& parsed) {
    CLI::App* backup =
        add_command(app, parsed, "backup", "Copy the store into a new file, beside a running serve",
                    [&](const Invocation& i) { return backup_command(i, parsed.backup); });
    backup->add_option("FILE", parsed.backup.file, "New file; its SHA-256 is written beside it");
    backup->add_flag("--position", parsed.backup.position,
                     "PostgreSQL: print how far the store is, before its own backup is made");
    backup->add_option("--noted", parsed.backup.noted,
                       "PostgreSQL: its own backup is made and safe; this was the position before it");
    CLI::App* restore =
        add_command(app, parsed, "restore", "Put a backup in the place of the store, while nobody serves",
                    [&](const Invocation& i) { return restore_command(i, parsed.restore); });
    restore->add_option("FILE", parsed.restore.file, "What `backup` wrote");
    restore->add_flag("--in-place", parsed.restore.in_place,
                      "PostgreSQL was put back by its own means: only begin a new epoch");
}

void add_stick(CLI::App& app, Parsed& parsed) {
    CLI::App* import =
        add_command(app, parsed, "import-envelopes",
                    "Store what a kiosk wrote on a memory stick, and write the answers on it",
                    [&](const Invocation& i) { return import_envelopes_command(i, parsed.stick); });
    import->add_option("DIR", parsed.stick, "Where the stick is mounted")->required();
}

void add_audit(CLI::App& app, Parsed& parsed) {
    CLI::App* audit = add_command(app, parsed, "audit", "What was done by whom (docs/audit-events.md)",
                                  [&](const Invocation& i) { return audit_command(i, parsed.audit); });
    audit->add_option("--agency", parsed.audit.agency, "Only what concerns this agency");
    audit->add_flag("--verify", parsed.audit.verify, "Check that no row was changed or taken out");
}

void add_all(CLI::App& app, Parsed& parsed) {
    app.add_option("--data", parsed.given.data, "Data directory (/var/lib/vakant-agency)");
    app.add_option("--config", parsed.given.config, "Settings file (/etc/vakant/agency.toml)");
    app.add_option("--assets", parsed.given.assets, "Assets (/usr/share/vakant, else the source tree's)");
    app.add_option("--starts-at", parsed.starts_at,
                   "Moment at which the clock begins, ISO 8601: for tests and demonstrations");
    app.add_flag("--json", parsed.json, "Answer as JSON");
    add_serve(app, parsed);
    add_vacancies(app, parsed);
    add_keys(app, parsed);
    add_devices(app, parsed);
    add_config(app, parsed);
    add_forms(app, parsed);
    add_occupations(app, parsed);
    add_backups(app, parsed);
    add_audit(app, parsed);
    add_stick(app, parsed);
    CLI::App* candidates =
        add_command(app, parsed, "candidates", "Opened registrations and results",
                    [&](const Invocation& i) { return candidates_command(i, parsed.agency); });
    candidates->add_option("--agency", parsed.agency, "Only this agency's");
    CLI::App* reports = add_command(app, parsed, "reports", "What people say is wrong with advertisements",
                                    [&](const Invocation& i) { return reports_command(i, parsed.agency); });
    reports->add_option("--agency", parsed.agency, "Only this agency's");
    add_command(app, parsed, "agencies", "Agencies of this installation",
                [](const Invocation& i) { return agencies_command(i); });
}

int report(const Error& error, bool json) {
    std::cerr << "vakant-agency: " << error.detail << std::endl;
    if (json)
        std::cout << Json::object({{"error", name_of(error.kind)}, {"detail", error.detail}}).to_text()
                  << std::endl;
    return error.kind == ErrorKind::invalid_input ? 2 : 1;
}

Result<std::unique_ptr<Clock>> clock_for(const std::string& starts_at) {
    if (starts_at.empty()) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
    const auto time = parse_iso8601(starts_at);
    if (!time.ok()) return invalid_input("--starts-at " + starts_at + ": " + time.error().detail);
    return std::unique_ptr<Clock>(std::make_unique<MovedClock>(*time));
}

Outcome run(const Parsed& parsed) {
    VAKANT_TRY(settings, read_settings(parsed.given, std::filesystem::read_symlink("/proc/self/exe")));
    VAKANT_TRY(clock, clock_for(parsed.starts_at));
    SystemRandom random;
    return parsed.command(Invocation{std::move(settings), parsed.json, *clock, random, std::cin, std::cout});
}

} // namespace

int main(int count, char** texts) {
    Parsed parsed;
    CLI::App app("The agency's backend: serves kiosks, takes vacancies in, keeps what kiosks deliver",
                 "vakant-agency");
    add_all(app, parsed);
    try {
        app.parse(count, texts);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    if (!parsed.command) {
        std::cerr << "vakant-agency: a command is missing\n\n" << app.help();
        return 2;
    }
    try {
        const Outcome outcome = run(parsed);
        return outcome.ok() ? 0 : report(outcome.error(), parsed.json);
    } catch (const std::exception& problem) {
        return report(internal_error(problem.what()), parsed.json);
    }
}
