#include "core/brand/brand.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/base/bytes.h"
#include "tests/places.h"

using namespace vakant;

namespace {

Json brand_with(std::string_view colours) {
    auto json = parse_json(R"({"name":"Kanto Henkilöstö","colours":)" + std::string(colours) + "}");
    REQUIRE(json.ok());
    return *json;
}
std::string refusal(const Json& json) {
    const auto brand = parse_brand(json);
    REQUIRE_FALSE(brand.ok());
    return brand.error().detail;
}

} // namespace

TEST_CASE("contrast is that of WCAG 2") {
    CHECK(contrast(hex(0x000000), hex(0xFFFFFF)) == Approx(21));
    CHECK(contrast(hex(0x777777), hex(0xFFFFFF)) == Approx(4.48).margin(0.01));
    CHECK(contrast(hex(0x66737D), hex(0xF4F1EA)) == Approx(4.3).margin(0.05));
}

TEST_CASE("a colour is a hash sign and six digits, and comes back the same") {
    CHECK(to_text(*parse_colour("#084a46")) == "#084A46");
    for (const char* wrong : {"084A46", "#084A4", "#084A466", "#084A4G", "teal", ""})
        CHECK_FALSE(parse_colour(wrong));
}

TEST_CASE("the house's own colours keep the rules that an agency's are held against") {
    CHECK(contrast_misses({}).empty());
}

TEST_CASE("colours that miss the contrast are refused with each ratio, rounded down") {
    CHECK(
        refusal(brand_with(R"({"primary":"#F5A623"})")) ==
        "colours: white on primary (#FFFFFF on #F5A623): 2.0:1, at least 7.0:1 is needed; primary on "
        "background "
        "(#F5A623 on #F4F1EA): 1.7:1, at least 7.0:1 is needed; primary on soft (#F5A623 on #D9ECE8): 1.6:1, "
        "at "
        "least 7.0:1 is needed; white icon on primary's tile (#FFFFFF on #F6B343): 1.8:1, at least 3.0:1 is "
        "needed");
    CHECK(refusal(brand_with(R"({"background":"#9DB8C9"})"))
              .find("text on background (#14212B on #9DB8C9): 7.") != std::string::npos);
}

TEST_CASE("a navy and a plum that can be read are taken") {
    for (const char* primary : {"#1B3A6B", "#5B1F4D"}) {
        const auto brand = parse_brand(brand_with(R"({"primary":")" + std::string(primary) + "\"}"));
        REQUIRE(brand.ok());
        CHECK(to_text(brand->colours.primary) == primary);
        CHECK(brand->colours.soft == BrandColours{}.soft);
    }
}

TEST_CASE("a brand that does not say what it should is refused with the place") {
    CHECK(refusal(*parse_json("{}")) == "\"name\" is missing");
    CHECK(refusal(brand_with(R"({"primary":"teal"})")) == "colours.primary: must be a colour as #RRGGBB");
    CHECK(refusal(*parse_json(R"({"name":"A","greeting":{"fi":7}})")) ==
          "greeting.fi: must be a text of 1 to 200 bytes");
    CHECK(refusal(*parse_json(R"({"name":"A","logo":{"type":"image/gif","data":"AAAA"}})")) ==
          "logo.type: must be image/svg+xml or image/png");
}

TEST_CASE("name, greetings and logo are read, and unknown members are left alone") {
    const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    const Json json = Json::object(
        {{"name", "Kanto"},
         {"greeting", Json::object({{"fi", "Tule töihin"}})},
         {"logo", Json::object({{"type", "image/svg+xml"}, {"data", to_base64url(as_bytes(svg))}})},
         {"later", 1}});
    const auto brand = parse_brand(json);
    REQUIRE(brand.ok());
    CHECK(brand->name == "Kanto");
    CHECK(brand->greetings.at("fi") == "Tule töihin");
    CHECK(brand->logo.format == Logo::Format::svg);
    CHECK(std::string(as_text(brand->logo.bytes)) == svg);
}

TEST_CASE("vakant brand check names the ratio and fails") {
    const std::string vakant = bin_dir() + "/vakant";
    const auto run = [&](const std::string& json) {
        return std::system(
            ("printf '%s' '" + json + "' | " + vakant + " brand check - >/dev/null 2>&1").c_str());
    };
    CHECK(WEXITSTATUS(run(R"({"brand":{"name":"A","colours":{"primary":"#1B3A6B"}}})")) == 0);
    CHECK(WEXITSTATUS(run(R"({"name":"A","colours":{"primary":"#F5A623"}})")) == 1);
    const std::string profile = source_dir() + "/assets/config/aurora.json";
    CHECK(std::system((vakant + " brand check " + profile + " > /dev/null").c_str()) == 0);
}
