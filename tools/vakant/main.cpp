#include <iostream>
#include <iterator>

#include "core/base/bytes.h"
#include "core/crypto/crypto.h"
#include "tools/vakant/commands.h"

namespace vakant::tool {

Ending complain(Ending ending, const std::string& what) {
    std::cerr << "vakant: " << what << '\n';
    return ending;
}

Result<std::string> read_argument_file(const std::string& path) {
    if (path != "-") return read_file(path);
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

} // namespace vakant::tool

int main(int argc, char** argv) {
    using namespace vakant::tool;
    const auto started = vakant::start_crypto();
    if (!started.ok()) return static_cast<int>(complain(Ending::refused, started.error().detail));

    CLI::App app{"Vakant for authors and auditors: checks forms and texts and recomputes results."};
    app.name("vakant");
    app.footer("Exit codes: 0 done, 1 refused, 2 wrong use.");
    app.require_subcommand(1);
    Ending ending = Ending::done;
    add_skills_commands(app, ending);
    add_form_commands(app, ending);
    add_strings_commands(app, ending);
    add_logic_command(app, ending);
    add_brand_commands(app, ending);
    add_audit_commands(app, ending);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        std::string what = error.what();
        for (const std::string& word : app.remaining(true)) {
            if (what.find(word) == what.npos) what += "; not understood: " + word;
        }
        complain(Ending::wrong_use, what);
        std::cerr << "Run with --help for what is possible.\n";
        return static_cast<int>(Ending::wrong_use);
    }
    return static_cast<int>(ending);
}
