#include <catch2/catch.hpp>

#include "kiosk/semantics/reading.h"
#include "kiosk/semantics/semantic_tree.h"
#include "kiosk/semantics/spoken_text.h"

using namespace vakant;

namespace {

std::string words(std::string_view key, int position, int count) {
    if (key == "state.of") return std::to_string(position) + " of " + std::to_string(count);
    if (key == "role.button") return "button";
    if (key == "role.radio") return "option";
    if (key == "role.field") return "text field";
    if (key == "role.toggle") return "tick box";
    if (key == "role.heading") return "heading";
    if (key == "state.selected") return "selected";
    if (key == "state.not_checked") return "not ticked";
    if (key == "state.disabled") return "not available now";
    if (key == "state.invalid") return "error";
    if (key == "state.empty") return "empty";
    if (key == "state.filled") return "filled in";
    return "?";
}

SemanticNode button(std::string key, Rect rect) {
    SemanticNode node;
    node.key = std::move(key);
    node.role = Role::button;
    node.name = "Send";
    node.focusable = true;
    node.rect = rect;
    return node;
}

} // namespace

TEST_CASE("a node is spoken as name, role, state, value, position and help") {
    SemanticNode node = button("a", {});
    CHECK(spoken_text(node, words, false) == "Send, button");
    node.enabled = false;
    node.description = "Fill in your name first.";
    CHECK(spoken_text(node, words, false) == "Send, button, not available now, Fill in your name first.");

    SemanticNode option;
    option.role = Role::radio;
    option.name = "Cleaning";
    option.checked = true;
    option.position = 2;
    option.count = 4;
    CHECK(spoken_text(option, words, false) == "Cleaning, option, selected, 2 of 4");

    SemanticNode consent;
    consent.role = Role::toggle;
    consent.name = "You may keep my details.";
    consent.checked = false;
    CHECK(spoken_text(consent, words, false) == "You may keep my details. tick box, not ticked");
}

TEST_CASE("text is spoken without a role, and another wording is spoken in place of the written one") {
    SemanticNode node;
    node.name = "Your number";
    node.value = "KRT 1047 M";
    CHECK(spoken_text(node, words, true) == "Your number, KRT 1047 M");
    SemanticNode key;
    key.role = Role::key;
    key.name = "@";
    key.spoken = "at sign";
    CHECK(spoken_text(key, words, true) == "at sign");
}

TEST_CASE("what somebody typed is not spoken on the loudspeaker") {
    SemanticNode field;
    field.role = Role::field;
    field.name = "Name";
    field.value = "Aino Virtanen";
    field.is_private = true;
    CHECK(spoken_text(field, words, true) == "Name, text field, filled in");
    CHECK(spoken_text(field, words, false) == "Name, text field, Aino Virtanen");
    field.value.clear();
    field.invalid = true;
    field.description = "The name is missing";
    CHECK(spoken_text(field, words, true) == "Name, text field, error, empty, The name is missing");
}

TEST_CASE("each part of a sentence has its own language") {
    SemanticNode card;
    card.role = Role::button;
    card.name = "Städare";
    card.language = "sv";
    card.description = "Göteborg";
    const auto parts = spoken_parts(card, words, true);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].language == "sv");
    CHECK(parts[1].text == "button");
    CHECK(parts[1].language.empty());
    CHECK(parts[2].language.empty());
    card.content_language = "sv";
    CHECK(spoken_parts(card, words, true)[2].language == "sv");
    card.excerpt = "Du städar kontor.";
    CHECK(spoken_parts(card, words, true)[3].text == "Du städar kontor.");
    CHECK(spoken_parts(card, words, true)[3].language == "sv");
}

TEST_CASE("numbers of references, codes and telephones are read sign by sign, amounts and dates are not") {
    CHECK(read_aloud("Numero: \u2068KTR-0427-M\u2069.") == "Numero: K T R, 0 4 2 7, M.");
    CHECK(read_aloud("BCDF-GHJK") == "B C D F, G H J K");
    CHECK(read_aloud("ABC12-DEF34-GHJ56") == "A B C 1 2, D E F 3 4, G H J 5 6");
    CHECK(read_aloud("Soita 040 123 4567 tänään") == "Soita 0 4 0, 1 2 3, 4 5 6 7 tänään");
    CHECK(read_aloud("+358 40 1234567") == "+ 3 5 8, 4 0, 1 2 3 4 5 6 7");
    CHECK(read_aloud("KTR-4821") == "K T R, 4 8 2 1");
    CHECK(read_aloud("• 10\u00A0000 työpaikkaa") == "10000 työpaikkaa"); // or it is ten, zero, zero, zero
    CHECK(read_aloud("09.12.2026 klo 9.15") == "09.12.2026 klo 9.15");
    CHECK(read_aloud("0,5 tuntia") == "0,5 tuntia");
    CHECK(read_aloud("COVID-19 ja UNI-ABC") == "COVID-19 ja UNI-ABC");
    CHECK(read_aloud("").empty());
}

TEST_CASE("the tree finds by key, by name and by point, and tells repeated keys") {
    SemanticTree tree;
    tree.add(button("a", {0, 0, 100, 100}));
    tree.add(button("b", {50, 50, 100, 100}));
    REQUIRE(tree.hit(60, 60) != nullptr);
    CHECK(tree.hit(60, 60)->key == "b");
    CHECK(tree.hit(10, 10)->key == "a");
    CHECK(tree.hit(300, 10) == nullptr);
    CHECK(tree.find(Role::button, "Send")->key == "a");
    CHECK(tree.repeated_keys().empty());
    tree.add(button("a", {}));
    CHECK(tree.repeated_keys() == std::vector<std::string>{"a"});
}

TEST_CASE("what a dialog covers is gone from the tree") {
    SemanticTree tree;
    tree.add(button("behind", {0, 0, 10, 10}));
    tree.add(button("dialog", {0, 0, 10, 10}));
    tree.add(button("after", {0, 0, 10, 10}));
    tree.remove_from(2);
    tree.remove_before(1);
    REQUIRE(tree.nodes().size() == 1);
    CHECK(tree.nodes()[0].key == "dialog");
}
