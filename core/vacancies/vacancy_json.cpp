// The canonical JSON of a vacancy. Each member is named once, in the fields_of functions, which both the
// writer and the reader follow. Empty texts, empty lists and unknown values are left out.
#include <limits>

#include "core/vacancies/vacancy.h"
#include "core/vacancies/vacancy_names.h"

namespace vakant {
namespace {

template <typename Fields>
void fields_of(Fields& f, VacancyText& text) {
    f.text("language", text.language);
    f.text("title", text.title);
    f.text("summary", text.summary);
    f.text("body_html", text.body_html);
    f.text("body_plain", text.body_plain);
    f.texts("duties", text.duties);
    f.text("likely_language", text.likely_language);
}

template <typename Fields>
void fields_of(Fields& f, Place& place) {
    f.text("country", place.country);
    f.text("region", place.region);
    f.text("region_code", place.region_code);
    f.text("municipality", place.municipality);
    f.text("municipality_code", place.municipality_code);
    f.text("city", place.city);
    f.text("postcode", place.postcode);
    f.text("street", place.street);
    f.real("latitude", place.latitude);
    f.real("longitude", place.longitude);
    f.text("raw", place.raw);
}

template <typename Fields>
void fields_of(Fields& f, Requirement& requirement) {
    f.word("kind", requirement.kind);
    f.word("level", requirement.level);
    f.text("scheme", requirement.scheme);
    f.text("code", requirement.code);
    f.text("label", requirement.label);
    f.text("degree", requirement.degree);
    f.text("raw", requirement.raw);
    f.text("alternative", requirement.alternative);
}

template <typename Fields>
void fields_of(Fields& f, Publication& publication) {
    f.text("source", publication.source);
    f.text("source_id", publication.source_id);
    f.text("url", publication.url);
}

template <typename Fields>
void fields_of(Fields& f, Occupation& occupation) {
    f.text("scheme", occupation.scheme);
    f.text("code", occupation.code);
    f.text("label", occupation.label);
}

template <typename Fields>
void fields_of(Fields& f, Contact& contact) {
    f.text("name", contact.name);
    f.text("role", contact.role);
    f.text("phone", contact.phone);
    f.text("email", contact.email);
}

template <typename Fields>
void terms_of(Fields& f, Vacancy& v) {
    f.text("employer", v.employer);
    f.text("work_unit", v.work_unit);
    f.text("organisation_number", v.organisation_number);
    f.text("client_company", v.client_company);
    f.text("homepage", v.homepage);
    f.flag("employer_hidden", v.employer_hidden);
    f.word("relation", v.relation);
    f.word("employment", v.employment);
    f.text("employment_raw", v.employment_raw);
    f.text("duration_text", v.duration_text);
    f.word("hours", v.hours);
    f.integer("percent_min", v.percent_min);
    f.integer("percent_max", v.percent_max);
    f.text("hours_raw", v.hours_raw);
    f.texts("shifts", v.shifts);
    f.word("start", v.start);
    f.integer("start_date", v.start_date);
    f.text("start_raw", v.start_raw);
    f.text("salary_text", v.salary_text);
    f.real("salary_min", v.salary_min);
    f.real("salary_max", v.salary_max);
    f.text("salary_currency", v.salary_currency);
    f.text("salary_unit", v.salary_unit);
    f.word("deadline", v.deadline);
    f.integer("deadline_at", v.deadline_at);
    f.text("deadline_raw", v.deadline_raw);
    f.word("remote", v.remote);
    f.boolean("own_car", v.own_car);
    f.word("training", v.training);
    f.text("training_text", v.training_text);
    f.boolean("training_needed", v.training_needed);
    f.boolean("experience_needed", v.experience_needed);
    f.boolean("licence_needed", v.licence_needed);
    f.texts("working_languages", v.working_languages);
    f.text("field", v.field);
}

template <typename Fields>
void fields_of(Fields& f, Vacancy& v) {
    f.text("id", v.id);
    f.text("agency", v.agency);
    f.text("source", v.source);
    f.text("source_id", v.source_id);
    f.text("revision", v.revision);
    f.text("content_hash", v.content_hash);
    f.word("status", v.status);
    f.integer("published_at", v.published_at);
    f.integer("updated_at", v.updated_at);
    f.integer("expires_at", v.expires_at);
    f.integer("last_confirmed_at", v.last_confirmed_at);
    f.integer("positions", v.positions);
    terms_of(f, v);
    f.text("apply_url", v.apply_url);
    f.text("apply_email", v.apply_email);
    f.text("apply_phone", v.apply_phone);
    f.text("apply_instructions", v.apply_instructions);
    f.text("apply_reference", v.apply_reference);
    f.text("source_url", v.source_url);
    f.flag("apply_at_kiosk", v.apply_at_kiosk);
    f.list("texts", v.texts);
    f.list("places", v.places);
    f.list("requirements", v.requirements);
    f.list("occupations", v.occupations);
    f.list("contacts", v.contacts);
    f.list("also_at", v.also_at);
}

class FieldWriter {
public:
    Json json = Json::object();

