// The commands of vakant-agency, as values: what main.cpp parses and what each command does. Answers go to
// `out`, problems to `problems`; exit codes 0 done, 1 refused, 2 wrong use.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "agency/cli/settings.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/spooled_text.h"
#include "core/json/json.h"

namespace vakant {

/// What every command works with.
struct Invocation {
    Settings settings;
    bool json = false;
    const Clock& clock;
    Random& random;
    std::istream& in;
    std::ostream& out;
};

struct ImportOptions {
    std::string format, agency, file;
    bool snapshot = false;
    std::string places; ///< file of a code list of places
};
struct ConfigOptions {
    std::string agency, file;
};
struct OccupationOptions {
    std::string agency, format, file;
    std::string language; ///< of a CSV that does not say it
    std::string id;       ///< of a table
};
struct FormOptions {
    std::string agency, file;
    std::string id; ///< of a form
};
struct SelectOptions {
    std::string device;
    std::vector<std::string> places, fields;
    bool own_only = false, as_profile = false;
};
struct FetchOptions {
    std::string name; ///< "" all
    bool once = false, status = false;
};
struct KeysInitOptions {
    std::string agency, name;
    std::filesystem::path passphrase_file, out_folder;
};
struct KeysOptions {
    std::string agency;
    std::filesystem::path root_file, passphrase_file, new_passphrase_file, recovery_file, out_folder;
    KeyId key;
    std::vector<std::string> uses; ///< "opening", "answer", "content"; none: all
};
struct AuditOptions {
    std::string agency;
    bool verify = false;
};
struct BackupOptions {
    std::string file;
    bool position = false;
    std::string noted; ///< a position
};
struct RestoreOptions {
    std::string file;
    bool in_place = false;
};
struct ApproveOptions {
    std::string code;
    std::vector<std::string> agencies;
};

Outcome import_command(const Invocation& invocation, const ImportOptions& options);
Outcome config_set_command(const Invocation& invocation, const ConfigOptions& options);
Outcome config_show_command(const Invocation& invocation, const ConfigOptions& options);
/// Without a store: what is wrong in the file, or nothing.
Outcome config_check_command(const Invocation& invocation, const ConfigOptions& options);
/// invalid_input where the file is another kind or wrong: what it seems to be, or the row and column.
Outcome occupations_import_command(const Invocation& invocation, const OccupationOptions& options);
Outcome occupations_list_command(const Invocation& invocation, const OccupationOptions& options);
Outcome occupations_remove_command(const Invocation& invocation, const OccupationOptions& options);
/// invalid_input: what `vakant form check` says of the file.
Outcome forms_set_command(const Invocation& invocation, const FormOptions& options);
/// Those that are offered: the agency's own and those that ship.
Outcome forms_list_command(const Invocation& invocation, const FormOptions& options);
Outcome forms_show_command(const Invocation& invocation, const FormOptions& options);
/// Offers the one that ships under that id again, if there is one.
Outcome forms_remove_command(const Invocation& invocation, const FormOptions& options);
/// Once, or on the schedule of the settings until SIGTERM or SIGINT. Refused where a feed failed.
Outcome fetch_command(const Invocation& invocation, const FetchOptions& options);
Outcome vacancies_command(const Invocation& invocation, const std::string& agency);
Outcome agencies_command(const Invocation& invocation);
Outcome reports_command(const Invocation& invocation, const std::string& agency);
Outcome candidates_command(const Invocation& invocation, const std::string& agency);
Outcome keys_init_command(const Invocation& invocation, const KeysInitOptions& options);
/// Which keys the published key set names, and which of them are here.
Outcome keys_show_command(const Invocation& invocation, const KeysOptions& options);
/// Newer keys; the former ones go on opening and verifying. refused: not the root that kiosks follow.
Outcome keys_rotate_command(const Invocation& invocation, const KeysOptions& options);
/// Puts a key's file away. refused: it is in use, or a kiosk may hold what only it opens.
Outcome keys_retire_command(const Invocation& invocation, const KeysOptions& options);
/// After an opening key was lost: the recovery key opens what waits, a new opening key what comes.
Outcome keys_recover_command(const Invocation& invocation, const KeysOptions& options);
Outcome keys_replace_recovery_command(const Invocation& invocation, const KeysOptions& options);
/// A new root, which kiosks follow by the former one's signature.
Outcome keys_renew_root_command(const Invocation& invocation, const KeysOptions& options);
Outcome keys_tls_command(const Invocation& invocation, const std::vector<std::string>& hosts);
Outcome devices_list_command(const Invocation& invocation);
Outcome devices_approve_command(const Invocation& invocation, const ApproveOptions& options);
Outcome devices_select_command(const Invocation& invocation, const SelectOptions& options);
Outcome devices_revoke_command(const Invocation& invocation, const std::string& device);
/// Stores what a kiosk wrote on a stick and writes the signed answers beside it; the kiosk reads them. Any
/// number of times. refused: something on the stick was not taken; everything else was.
Outcome import_envelopes_command(const Invocation& invocation, const std::string& stick);
/// What was done by whom, oldest first; or whether the chain of it is whole (damaged: it is not).
Outcome audit_command(const Invocation& invocation, const AuditOptions& options);
/// Beside a running `serve` or without one. conflict: the file is there already.
Outcome backup_command(const Invocation& invocation, const BackupOptions& options);
/// refused: somebody works with the data directory.
Outcome restore_command(const Invocation& invocation, const RestoreOptions& options);
/// Until SIGTERM or SIGINT.
Outcome serve_command(const Invocation& invocation);

/// A named file, or what comes in where it is "-".
Result<std::string> read_input(const Invocation& invocation, const std::string& file);
/// A copy on the disk, whatever it is read from: of any size, and nobody else can change it.
Result<SpooledText> spool_input(const Invocation& invocation, const std::string& file);
/// One action in a running `serve`, or on the store opened here where none runs.
Result<Json> run_action(const Invocation& invocation, std::string_view action, const Json& arguments,
                        SpooledText* attached = nullptr);

} // namespace vakant
