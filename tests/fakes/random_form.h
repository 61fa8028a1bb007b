// Forms made at random: pages, groups, every widget, rules that look at earlier fields. For walks and
// fuzzing.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/json/json.h"

namespace vakant {

class RandomForm {
public:
    explicit RandomForm(Random& random) : random_(random) {}

    /// A whole file, of `pages` pages, in Finnish and English.
    Json json(std::size_t pages) {
        Json list = Json::array();
        for (std::size_t p = 0; p < pages; ++p) {
            Json items = Json::array();
            for (std::uint64_t i = random_.number(4) + 1; i > 0; --i)
                items.push(random_.number(6) == 0 ? group() : question(properties_, fields_));
            Json page = Json::object({{"id", "p" + std::to_string(p)}, {"title_key", "t"}, {"items", items}});
            if (p > 0 && random_.number(4) == 0) page.set("visible_if", rule(before_page_));
            before_page_ = fields_;
            list.push(std::move(page));
        }
        const Json texts = Json::object({{"t", "Teksti"}, {"n", "Työ {number}"}});
        return Json::object({{"format", "vakant-form/1"},
                             {"id", "random"},
                             {"version", "1"},
                             {"default_language", "fi"},
                             {"languages", Json::array({"fi", "en"})},
                             {"notice_key", "t"},
                             {"data", Json::object({{"type", "object"}, {"properties", properties_}})},
                             {"pages", std::move(list)},
                             {"consents", Json::array({Json::object({{"purpose", "talent_pool"},
                                                                     {"text_key", "t"},
                                                                     {"retention", "pool-24-months"}})})},
                             {"i18n", Json::object({{"fi", texts}, {"en", texts}})}});
    }

private:
    struct Known {
        std::string id, widget;
    };

    Json question(Json& properties, std::vector<Known>& seen) {
        static constexpr const char* widgets[] = {"text",    "long_text", "number", "date",  "choice",
                                                  "choices", "yes_no",    "name",   "email", "telephone"};
        const std::string id = "f" + std::to_string(++made_);
        const std::string widget = widgets[random_.number(std::size(widgets))];
        Json item = Json::object({{"field", id}, {"widget", widget}, {"label_key", "t"}});
        if (widget == "choice" || widget == "choices") item.set("choices", choices());
        if (random_.number(3) == 0) item.set("need", "required");
        if (random_.number(10) == 0) item.set("need", "hidden");
        if (!seen.empty() && random_.number(2) == 0) item.set("visible_if", rule(seen));
        if (!seen.empty() && random_.number(4) == 0) item.set("required_if", rule(seen));
        const std::string type = widget == "number"    ? "number"
                                 : widget == "choices" ? "array"
                                 : widget == "yes_no"  ? "boolean"
                                                       : "string";
        properties.set(id, Json::object({{"type", type}}));
        seen.push_back({id, widget});
        return item;
    }

    Json group() {
        const std::string id = "g" + std::to_string(++made_);
        Json inside = Json::object(), items = Json::array();
        std::vector<Known> seen = fields_;
        for (std::uint64_t i = random_.number(3) + 1; i > 0; --i)
            items.push(question(inside, seen));
        Json entry = Json::object({{"type", "object"}, {"properties", std::move(inside)}});
        properties_.set(id, Json::object({{"type", "array"}, {"items", std::move(entry)}}));
        Json item = Json::object({{"group", id},
                                  {"label_key", "t"},
                                  {"entry_key", "n"},
                                  {"add_key", "t"},
                                  {"min", random_.number(2)},
                                  {"max", 4},
                                  {"items", std::move(items)}});
        if (!fields_.empty() && random_.number(2) == 0) item.set("visible_if", rule(fields_));
        fields_.push_back({id, "group"});
        return item;
    }

    static Json choices() {
        Json list = Json::array();
        for (const char* value : {"a", "b", "c"})
            list.push(Json::object({{"value", value}, {"text_key", "t"}}));
        return list;
    }

    Json rule(const std::vector<Known>& seen) {
        if (seen.empty()) return true;
        const Known& field = seen[random_.number(seen.size())];
        const Json variable = Json::object({{"var", field.id}});
        switch (random_.number(6)) {
        case 0:
            return Json::object({{"!", Json::array({variable})}});
        case 1:
            return Json::object({{"or", Json::array({rule(seen), rule(seen)})}});
        case 2:
            return Json::object({{"and", Json::array({rule(seen), variable})}});
        default:
            break;
        }
        if (field.widget == "choice") return Json::object({{"==", Json::array({variable, "a"})}});
        if (field.widget == "choices") return Json::object({{"in", Json::array({"b", variable})}});
        if (field.widget == "number") return Json::object({{">", Json::array({variable, 5})}});
        if (field.widget == "group") {
            return Json::object({{">", Json::array({Json::object({{"count", variable}}), 1})}});
        }
        return Json::object({{"!!", Json::array({variable})}});
    }

    Random& random_;
    Json properties_ = Json::object();
    std::vector<Known> fields_, before_page_;
    int made_ = 0;
};

} // namespace vakant
