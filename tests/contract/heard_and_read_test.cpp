// Statement 12 over all walks: what the narrator says stands on the screen at that moment.
#include <algorithm>
#include <set>

#include "kiosk/app/readings.h"
#include "kiosk/semantics/spoken_text.h"
#include "tests/contract/walks.h"
#include "tests/places.h"

using namespace vakant;

namespace {

/// What may be said while a page is shown.
class Said {
public:
    explicit Said(const std::string& language)
        : readings_(source_dir() + "/assets/speech"), language_(language),
          strings_(Strings::load(source_dir() + "/assets/strings", language).value()) {
        for (const std::string& key : strings_.keys()) {
            if (key.starts_with("role.") || (key.starts_with("state.") && key != "state.of"))
                looks_.push_back(key);
            if (strings_.has(key + ".spoken")) spoken_[strings_.get(key)] = strings_.get(key + ".spoken");
        }
    }

    /// The words of an utterance that are neither written nor seen; "" none.
    std::string unread(const SemanticTree& tree, std::string_view utterance) {
        std::set<std::string> pieces;
        for (const SemanticNode& node : tree.nodes()) {
            add(pieces, node.name, node.language);
            add(pieces, node.spoken, node.language); // the name of a sign that stands on its key
            add(pieces, node.value, node.content_language);
            add(pieces, node.description, node.content_language);
            add(pieces, node.excerpt, node.language);
            if (node.count > 1)
                add(pieces,
                    strings_.get("state.of", {{"position", std::int64_t{node.position}},
                                              {"count", std::int64_t{node.count}}}),
                    "");
        }
        for (const std::string& key : looks_) // a tick, a frame, a form: seen, not written
            add(pieces, strings_.get(key), "");
        std::vector<std::string> longest_first(pieces.begin(), pieces.end());
        std::ranges::sort(longest_first, [](const auto& a, const auto& b) { return a.size() > b.size(); });
        std::string rest(utterance);
        for (const std::string& piece : longest_first) {
            for (std::size_t at = rest.find(piece); at != std::string::npos; at = rest.find(piece, at + 1)) {
                // The letter of a key is no part of a word.
                if (ends_at(rest, at) && ends_at(rest, at + piece.size() + 1))
                    rest.replace(at, piece.size(), "\n");
            }
        }
        std::erase_if(rest,
                      [](char c) { return std::string_view(" \n.,:;").find(c) != std::string_view::npos; });
        return rest;
    }

private:
    /// What stands before the place, or the text's end.
    static bool ends_at(const std::string& text, std::size_t at) {
        return at == 0 || at > text.size() ||
               std::string_view(" \n.,:;!?").find(text[at - 1]) != std::string_view::npos;
    }
    void add(std::set<std::string>& pieces, const std::string& written, const std::string& language) {
        const std::string& in = language.empty() ? language_ : language;
        const auto other = spoken_.find(written);
        const bool respelt = other != spoken_.end() && same_language(in, language_);
        std::string said = respelt ? other->second : read_aloud(written, readings_.of(in));
        if (!said.empty()) pieces.insert(std::move(said));
    }

    Readings readings_;
    std::string language_;
    Strings strings_;
    std::vector<std::string> looks_;
    std::map<std::string, std::string> spoken_;
};

} // namespace

TEST_CASE("accessibility 12: whatever is said of any page or state, and of what has the focus there, stands "
          "on it") {
    Look look;
    look.language = GENERATE("en", "ar");
    Said said(look.language);
    std::size_t utterances = 0;
    const auto check = [&](const std::string& state, KioskStage& stage, std::size_t& heard) {
        for (; heard < stage.voice.said.size(); ++heard, ++utterances) {
            const std::string& text = stage.voice.said[heard].text;
            const std::string rest = said.unread(stage.app->tree(), text);
            if (!rest.empty())
                FAIL_CHECK(look.language << " " << state << " says and does not show: " << rest << "\n"
                                         << text);
        }
    };
    walk_all(look, [&](const std::string& state, KioskStage& stage) {
        if (stage.page() == PageId::skills_typing) return; // its letters are for the text
        std::size_t heard = stage.voice.said.size();
        stage.keypad(KeypadKey::listen);
        check(state, stage, heard);
        for (int step = 0; step < 6; ++step) {
            stage.keypad(KeypadKey::next);
            check(state, stage, heard);
        }
        stage.keypad(KeypadKey::volume_up);
        check(state, stage, heard);
        stage.keypad(KeypadKey::volume_down);
        check(state, stage, heard);
        stage.keypad(KeypadKey::listen);
        stage.wait(5'000); // the volume is not written any more
        while (stage.shows("scroll.up") && stage.node("scroll.up").enabled)
            stage.press("scroll.up"); // as the walk left it
    });
    CHECK(utterances > 500);
    // The control: what stands nowhere is found.
    SemanticTree tree;
    SemanticNode node;
    node.name = "Browse vacancies";
    tree.add(node);
    CHECK(Said("en").unread(tree, "Browse vacancies, button").empty());
    CHECK(Said("en").unread(tree, "Browse vacancies, button. The code is 4711") == "Thecodeis4711");
}

TEST_CASE("accessibility 10: what the code of an advertisement holds is written beside it and heard") {
    KioskStage stage("en");
    Vacancy own = demo_vacancy("own1", "Cleaner", true);
    own.apply_url = "https://feed.example.org/ad/1";
    stage.workers.vacancies = {own, demo_vacancy("other1", "Cook", false)};
    stage.start();
    stage.press("bar.listen");
    stage.press("browse");
    stage.press("vacancy.own1");
    CHECK(stage.name("take.held") == "\u2068https://feed.example.org/ad/1\u2069");
    CHECK(stage.voice.told.back().find("feed dot example dot org slash ad slash 1") != std::string::npos);
    stage.press("back");
    stage.press("others");
    stage.press("vacancy.other1");
    CHECK_FALSE(stage.shows("elsewhere.held")); // it stands among the ways to apply
    CHECK(stage.value("elsewhere.contacts.apply.url") == "\u2068https://example.org/apply/7\u2069");
    CHECK(stage.voice.told.back().find("example dot org slash apply slash 7") != std::string::npos);
}
