#include <catch2/catch.hpp>

#include "kiosk/semantics/navigator.h"

using namespace vakant;

namespace {

SemanticNode node(std::string key, Role role, Rect rect, std::string parent = "") {
    SemanticNode node;
    node.key = std::move(key);
    node.role = role;
    node.rect = rect;
    node.parent = std::move(parent);
    node.focusable = true;
    return node;
}

SemanticTree page_of(const std::vector<std::string>& keys) {
    SemanticTree tree;
    SemanticNode text;
    text.key = "text";
    tree.add(text);
    float y = 0;
    for (const std::string& key : keys) {
        tree.add(node(key, Role::button, {0, y, 100, 50}));
        y += 60;
    }
    return tree;
}

/// field, then keys in two rows: q w e / a s, then ready
SemanticTree keyboard() {
    SemanticTree tree;
    tree.add(node("field", Role::field, {0, 0, 300, 50}));
    tree.add(node("q", Role::key, {0, 100, 90, 90}, "keyboard"));
    tree.add(node("w", Role::key, {100, 100, 90, 90}, "keyboard"));
    tree.add(node("e", Role::key, {200, 100, 90, 90}, "keyboard"));
    tree.add(node("a", Role::key, {50, 200, 90, 90}, "keyboard"));
    tree.add(node("s", Role::key, {150, 200, 90, 90}, "keyboard"));
    return tree;
}

} // namespace

TEST_CASE("the focus goes through what can have it in reading order and round at the ends") {
    const SemanticTree tree = page_of({"a", "b", "c"});
    Navigator navigator;
    navigator.move(Move::next, tree);
    CHECK(navigator.focus() == "a");
    navigator.move(Move::down, tree);
    CHECK(navigator.focus() == "b");
    navigator.move(Move::next, tree);
    navigator.move(Move::next, tree);
    CHECK(navigator.focus() == "a");
    navigator.move(Move::previous, tree);
    CHECK(navigator.focus() == "c");
    navigator.move(Move::first, tree);
    CHECK(navigator.focus() == "a");
    navigator.move(Move::last, tree);
    CHECK(navigator.focus() == "c");
}

TEST_CASE("left and right follow the screen, whichever way the page is read") {
    SemanticTree tree; // as in Arabic: the first one stands on the right
    tree.add(node("first", Role::card, {500, 0, 400, 200}));
    tree.add(node("second", Role::card, {0, 0, 400, 200}));
    tree.add(node("third", Role::card, {500, 300, 400, 200}));
    Navigator navigator;
    navigator.set_focus("first");
    navigator.move(Move::left, tree);
    CHECK(navigator.focus() == "second");
    navigator.move(Move::left, tree);
    CHECK(navigator.focus() == "second");
    navigator.move(Move::right, tree);
    CHECK(navigator.focus() == "first");
}

TEST_CASE("on the keyboard the focus moves as the keys stand, and leaves above and below") {
    const SemanticTree tree = keyboard();
    Navigator navigator;
    navigator.set_focus("w");
    navigator.move(Move::right, tree);
    CHECK(navigator.focus() == "e");
    navigator.move(Move::right, tree);
    CHECK(navigator.focus() == "e");
    navigator.move(Move::down, tree);
    CHECK(navigator.focus() == "s");
    navigator.move(Move::left, tree);
    CHECK(navigator.focus() == "a");
    navigator.move(Move::up, tree);
    CHECK((navigator.focus() == "q" || navigator.focus() == "w"));
    navigator.move(Move::up, tree);
    CHECK(navigator.focus() == "field");
}

TEST_CASE("the focus survives renaming, and goes to the nearest neighbour when its node is gone") {
    Navigator navigator;
    SemanticTree before = page_of({"a", "b", "c", "d"});
    navigator.set_focus("c");
    navigator.settle(before);
    for (SemanticNode& renamed : before.nodes())
        renamed.name = "another name";
    navigator.settle(before);
    CHECK(navigator.focus() == "c");
    navigator.settle(page_of({"a", "b", "d"}));
    CHECK(navigator.focus() == "d");
    navigator.settle(page_of({"a", "b"}));
    CHECK(navigator.focus() == "b");
    navigator.settle(page_of({"x", "y"}));
    CHECK(navigator.focus() == "");
}

TEST_CASE("nodes that are off for now are visited") {
    SemanticTree tree = page_of({"a", "b"});
    tree.nodes().back().enabled = false;
    Navigator navigator;
    navigator.set_focus("a");
    navigator.move(Move::next, tree);
    CHECK(navigator.focus() == "b");
}
