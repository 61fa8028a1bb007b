#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <fstream>

#include "kiosk/print/printer.h"
#include "kiosk/print/slip.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

using Look = SlipBlock::Look;

std::unique_ptr<TextEngine> engine() {
    auto opened = TextEngine::open(FontFiles::installed());
    REQUIRE(opened.ok());
    return std::move(opened).value();
}

Slip slip(std::string language, std::string title, std::string body) {
    Slip slip;
    slip.language = std::move(language);
    slip.blocks = {{Look::title, std::move(title)},
                   {Look::number, "KTR-0427-M"},
                   {Look::rule, ""},
                   {Look::strong, "1"},
                   {Look::body, std::move(body)},
                   {Look::code, ""}};
    auto code = qr_modules("vakant:KTR-0427-M:00112233445566778899aabbccddeeff");
    REQUIRE(code.ok());
    slip.code = std::move(*code);
    return slip;
}

std::string said_by(const std::string& command) {
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
    REQUIRE(pipe != nullptr);
    std::string out;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
        out.append(buffer.data(), count);
    return out;
}

bool has_tool(const std::string& name) {
    const bool there = !said_by("command -v " + name + " 2>/dev/null").empty();
    if (!there) WARN(name << " is not installed: skipped");
    return there;
}

struct Printed {
    ScratchFolder folder;
    std::string file = (folder / "slip.pdf").string();
    explicit Printed(const Slip& slip, Paper paper = Paper::receipt_80mm) {
        const auto text = engine();
        const auto pdf = slip_pdf(slip, paper, *text);
        if (!pdf.ok()) FAIL(pdf.error().detail);
        std::ofstream(file, std::ios::binary) << as_text(*pdf);
    }
    /// As a reader of the file finds it, without the marks that pdftotext puts around right-to-left lines.
    std::string text() const { return said_by("pdftotext " + file + " - | sed 's/\xE2\x80[\xAA-\xAE]//g'"); }
    std::string facts() const { return said_by("pdfinfo " + file); }
    /// Grey pixels of the first page, with width and height.
    struct Picture {
        int width = 0, height = 0;
        std::string grey;
    };
    Picture picture() const {
        const std::string pgm = said_by("pdftoppm -r 100 -gray -singlefile " + file);
        Picture out;
        int used = 0;
        REQUIRE(std::sscanf(pgm.c_str(), "P5 %d %d 255%n", &out.width, &out.height, &used) == 2);
        out.grey = pgm.substr(static_cast<std::size_t>(used) + 1);
        REQUIRE(out.grey.size() == static_cast<std::size_t>(out.width * out.height));
        return out;
    }
};

/// The columns of the picture with ink in the topmost line.
std::pair<int, int> first_ink(const Printed::Picture& picture, int rows) {
    int left = picture.width, right = -1;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if (static_cast<unsigned char>(picture.grey[static_cast<std::size_t>(y * picture.width + x)]) >
                128)
                continue;
            left = std::min(left, x);
            right = std::max(right, x);
        }
    }
    return {left, right};
}

/// A command that does what `script` says.
std::string command(const ScratchFolder& folder, const std::string& name, const std::string& script) {
    const std::string path = (folder / name).string();
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

} // namespace

TEST_CASE("the words of a slip can be read from the file, in every script") {
    if (!has_tool("pdftotext")) return;
    const std::pair<std::string, std::string> cases[] = {
        {"fi", "Ilmoittautumisesi on tallessa"},
        {"uk", "Вашу реєстрацію збережено"},
        {"ar", "تم حفظ تسجيلك"},
        {"sv", "Din anmälan är sparad"},
    };
    for (const auto& [language, words] : cases) {
        const Printed printed(slip(language, words, words));
        const std::string text = printed.text();
        INFO(language << ": " << text);
        CHECK(text.find(words) != std::string::npos);
        CHECK(text.find("KTR-0427-M") != std::string::npos);
    }
}

