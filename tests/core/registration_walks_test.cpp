// Random walks through random forms. The rules are followed here a second time, from the start and without
// any graph, so that the incremental engine is held against what the format says.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/base/utf8.h"
#include "core/registration/form_session.h"
#include "core/registration/logic.h"
#include "tests/fakes/random_form.h"

using namespace vakant;

namespace {

using Typed = std::map<std::string, std::string, std::less<>>; ///< what the person typed, by address

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.members())
        keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// The format's rules, followed naively over the file itself.
class Onlooker {
public:
    Onlooker(const Json& file, const FormSession& session, const Typed& typed)
        : file_(file), session_(session), typed_(typed) {}

    /// What is visible and has an answer, as it is sent.
    Json sent() {
        Json answers = Json::object();
        for (const Json& page : file_["pages"].items()) {
            for (const Json& item : page["items"].items()) {
                const std::string name(item[item.contains("group") ? "group" : "field"].text());
                Json value = value_of(name);
                if (!value.is_null() && !(item.contains("group") && value.size() == 0)) {
                    answers.set(name, std::move(value));
                }
            }
        }
        return answers;
    }

private:
    bool holds(const Json& rule, const std::string& group, std::uint32_t entry) {
        if (rule.is_null()) return true;
        Json seen = Json::object();
        for (const std::string& name : names_in_logic(rule)) {
            Json value = is_inside(group, name) ? part_value(group, entry, name) : value_of(name);
            if (!value.is_null()) seen.set(name, std::move(value));
        }
        return is_true(*evaluate_logic(rule, seen));
    }

    const Json& page_of(const std::string& name) const {
        for (const Json& page : file_["pages"].items()) {
            for (const Json& item : page["items"].items()) {
                if (item["field"].text() == name || item["group"].text() == name) return page;
            }
        }
        return file_["none"];
    }

    const Json& item_of(const std::string& name) const {
        for (const Json& item : page_of(name)["items"].items()) {
            if (item["field"].text() == name || item["group"].text() == name) return item;
        }
        return file_["none"];
    }

    bool is_inside(const std::string& group, const std::string& name) const {
        if (group.empty()) return false;
        for (const Json& part : item_of(group)["items"].items()) {
            if (part["field"].text() == name) return true;
        }
        return false;
    }

    bool shows(const std::string& name) {
        const Json& item = item_of(name);
        return item["need"].text() != "hidden" && holds(page_of(name)["visible_if"], "", 0) &&
               holds(item["visible_if"], "", 0);
    }

    Json answer_at(const Json& item, const std::string& address) const {
        const auto found = typed_.find(address);
        if (found == typed_.end() || trimmed(found->second).empty()) return Json();
        const std::string& text = found->second;
        if (item["widget"].text() == "yes_no") return text == "true";
        if (item["widget"].text() == "number") return text == "7" ? Json(7) : Json(2);
        if (item["widget"].text() == "date" && text == "3.11.2026") return "2026-11-03";
        if (item["widget"].text() != "choices") return text;
        Json list = Json::array();
        for (const char value : text) {
            if (value != '\n') list.push(std::string(1, value));
        }
        return list;
    }

    Json part_value(const std::string& group, std::uint32_t entry, const std::string& name) {
        for (const Json& part : item_of(group)["items"].items()) {
            if (part["field"].text() != name) continue;
            const bool shown =
                shows(group) && part["need"].text() != "hidden" && holds(part["visible_if"], group, entry);
            return shown ? answer_at(part, address_in(group, entry, name)) : Json();
        }
        return Json();
    }

    Json value_of(const std::string& name) {
        const Json& item = item_of(name);
        if (!shows(name)) return Json();
        if (!item.contains("group")) return answer_at(item, name);
        Json list = Json::array();
        const auto& entries = session_.entries(name);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            Json entry = Json::object();
            for (const Json& part : item["items"].items()) {
                Json value = part_value(name, entries[i], std::string(part["field"].text()));
                if (!value.is_null()) entry.set(part["field"].text(), std::move(value));
            }
            if (entry.size() > 0) list.push(std::move(entry));
        }
        return list;
    }

    const Json& file_;
    const FormSession& session_;
    const Typed& typed_;
};

/// One person: chooses, types, goes back and forth, switches the language, adds and removes entries.
class Person {
public:
    Person(FormSession& session, Random& random) : session_(session), random_(random) {}

    void act() {
        const FormPage& page = session_.form().pages[random_.number(session_.form().pages.size())];
        const FormField& item = page.fields[random_.number(page.fields.size())];
        switch (random_.number(8)) {
        case 0: // looks at another page, with its problems, in another language
            (void)session_.problems_on(page);
            for (const FormField& field : page.fields)
                (void)session_.answer_for(field.id, random_.number(2) == 0 ? "fi" : "en");
            return;
        case 1:
            if (item.is_group()) return change_entries(item);
            [[fallthrough]];
        default:
            answer(item);
        }
    }

