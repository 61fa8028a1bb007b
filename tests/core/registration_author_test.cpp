// What the author of a form is told before anybody is asked.
#include "core/registration/form_authoring.h"
#include "tests/fakes/form_sitting.h"

using namespace vakant;

namespace {

/// A form of one page from `items`, `properties` and further texts of fi.
std::string refusal(const std::string& items, const std::string& properties, const std::string& texts = "") {
    const auto form = FormDefinition::from_json(json_of(
        R"({"format":"vakant-form/1","id":"f","version":"1","default_language":"fi","languages":["fi"],
            "notice_key":"t","data":{"type":"object","properties":)" +
        properties + R"(},"pages":[{"id":"p","title_key":"t","items":)" + items +
        R"(}],"i18n":{"fi":{"t":"Teksti")" + texts + "}}}"));
    if (!form.ok()) return form.error().detail;
    const auto looked_at = check_as_author(*form);
    if (!looked_at.ok()) return looked_at.error().detail;
    std::string all = "accepted";
    for (const std::string& warning : *looked_at)
        all += "; " + warning;
    return all;
}

} // namespace

TEST_CASE("the author's check finds what only shows in the whole") {
    const std::string two = R"({"a":{"type":"boolean"},"b":{"type":"string"}})";
    const auto with = [&](const std::string& b) {
        return refusal(
            R"([{"field":"a","widget":"yes_no","label_key":"t"},{"field":"b","widget":"text","label_key":"t")" +
                b + "}]",
            two);
    };
    CHECK(with("") == "accepted");
    CHECK(with(R"(,"need":"required","visible_if":{"and":[{"var":"a"},{"!":{"var":"a"}}]})") ==
          "pages[0].items[1]: \"b\" is required and can never show");
    CHECK(with(R"(,"visible_if":{"==":[{"var":"a"},"maybe"]})") ==
          "accepted; pages[0].items[1]: \"b\" can never show");
    CHECK(with(R"(,"visible_if":{">":[{"+":[{"var":"a"},1]},9]})") ==
          "accepted; pages[0].items[1]: \"b\" can never show");
    CHECK(with(R"(,"visible_if":{"==":[{"var":"a"},false]})") == "accepted");
    CHECK(with(R"(,"messages":{"requird":"t"})") ==
          "pages[0].items[1].messages: \"requird\" is no keyword that an answer can miss");
    CHECK(with(R"(,"messages":{"format.email":"t","required":"t"})") == "accepted");
}

TEST_CASE("where a question has few answers or is held against numbers, never is proved and not guessed") {
    const auto shown_if = [](const char* rule) {
        return refusal(
            R"([{"field":"a","widget":"choice","label_key":"t","choices":[{"value":"x","text_key":"t"},
                            {"value":"y","text_key":"t"}]},{"field":"n","widget":"number","label_key":"t"},
                           {"field":"w","widget":"text","label_key":"t"},
                           {"field":"b","widget":"text","label_key":"t","visible_if":)" +
                std::string(rule) + "}]",
            R"({"a":{"type":"string"},"n":{"type":"number","maximum":60},"w":{"type":"string"},
                           "b":{"type":"string"}})");
    };
    const std::string never = R"(accepted; pages[0].items[3]: "b" can never show)";
    const std::string not_found = R"(accepted; pages[0].items[3]: no answers were found that show "b")";
    CHECK(shown_if(R"({">":[{"count":[{"==":[{"var":"a"},"x"]},{"==":[{"var":"a"},"y"]}]},1]})") == never);
    CHECK(shown_if(R"({"==":[{"count":[{"==":[{"var":"a"},"x"]},{"==":[{"var":"a"},"y"]}]},1]})") ==
          "accepted");
    CHECK(shown_if(R"({">":[{"var":"n"},100]})") == never);
    CHECK(shown_if(R"({">=":[{"var":"n"},60]})") == "accepted");
    CHECK(shown_if(R"({"<":[10,{"var":"n"},20]})") == "accepted");
    CHECK(shown_if(R"({"<":[20,{"var":"n"},10]})") == never);
    CHECK(shown_if(R"({">":[{"*":[{"var":"n"},{"var":"n"}]},1000000]})") == not_found);
    CHECK(shown_if(R"({">":[{"var":"w"},"zz"]})") == not_found);
}