    void text(std::string_view name, const std::string& value) {
        if (!value.empty()) json.set(name, value);
    }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        if (values.empty()) return;
        Json list = Json::array();
        for (const std::string& value : values)
            list.push(value);
        json.set(name, std::move(list));
    }
    template <typename T>
    void integer(std::string_view name, const std::optional<T>& value) {
        if (value) json.set(name, static_cast<std::int64_t>(*value));
    }
    void real(std::string_view name, const std::optional<double>& value) {
        if (value) json.set(name, *value);
    }
    void boolean(std::string_view name, const std::optional<bool>& value) {
        if (value) json.set(name, *value);
    }
    void flag(std::string_view name, bool value) {
        if (value) json.set(name, true);
    }
    template <typename E>
    void word(std::string_view name, E value) {
        const std::string_view written = name_in_json(value);
        if (written != "unknown") json.set(name, written);
    }
    template <typename T>
    void list(std::string_view name, std::vector<T>& values) {
        if (values.empty()) return;
        Json array = Json::array();
        for (T& value : values) {
            FieldWriter inner;
            fields_of(inner, value);
            array.push(std::move(inner.json));
        }
        json.set(name, std::move(array));
    }
};

/// Reads what is there; the first member of a wrong type is named in `wrong`.
class FieldReader {
public:
    FieldReader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}
    std::string wrong;

    void text(std::string_view name, std::string& value) {
        if (const Json* found = present(name)) {
            if (!found->is_string()) return refuse(name, "a text");
            value = found->text();
        }
    }
    void texts(std::string_view name, std::vector<std::string>& values) {
        const Json* found = present(name);
        if (!found) return;
        if (!found->is_array()) return refuse(name, "a list of texts");
        for (const Json& item : found->items()) {
            if (!item.is_string()) return refuse(name, "a list of texts");
            values.emplace_back(item.text());
        }
    }
    template <typename T>
    void integer(std::string_view name, std::optional<T>& value) {
        if (const Json* found = present(name)) {
            const std::int64_t number = found->integer_or(0);
            if (!found->is_integer() || number < std::numeric_limits<T>::min() ||
                number > std::numeric_limits<T>::max()) {
                return refuse(name, "a whole number");
            }
            value = static_cast<T>(number);
        }
    }
    void real(std::string_view name, std::optional<double>& value) {
        if (const Json* found = present(name)) {
            if (!found->is_number()) return refuse(name, "a number");
            value = found->number_or(0);
        }
    }
    void boolean(std::string_view name, std::optional<bool>& value) {
        if (const Json* found = present(name)) {
            if (!found->is_bool()) return refuse(name, "true or false");
            value = found->bool_or(false);
        }
    }
    void flag(std::string_view name, bool& value) {
        std::optional<bool> read;
        boolean(name, read);
        value = read.value_or(false);
    }
    /// A word that a later version may have brought is left at its default, never guessed.
    template <typename E>
    void word(std::string_view name, E& value) {
        if (const Json* found = present(name)) {
            if (!found->is_string()) return refuse(name, "a text");
            value = find_by_name<E>(found->text()).value_or(value);
        }
    }
    template <typename T>
    void list(std::string_view name, std::vector<T>& values) {
        const Json* found = present(name);
        if (!found) return;
        if (!found->is_array()) return refuse(name, "a list");
        for (std::size_t i = 0; i < found->size(); ++i) {
            const std::string place = where_ + std::string(name) + "[" + std::to_string(i) + "]";
            if (!(*found)[i].is_object())
                return refuse(std::string(name) + "[" + std::to_string(i) + "]", "an object");
            FieldReader inner((*found)[i], place + ".");
            fields_of(inner, values.emplace_back());
            if (wrong.empty()) wrong = inner.wrong;
        }
    }

private:
    const Json* present(std::string_view name) const {
        const Json* found = json_.find(name);
        return found && !found->is_null() ? found : nullptr;
    }
    void refuse(std::string_view name, std::string_view expected) {
        if (wrong.empty()) wrong = where_ + std::string(name) + ": must be " + std::string(expected);
    }
    const Json& json_;
    std::string where_;
};

} // namespace

Json to_json(const Vacancy& vacancy) {
    FieldWriter writer;
    Vacancy copy = vacancy; // fields_of serves the reader too, so it wants something that can be written to
    fields_of(writer, copy);
    return std::move(writer.json);
}

Result<Vacancy> vacancy_from_json(const Json& json) {
    if (!json.is_object()) return invalid_input("a vacancy is not an object");
    FieldReader reader(json, "");
    Vacancy vacancy;
    fields_of(reader, vacancy);
    if (!reader.wrong.empty()) return invalid_input(reader.wrong);
    if (vacancy.id.empty()) return invalid_input("id: missing");
    if (vacancy.agency.empty()) return invalid_input("agency: missing");
    if (vacancy.source.empty()) return invalid_input("source: missing");
    if (vacancy.source_id.empty()) return invalid_input("source_id: missing");
    if (vacancy.texts.empty()) return invalid_input("texts: missing");
    for (std::size_t i = 0; i < vacancy.texts.size(); ++i) {
        if (vacancy.texts[i].title.empty())
            return invalid_input("texts[" + std::to_string(i) + "].title: missing");
    }
    return vacancy;
}

} // namespace vakant
