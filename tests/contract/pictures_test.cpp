#include "tests/contract/pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "tests/fakes/stage_picture.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path kept = source_dir() + "/tests/contract/pictures";

/// The looks that pictures are kept of: every state in the first, the most telling ones in the others.
struct KeptLook {
    Look look;
    std::set<std::string> states; ///< none: all
};
std::vector<KeptLook> kept_looks() {
    // A picture weighs about 60 KB: few, but of every theme, both directions, the largest text and reach
    // mode.
    const std::set<std::string> telling = {"attract", "home", "vacancies.list",
                                           "registration.form-with-keyboard"};
    return {{{}, {}},
            {{"ar", 1, Theme::light, 1920, 1080, 0.248f}, telling},
            {{"ar", 1.75f, Theme::high_contrast, 1920, 1080, 0.248f}, telling},
            {{"fi", 1.75f, Theme::high_contrast, 1080, 1920, 0.3113f}, telling},
            {{"uk", 1.33f, Theme::dark, 1080, 1920, 0.3113f, true}, telling}};
}

Pixels picture_of(KioskStage& stage) {
    const App::Frame frame = stage.draw();
    return StagePicture(*frame.draw).rgba();
}

Pixels read_picture(const std::filesystem::path& file) {
    const auto bytes = read_file(file);
    if (!bytes.ok()) return {};
    const auto pixels = read_png(as_bytes(*bytes));
    return pixels.ok() ? *pixels : Pixels{};
}
void write_picture(const std::filesystem::path& file, const Pixels& pixels) {
    std::filesystem::create_directories(file.parent_path());
    const Bytes png = write_png(pixels);
    REQUIRE(write_file_durably(file, as_text(png)).ok());
}

std::vector<std::string> parts(const char* list, const std::string& other) {
    std::vector<std::string> out;
    std::string rest = list != nullptr && *list != 0 ? list : other;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        out.push_back(rest.substr(0, end));
        rest.erase(0, end + 1);
    }
    return out;
}

/// What differs from the kept pictures, old and new beside each other, for whoever decides whether it is
/// right.
struct ChangeReport {
    std::filesystem::path folder = std::filesystem::path(bin_dir()).parent_path() / "pictures";
    std::string rows;
    std::size_t compared = 0, changed = 0;
    bool updates = false;

    void add(const std::string& name, const Pixels& before, const Pixels& after, const std::string& what) {
        ++changed;
        write_picture(folder / name / "after.png", after);
        if (before.width > 0) write_picture(folder / name / "before.png", before);
        write_picture(folder / name / "difference.png", marked_difference(before, after));
        rows += "<h2>" + name + ": " + what + "</h2><p>";
        for (const char* side : {"before", "after", "difference"})
            rows += "<img width=\"480\" alt=\"" + std::string(side) + "\" src=\"" + name + "/" + side +
                    ".png\"> ";
        rows += "</p>\n";
    }
    void compare(const std::string& name, const Pixels& now) {
        ++compared;
        const Pixels before = read_picture(kept / (name + ".png"));
        const PictureDifference found = difference(before, now);
        if (!found.any()) return;
        const std::string what = before.width == 0 ? "is new"
                                 : found.other_size
                                     ? "has another size"
                                     : std::to_string(found.pixels) + " pixels differ, by up to " +
                                           std::to_string(found.most) + " of 255";
        add(name, before, now, what);
        if (updates) {
            write_picture(kept / (name + ".png"), now);
        } else {
            FAIL_CHECK(name << ": " << what);
        }
    }
    void write() const {
        std::filesystem::create_directories(folder);
        const std::string page =
            "<!doctype html><meta charset=\"utf-8\"><title>Pictures that changed</title>\n" + rows;
        REQUIRE(write_file_durably(folder / "index.html", page).ok());
    }
};

} // namespace