TEST_CASE("a question that no answer can satisfy is refused, one that explains nothing is pointed out") {
    const auto of_schema = [](const char* schema) {
        return refusal(R"([{"field":"a","widget":"text","label_key":"t"}])",
                       R"({"a":)" + std::string(schema) + "}");
    };
    CHECK(of_schema(R"({"type":"string","enum":[]})") ==
          R"(pages[0].items[0]: "a" has an empty enum: no answer is right)");
    CHECK(of_schema(R"({"type":"string","minLength":9,"maxLength":3})") ==
          R"(pages[0].items[0]: "a" has a minLength above its maxLength: no answer is right)");
    CHECK(of_schema(R"({"type":"string","pattern":"^[0-9]{5}$"})") ==
          R"(accepted; pages[0].items[0].messages: no text says what to do where "pattern" does not hold)");
    CHECK(refusal(R"([{"field":"a","widget":"text","label_key":"u"}])", R"({"a":{"type":"string"}})",
                  R"(,"u":"Hei {name}")") ==
          "accepted; pages[0].items[0].label_key: nothing takes the place of {name} in fi");
}

TEST_CASE("a page that cannot be reached is refused, one that was hidden on purpose is not") {
    const auto page = [](const std::string& extra, const std::string& need) {
        const Json json = json_of(
            R"({"format":"vakant-form/1","id":"f","version":"1","default_language":"fi","languages":["fi"],
            "notice_key":"t","data":{"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":"string"}}},
            "pages":[{"id":"p","title_key":"t","items":[{"field":"a","widget":"yes_no","label_key":"t"}]},
            {"id":"q","title_key":"t")" +
            extra + R"(,"items":[{"field":"b","widget":"text","label_key":"t","need":")" + need +
            R"("}]}],"i18n":{"fi":{"t":"Teksti"}}})");
        const auto checked = check_as_author(form_of(json));
        return checked.ok() ? std::string("accepted") : checked.error().detail;
    };
    CHECK(page(R"(,"visible_if":{"===":[{"var":"a"},3]})", "optional") == "pages[1]: can never be reached");
    CHECK(page("", "hidden") == "accepted");
    CHECK(page(R"(,"visible_if":{"var":"a"})", "required") == "accepted");
}

TEST_CASE("circles, strangers' fields and forbidden questions are refused with their place") {
    const std::string two = R"({"a":{"type":"string"},"b":{"type":"string"}})";
    CHECK(refusal(R"([{"field":"a","widget":"text","label_key":"t","visible_if":{"var":"b"}},
                      {"field":"b","widget":"text","label_key":"t","required_if":{"var":"a"}}])",
                  two) == "pages[0].items[0]: field \"a\" depends on itself");
    const std::string group =
        R"({"g":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}},"a":{"type":"string"}})";
    const std::string entry =
        R"({"group":"g","label_key":"t","entry_key":"t","add_key":"t","items":[{"field":"x","widget":"text","label_key":"t")";
    CHECK(refusal("[" + entry +
                      R"(}]},{"field":"a","widget":"text","label_key":"t","visible_if":{"var":"x"}}])",
                  group) ==
          "pages[0].items[1].visible_if: \"x\" is in the group \"g\" and has no one value here");
    CHECK(refusal(
              "[" + entry +
                  R"(,"visible_if":{"count":{"var":"g"}}}]},{"field":"a","widget":"text","label_key":"t"}])",
              group) == "pages[0].items[0]: field \"g\" depends on itself");
    CHECK(refusal(R"([{"field":"a","widget":"text","label_key":"u"}])", R"({"a":{"type":"string"}})",
                  R"(,"u":"Henkilötunnus")") ==
          "pages[0].items[0].label_key in fi: \"henkilötunnu\": a national identity number is never asked");
    const std::string illness = R"([{"field":"a","widget":"text","label_key":"u")";
    CHECK(refusal(illness + "}]", R"({"a":{"type":"string"}})", R"(,"u":"Onko sinulla sairauksia?")") ==
          "pages[0].items[0].label_key in fi: \"sairauk\" looks like a special category of personal data; it "
          "needs "
          "a purpose_key");
    CHECK(refusal(illness + R"(,"purpose_key":"t"}])", R"({"a":{"type":"string"}})",
                  R"(,"u":"Onko sinulla sairauksia?")") ==
          "accepted; pages[0].items[0].purpose_key: a special category of personal data; necessary for the "
          "work?");
    CHECK(refusal(R"([{"field":"a","widget":"text","label_key":"u"}])", R"({"a":{"type":"string"}})",
                  R"(,"u":"Trace of grace")") == "accepted");
    CHECK(refusal(R"([{"field":"a","widget":"text","label_key":"t"}])",
                  R"({"a":{"type":"string","contains":{}}})") ==
          "data.properties.a: contains: this keyword is outside the profile");
    CHECK(refusal(R"([{"field":"a","widget":"fact","label_key":"t"}])", R"({"a":{"type":"string"}})") ==
          "pages[0].items[0].computed: the widget fact shows a computed value, no other does");
}

