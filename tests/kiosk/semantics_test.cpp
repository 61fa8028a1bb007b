#include <catch2/catch.hpp>

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