TEST_CASE("pictures that differ by two of 255 are the same, by three they are not") {
    const Pixels before{2, 1, {10, 20, 30, 255, 40, 50, 60, 255}};
    Pixels after = before;
    after.rgba[5] = 52;
    CHECK_FALSE(difference(before, after).any());
    after.rgba[5] = 53;
    CHECK(difference(before, after).pixels == 1);
    CHECK(difference(before, after).most == 3);
    CHECK(difference(before, Pixels{1, 1, {10, 20, 30, 255}}).other_size);
    CHECK(marked_difference(before, after).rgba[4] == 220);
}

TEST_CASE("every page looks as it did when somebody last looked at it") {
    const char* wanted = std::getenv("VAKANT_PICTURES");
    ChangeReport report;
    report.updates = wanted != nullptr && std::string_view(wanted) == "update";
    const auto made_with = read_file(kept / "drawn_with.txt");
    const bool comparable = made_with.ok() && *made_with == drawn_with();
    if (!report.updates && !comparable) {
        WARN("skipped: the kept pictures were drawn with other libraries or fonts\n"
             << (made_with.ok() ? *made_with : "none kept\n") << "here:\n"
             << drawn_with());
        return;
    }
    std::set<std::string> seen;
    for (const KeptLook& kept_look : kept_looks()) {
        walk_all(halved(kept_look.look), [&](const std::string& state, KioskStage& stage) {
            if (!kept_look.states.empty() && !kept_look.states.contains(state)) return;
            const std::string name = name_of(kept_look.look) + "/" + state;
            seen.insert(name + ".png");
            report.compare(name, picture_of(stage));
        });
    }
    CHECK(report.compared >= 40);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kept)) {
        const std::string name = std::filesystem::relative(entry.path(), kept).generic_string();
        if (!name.ends_with(".png") || seen.contains(name)) continue;
        if (report.updates) {
            std::filesystem::remove(entry.path());
        } else {
            FAIL_CHECK(name << ": there is no such state any more");
        }
    }
    if (report.updates) REQUIRE(write_file_durably(kept / "drawn_with.txt", drawn_with()).ok());
    report.write();
    if (report.changed > 0) {
        WARN(report.changed << " of " << report.compared
                            << " pictures changed: " << (report.folder / "index.html").string());
    }
}

/// "portrait", or with the screen's diagonal in inches: "portrait:27".
Look on_screen(Look look, const std::string& screen) {
    const std::string turn = screen.substr(0, screen.find(':'));
    if (turn != "landscape") std::swap(look.width_px, look.height_px);
    look.reach = turn == "reach";
    if (turn.size() < screen.size()) {
        const float inches = std::stof(screen.substr(turn.size() + 1));
        look.mm_per_px = inches * 25.4f / std::hypot(look.width_px, look.height_px);
    }
    return look;
}

TEST_CASE("the gallery shows every page in each of the chosen looks", "[.gallery]") {
    const char* const folder = std::getenv("VAKANT_GALLERY");
    REQUIRE(folder != nullptr); // tools/gallery says where to
    const std::filesystem::path out = folder;
    std::vector<std::string> looks, states;
    const std::map<std::string, Theme> themes = {
        {"light", Theme::light}, {"high_contrast", Theme::high_contrast}, {"dark", Theme::dark}};
    for (const std::string& language : parts(std::getenv("VAKANT_GALLERY_LANGUAGES"), "fi,ar")) {
        for (const std::string& size : parts(std::getenv("VAKANT_GALLERY_SIZES"), "1")) {
            for (const std::string& theme : parts(std::getenv("VAKANT_GALLERY_THEMES"), "light")) {
                for (const std::string& screen : parts(std::getenv("VAKANT_GALLERY_SCREENS"), "landscape")) {
                    const Look look = on_screen({language, std::stof(size), themes.at(theme)}, screen);
                    looks.push_back(name_of(look));
                    walk_all(halved(look), [&](const std::string& state, KioskStage& stage) {
                        if (std::find(states.begin(), states.end(), state) == states.end())
                            states.push_back(state);
                        write_picture(out / looks.back() / (state + ".png"), picture_of(stage));
                    });
                }
            }
        }
    }
    REQUIRE(write_file_durably(out / "index.html", gallery_page(looks, states)).ok());
    WARN(looks.size() << " looks of " << states.size() << " states: " << (out / "index.html").string());
}