TEST_CASE("a receipt is 80 mm wide and as long as it needs to be; A4 goes on to a next page") {
    if (!has_tool("pdfinfo")) return;
    const std::string word = "Sana ";
    std::string much;
    for (int i = 0; i < 1500; ++i)
        much += word;
    const std::string short_facts = Printed(slip("fi", "Kiitos", "Lyhyt")).facts();
    const std::string long_facts = Printed(slip("fi", "Kiitos", much)).facts();
    CHECK(short_facts.find("226.7") != std::string::npos);
    CHECK(short_facts.find("Pages:           1") != std::string::npos);
    CHECK(long_facts.find("Pages:           1") != std::string::npos);
    const std::string a4 = Printed(slip("fi", "Kiitos", much), Paper::a4).facts();
    CHECK(a4.find("(A4)") != std::string::npos);
    CHECK(a4.find("Pages:           1\n") == std::string::npos);
}

TEST_CASE("a line stands at the side where its language begins") {
    if (!has_tool("pdftoppm")) return;
    const auto finnish = Printed(slip("fi", "Kiitos", "x")).picture();
    const auto arabic = Printed(slip("ar", "شكرا", "x")).picture();
    const auto [from_left, unused] = first_ink(finnish, 45);
    const auto [unused_too, to_right] = first_ink(arabic, 45);
    CHECK(from_left < finnish.width / 8);
    CHECK(to_right > arabic.width * 7 / 8);
}

TEST_CASE("nothing of a long number is cut off") {
    if (!has_tool("pdftoppm")) return;
    Slip wide = slip("fi", "x", "x");
    wide.blocks = {{Look::number, "KTR-04270000000-M"}};
    const auto picture = Printed(wide).picture();
    const auto [left, right] = first_ink(picture, picture.height);
    CHECK(left > picture.width / 32);
    CHECK(right < picture.width * 31 / 32);
}

TEST_CASE("a slip whose code is not square is refused") {
    Slip broken = slip("fi", "x", "x");
    broken.code.dark.pop_back();
    const auto text = engine();
    const auto pdf = slip_pdf(broken, Paper::a4, *text);
    REQUIRE_FALSE(pdf.ok());
    CHECK(pdf.error().kind == ErrorKind::invalid_input);
}

TEST_CASE("the queue gets the very bytes of the slip") {
    const ScratchFolder folder;
    PrinterSettings printer;
    printer.queue = "desk";
    printer.state_command = command(folder, "lpstat", "echo 'printer desk is idle.  enabled since today'");
    printer.print_command =
        command(folder, "lp",
                "echo \"$@\" > " + (folder / "words").string() + "; cat > " + (folder / "got").string());
    const Bytes pdf = to_bytes(std::string(300'000, 'P'));
    const Outcome printed = print_pdf(printer, pdf);
    if (!printed.ok()) FAIL(printed.error().detail);
    CHECK(read_file(folder / "got").value_or("") == as_text(pdf));
    CHECK(read_file(folder / "words").value_or("") == "-s -d desk -t slip -\n");
}

TEST_CASE("a printer that fails is told, whatever way it fails") {
    const ScratchFolder folder;
    PrinterSettings printer;
    printer.queue = "desk";
    printer.seconds = 1;
    const std::string idle = command(folder, "idle", "echo 'printer desk is idle.  enabled since today'");
    printer.state_command = idle;
    const Bytes pdf = to_bytes(std::string(300'000, 'P'));
    SECTION("no such queue") {
        printer.state_command = command(folder, "lpstat", "exit 1");
        printer.print_command = command(folder, "lp", "cat > /dev/null");
    }
    SECTION("a queue that is stopped") {
        printer.state_command = command(folder, "lpstat", "echo 'printer desk disabled since today -'");
        printer.print_command = command(folder, "lp", "cat > /dev/null");
    }
    SECTION("a job that is not taken") {
        printer.print_command = command(folder, "lp", "exit 1");
    }
    SECTION("no answer") {
        printer.print_command = command(folder, "lp", "exec sleep 60");
    }
    SECTION("no such command") {
        printer.print_command = (folder / "nothing").string();
    }
    SECTION("none is set") {
        printer.queue = "";
    }
    const Outcome printed = print_pdf(printer, pdf);
    REQUIRE_FALSE(printed.ok());
    CHECK(printed.error().kind == ErrorKind::unavailable);
}
