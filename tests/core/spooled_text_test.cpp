#include <catch2/catch.hpp>

#include "core/base/spooled_text.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

TEST_CASE("a spooled text is read as it was written, also after its memory was given back") {
    ScratchFolder folder;
    auto made = SpooledText::make(folder.path());
    REQUIRE(made.ok());
    SpooledText spool = std::move(made).value();
    CHECK(spool.text().value().empty());
    REQUIRE(spool.append("Siivooja ").ok());
    REQUIRE(spool.append(std::string(100'000, 'x')).ok());
    const auto text = spool.text();
    REQUIRE(text.ok());
    CHECK(text->size() == 100'009);
    CHECK(text->starts_with("Siivooja xxx"));
    spool.forget();
    CHECK(text->starts_with("Siivooja xxx"));
    CHECK(text->back() == 'x');
    REQUIRE(spool.clear().ok());
    REQUIRE(spool.append("Kokki").ok());
    CHECK(spool.text().value() == "Kokki");
}

TEST_CASE("a spooled text has no name that could outlive the program") {
    ScratchFolder folder;
    const auto spool = SpooledText::make(folder.path());
    REQUIRE(spool.ok());
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK_FALSE(SpooledText::make(folder / "missing").ok());
}