namespace {

/// What becomes of a form whose one question has this label.
std::string verdict_on(const std::string& label) {
    const std::string verdict = refusal(R"([{"field":"a","widget":"text","label_key":"u"}])",
                                        R"({"a":{"type":"string"}})", R"(,"u":")" + label + "\"");
    for (const char* reason : {"a national identity number", "the number of an identity document",
                               "looks like a special category", "accepted"})
        if (verdict.find(reason) != verdict.npos) return reason;
    return verdict;
}

} // namespace

TEST_CASE("identity numbers and document numbers are known by their names in every language") {
    for (const char* label : {"SSN",
                              "Your National Insurance number",
                              "ID number",
                              "Social security number",
                              "Personal number",
                              "Sosiaaliturvatunnus",
                              "HETU",
                              "Henkilötunnuksesi",
                              "Henkilönumero",
                              "Personnummer",
                              "Personnr",
                              "Samordningsnummer",
                              "Svensk personbeteckning",
                              "D-nummer",
                              "Fødselsnummer",
                              "Fødselsnr",
                              "ІПН",
                              "РНОКПП",
                              "Податковий номер",
                              "Ідентифікаційний код",
                              "ИНН",
                              "СНИЛС",
                              "Идентификационный номер",
                              "رقم الهوية",
                              "الرقم القومي",
                              "الرقم الوطني"}) {
        INFO(label);
        CHECK(verdict_on(label) == "a national identity number");
    }
    for (const char* label :
         {"Passport number", "Residence permit number", "Passin numero", "Oleskeluluvan numero", "Passnummer",
          "Номер паспорта", "Номер посвідки на проживання", "رقم جواز السفر", "رقم الإقامة"}) {
        INFO(label);
        CHECK(verdict_on(label) == "the number of an identity document");
    }
}

TEST_CASE("health, faith, union and the like are known by their words in every language") {
    for (const char* label : {"Are you disabled?",
                              "Do you have any medical conditions?",
                              "Have you been convicted of a crime?",
                              "Are you a member of a union?",
                              "Your health",
                              "Onko sinulla vamma?",
                              "Terveys",
                              "Sairastatko jotain?",
                              "Oletko raskaana?",
                              "Kuulutko ammattiliittoon?",
                              "Är du gravid?",
                              "Din hälsa",
                              "Facklig tillhörighet",
                              "Sexuell läggning",
                              "Är du dömd för brott?",
                              "Helse",
                              "Har du en funksjonsnedsettelse?",
                              "Er du fagorganisert?",
                              "Er du gravid?",
                              "Livssyn",
                              "Стан здоров'я",
                              "Віросповідання",
                              "Ви вагітні?",
                              "Чи маєте інвалідність?",
                              "Членство в профспілці",
                              "Вероисповедание",
                              "Вы беременны?",
                              "Инвалидность",
                              "Есть ли судимость?",
                              "Национальность",
                              "ديانتك",
                              "هل لديك إعاقة؟",
                              "هل أنت حامل؟",
                              "حالتك الصحية",
                              "هل تعاني من مرض؟"}) {
        INFO(label);
        CHECK(verdict_on(label) == "looks like a special category");
    }
}

TEST_CASE("ordinary questions that sound alike are not mistaken for forbidden ones") {
    for (const char* label : {"Experience in health care", "Voitko tehdä raskasta työtä?", "Raskaat nostot",
                              "Terveydenhuollon ammattitutkinto", "Hälso- och sjukvård", "Helsefagarbeider",
                              "Have you worked at a racecourse?", "Ammattiala", "Досвід в охороні здоров'я",
                              "هل أنت حامل رخصة قيادة؟", "ممرض", "Phone number", "Puhelinnumero",
                              "Home address", "Ässät", "Номер телефону", "Trace of grace"}) {
        INFO(label);
        CHECK(verdict_on(label) == "accepted");
    }
}

TEST_CASE("what must not be asked is found in names, choices and titles too") {
    CHECK(refusal(R"([{"field":"my_ssn","widget":"text","label_key":"t"}])",
                  R"({"my_ssn":{"type":"string"}})") ==
          "pages[0].items[0].field: \"ssn\": a national identity number is never asked");
    CHECK(
        refusal(
            R"([{"field":"a","widget":"choice","label_key":"t","choices":[{"value":"x","text_key":"u"}]}])",
            R"({"a":{"type":"string"}})", R"(,"u":"Olen raskaana")") ==
        "pages[0].items[0].choices[0].text_key in fi: \"raskaana\" looks like a special category of personal "
        "data; it needs a purpose_key");
    // A line of business is no question about somebody's health.
    CHECK(refusal(
              R"([{"field":"a","widget":"choice","label_key":"t","choices":[{"value":"x","text_key":"u"}]}])",
              R"({"a":{"type":"string"}})", R"(,"u":"Hoito ja terveys")") == "accepted");
}