    Typed typed;

private:
    void change_entries(const FormField& group) {
        if (random_.number(3) > 0) {
            (void)session_.add_entry(group.id);
            return;
        }
        const auto& entries = session_.entries(group.id);
        if (entries.empty()) return;
        const std::uint32_t entry = entries[random_.number(entries.size())];
        if (!session_.remove_entry(group.id, entry)) return;
        const std::string prefix = group.id + "." + std::to_string(entry) + ".";
        std::erase_if(typed, [&](const auto& pair) { return pair.first.starts_with(prefix); });
    }

    void answer(const FormField& item) {
        if (!item.is_group()) return write(item, item.id);
        const auto& entries = session_.entries(item.id);
        if (entries.empty()) return;
        const FormField& part = item.fields[random_.number(item.fields.size())];
        write(part, address_in(item.id, entries[random_.number(entries.size())], part.id));
    }

    void write(const FormField& field, const std::string& address) {
        const bool first = random_.number(2) == 0;
        std::string value;
        switch (field.widget) {
        case Widget::yes_no:
            value = first ? "true" : "false";
            break;
        case Widget::number:
            value = first ? "7" : "2";
            break;
        case Widget::choice:
            value = first ? "a" : "b";
            break;
        case Widget::choices:
            value = first ? "a\nb" : "c";
            break;
        case Widget::date:
            value = first ? "3.11.2026" : "no date";
            break;
        default:
            value = first ? "kanarialintu" : "ليلى " + std::to_string(random_.number(100));
        }
        if (random_.number(5) == 0) value.clear();
        typed[address] = value;
        session_.set_answer(address, value);
    }

    FormSession& session_;
    Random& random_;
};

std::vector<std::string> shown_in_review(const FormSession& session) {
    std::vector<std::string> shown;
    const Json answers = session.answers();
    for (const FormPage& page : session.form().pages) {
        if (!session.is_visible(page)) continue;
        for (const FormField& field : page.fields) {
            const bool answered =
                field.is_group() ? answers[field.id].size() > 0 : !trimmed(session.answer(field.id)).empty();
            if (session.is_visible(field) && answered) shown.push_back(field.id);
        }
    }
    std::sort(shown.begin(), shown.end());
    return shown;
}

void check_end(const Json& file, FormSession& session, const Typed& typed) {
    for (const auto& [address, text] : typed) {
        INFO(address);
        REQUIRE(session.answer(address) == text);
    }
    const Json answers = session.answers();
    REQUIRE(answers == Onlooker(file, session, typed).sent());
    REQUIRE(shown_in_review(session) == keys_of(answers));
    const bool fine = session.problems().empty();
    const auto sent = session.submission("fi", "", "");
    REQUIRE(sent.ok() == fine);
    if (fine) {
        REQUIRE((*sent)["answers"] == answers);
        REQUIRE(problems_of(session.form(), answers).empty());
    }
    SecretArena other_arena(1u << 16);
    FormSession later(session.form(), other_arena);
    const auto left_out = later.resume(session.draft());
    REQUIRE(left_out.ok());
    REQUIRE(left_out->empty());
    REQUIRE(later.answers() == answers);
}

} // namespace

TEST_CASE(
    "on random walks nothing hidden is sent, review equals sent, nothing typed is lost, nothing remains") {
    const char* asked = std::getenv("VAKANT_FORM_WALKS");
    const int walks = asked != nullptr ? std::atoi(asked) : 2000;
    constexpr int walks_a_form = 25, steps = 24;
    std::size_t sent = 0;
    for (int walk = 0; walk < walks; walk += walks_a_form) {
        SeededRandom random(20261125u + static_cast<unsigned>(walk));
        const Json file = RandomForm(random).json(random.number(4) + 1);
        const auto form = FormDefinition::from_json(file);
        INFO("seed of the form: walk " << walk << " " << (form.ok() ? "" : form.error().detail));
        REQUIRE(form.ok());
        SecretArena arena(1u << 17);
        const std::size_t empty = arena.used();
        FormSession session(*form, arena);
        for (int repeat = 0; repeat < walks_a_form; ++repeat) {
            INFO("repeat " << repeat);
            Person person(session, random);
            for (int step = 0; step < steps; ++step)
                person.act();
            check_end(file, session, person.typed);
            sent += session.problems().empty() ? 1 : 0;
            session.wipe();
            REQUIRE(arena.used() == empty);
            for (const auto& [address, text] : person.typed)
                REQUIRE(session.answer(address).empty());
            REQUIRE(session.draft()["answers"].size() == 0);
        }
    }
    CHECK(sent > static_cast<std::size_t>(walks) / 20); // the walks do reach complete forms
    std::printf("random walks: %d, %zu of them complete\n", walks, sent);
}
