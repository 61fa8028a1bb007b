// Own postings as a table: each row becomes the posting that the JSON file of own postings would hold, and is
// read by the same rules. What those refuse by the path of a member is told by row and column here.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/base/utf8.h"
#include "core/vacancies/csv_table.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import_formats.h"

namespace vakant {
namespace {

enum class Shape { text, body, day, whole, number, yes_no, list };
/// One column: where its value stands in a posting. "texts." is of the row's language.
struct Column {
    std::string_view name, path;
    Shape shape = Shape::text;
};
constexpr std::array<Column, 59> columns{{
    {"id", "id"},
    {"language", "texts.language"},
    {"title", "texts.title"},
    {"summary", "texts.summary"},
    {"description", "texts.body", Shape::body},
    {"duties", "texts.duties", Shape::list},
    {"status", "status"},
    {"published", "published", Shape::day},
    {"expires", "expires", Shape::day},
    {"positions", "positions", Shape::whole},
    {"employer", "employer"},
    {"work_unit", "work_unit"},
    {"organisation_number", "organisation_number"},
    {"client_company", "client_company"},
    {"homepage", "homepage"},
    {"employer_hidden", "employer_hidden", Shape::yes_no},
    {"relation", "relation"},
    {"employment", "employment"},
    {"duration", "duration"},
    {"hours", "hours"},
    {"percent_min", "percent_min", Shape::whole},
    {"percent_max", "percent_max", Shape::whole},
    {"hours_text", "hours_text"},
    {"shifts", "shifts", Shape::list},
    {"remote", "remote"},
    {"own_car", "own_car", Shape::yes_no},
    {"training", "training"},
    {"training_text", "training_text"},
    {"training_needed", "training_needed", Shape::yes_no},
    {"experience_needed", "experience_needed", Shape::yes_no},
    {"licence_needed", "licence_needed", Shape::yes_no},
    {"working_languages", "working_languages", Shape::list},
    {"field", "field"},
    {"start", "start", Shape::day},
    {"deadline", "deadline", Shape::day},
    {"pay_text", "pay.text"},
    {"pay_min", "pay.min", Shape::number},
    {"pay_max", "pay.max", Shape::number},
    {"pay_currency", "pay.currency"},
    {"pay_unit", "pay.unit"},
    {"apply_url", "apply.url"},
    {"apply_email", "apply.email"},
    {"apply_phone", "apply.phone"},
    {"apply_instructions", "apply.instructions"},
    {"apply_reference", "apply.reference"},
    {"country", "places.country"},
    {"region", "places.region"},
    {"region_code", "places.region_code"},
    {"municipality", "places.municipality"},
    {"municipality_code", "places.municipality_code"},
    {"city", "places.city"},
    {"postcode", "places.postcode"},
    {"street", "places.street"},
    {"latitude", "places.latitude", Shape::number},
    {"longitude", "places.longitude", Shape::number},
    {"contact_name", "contacts.name"},
    {"contact_role", "contacts.role"},
    {"contact_phone", "contacts.phone"},
    {"contact_email", "contacts.email"},
}};
/// Columns of several values parted by "|"; each also as "<name>_nice" for what is welcome but not asked.
struct RequirementColumn {
    std::string_view name, kind;
};
constexpr std::array<RequirementColumn, 9> requirement_columns{{{"education", "education"},
                                                                {"experience", "experience"},
                                                                {"skills", "skill"},
                                                                {"people_skills", "people_skill"},
                                                                {"one_of", ""},
                                                                {"languages", "language"},
                                                                {"driving_licences", "driving_licence"},
                                                                {"permits", "permit"},
                                                                {"other_requirements", "other"}}};
constexpr std::string_view occupations_column = "occupations";
constexpr std::string_view nice_ending = "_nice";

const Column* find_column(std::string_view name) {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

const RequirementColumn* find_requirement_column(std::string_view name) {
    if (name.ends_with(nice_ending)) name.remove_suffix(nice_ending.size());
    for (const RequirementColumn& column : requirement_columns) {
        if (column.name == name) return &column;
    }
    return nullptr;
}

std::vector<std::string> values_in(std::string_view field, std::string_view between = "|") {
    std::vector<std::string> values;
    while (!field.empty()) {
        const std::size_t end = std::min(field.find(between), field.size());
        std::string value = one_line(field.substr(0, end));
        if (!value.empty()) values.push_back(std::move(value));
        field.remove_prefix(std::min(end + between.size(), field.size()));
    }
    return values;
}

/// A number as spreadsheets of the north write it: "12,50", "1 500".
Json number_value(std::string_view field) {
    std::string digits;
    for (const char c : one_line(field)) {
        if (c != ' ') digits += c == ',' ? '.' : c;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size();
    return is_number ? Json(number) : Json(field); // a text in its place is refused by name
}

Json value_of(Shape shape, std::string_view field) {
    const std::string line = one_line(field);
    switch (shape) {
    case Shape::text:
        return Json(line);
    case Shape::body:
        return Json(field);
    case Shape::day: {
        const std::string iso = iso_of_written_day(line);
        return Json(iso.empty() ? line : iso);
    }
    case Shape::whole: {
        const auto number = number_value(field).number_or(-1);
        return number >= 0 && number < 1e9 && number == static_cast<double>(static_cast<std::int64_t>(number))
                   ? Json(static_cast<std::int64_t>(number))
                   : Json(line);
    }
    case Shape::number:
        return number_value(field);
    case Shape::yes_no:
        if (line == "yes" || line == "true") return Json(true);
        if (line == "no" || line == "false") return Json(false);
        return Json(line);
    case Shape::list: {
        Json list = Json::array();
        for (const std::string& value : values_in(field))
            list.push(value);
        return list;
    }
    }
    return Json();
}

/// A posting with the rows and columns that its members came from.
struct Posting {
    Json json = Json::object();
    std::size_t row = 0;
    std::map<std::string, std::string, std::less<>> origins; ///< "pay.min" -> "row 2, column pay_min"
    std::string wrong;
    std::vector<std::string> first_fields;
};

std::string origin_of(const CsvRow& row, std::string_view column) {
    return "row " + std::to_string(row.number) + ", column " + std::string(column);
}

void put(Posting& posting, const CsvRow& row, const Column& column, Json value) {
    const std::size_t dot = column.path.find('.');
    if (dot == column.path.npos) {
        posting.json.set(column.path, std::move(value));
        posting.origins[std::string(column.path)] = origin_of(row, column.name);
        return;
    }
    const std::string group(column.path.substr(0, dot));
    const std::string member(column.path.substr(dot + 1));
    const bool is_list = group == "texts" || group == "places" || group == "contacts";
    Json holder = posting.json[group];
    Json inner = is_list ? holder[group == "texts" ? holder.size() - 1 : 0] : holder;
    inner.set(member, std::move(value));
    std::string path = group;
    if (is_list) {
        Json::Array items = holder.items();
        if (items.empty()) items.emplace_back();
        items.back() = std::move(inner);
        path += "[" + std::to_string(items.size() - 1) + "]";
        inner = Json::array(std::move(items));
    }
    posting.json.set(group, std::move(inner));
    posting.origins[path + "." + member] = origin_of(row, column.name);
}

/// Requirements of one column on their way into a posting.
struct RequirementWriter {
    Posting& posting;
    std::string origin;
    std::string_view level;
    Json list;

    /// "Finnish:B1", "Three years in care:P3Y"
    void add(std::string_view kind, const std::string& value, const std::string& alternative) {
        const std::size_t colon = value.rfind(':');
        Json one =
            Json::object({{"kind", kind}, {"level", level}, {"label", one_line(value.substr(0, colon))}});
        if (colon != value.npos) one.set("degree", one_line(value.substr(colon + 1)));
        if (!alternative.empty()) one.set("alternative", alternative);
        const std::string path = "requirements[" + std::to_string(list.size()) + "].";
        for (const char* member : {"kind", "label", "degree", "alternative"})
            posting.origins[path + member] = origin;
        list.push(std::move(one));
    }
    /// "education:Nurse's degree//experience:Three years in care:P3Y": one of them is enough.
    void add_alternatives(const std::string& value) {
        const std::string alternative = std::to_string(list.size() + 1);
        for (const std::string& one : values_in(value, "//")) {
            const std::size_t colon = std::min(one.find(':'), one.size());
            add(one_line(one.substr(0, colon)), one.substr(std::min(colon + 1, one.size())), alternative);
        }
    }
};

void add_requirements(Posting& posting, const CsvRow& row, std::string_view name, std::string_view field) {
    const RequirementColumn* column = find_requirement_column(name);
    RequirementWriter writer{posting, origin_of(row, name), name.ends_with(nice_ending) ? "nice" : "must",
                             posting.json["requirements"].is_array() ? posting.json["requirements"]
                                                                     : Json::array()};
    for (const std::string& value : values_in(field)) {
        if (column->kind.empty()) {
            writer.add_alternatives(value);
        } else {
            writer.add(column->kind, value, "");
        }
    }
    if (writer.list.size() > 0) posting.json.set("requirements", std::move(writer.list));
}

/// "Cleaner", or with its code "ISCO08:9112:Cleaner".
void add_occupations(Posting& posting, std::string_view field) {
    Json list = Json::array();
    for (const std::string& value : values_in(field)) {
        const std::size_t first = value.find(':');
        const std::size_t second = first == value.npos ? first : value.find(':', first + 1);
        Json one = Json::object();
        if (second == value.npos) {
            one.set("label", value);
        } else {
            one.set("scheme", value.substr(0, first));
            one.set("code", value.substr(first + 1, second - first - 1));
            one.set("label", one_line(value.substr(second + 1)));
        }
        list.push(std::move(one));
    }
    if (list.size() > 0) posting.json.set("occupations", std::move(list));
}

class CsvReader {
public:
    CsvReader(std::vector<std::string> header, UtcMs started_at, const ItemSink& sink, Sweep& sweep)
        : header_(std::move(header)), started_at_(started_at), sink_(sink), sweep_(sweep) {}

    Outcome take(const CsvRow& row) {
        const std::string id = field(row, "id");
        const bool goes_on = open_.row != 0 && !id.empty() && id == open_id_;
        if (!goes_on) VAKANT_CHECK(finish());
        if (goes_on) {
            add_language(row);
        } else {
            start(row, id);
        }
        return done();
    }

    /// Gives out the posting that is open.
    Outcome finish() {
        if (open_.row == 0) return done();
        Posting posting = std::move(open_);
        open_ = {};
        ++sweep_.given;
        if (open_id_.empty()) sweep_.unnamed = true;
        const bool twice = !open_id_.empty() && !seen_.insert({open_id_, posting.row}).second;
        if (posting.wrong.empty() && twice) {
            posting.wrong = "row " + std::to_string(posting.row) + ", column id: already in row " +
                            std::to_string(seen_[open_id_]);
        }
        if (!posting.wrong.empty()) {
            ImportedItem item;
            item.index = posting.row - 1;
            item.source_id = open_id_;
            item.reason = std::move(posting.wrong);
            return sink_(std::move(item));
        }
        return read_as_own(posting);
    }

private:
    std::string field(const CsvRow& row, std::string_view name) const {
        for (std::size_t i = 0; i < header_.size() && i < row.fields.size(); ++i) {
            if (header_[i] == name) return one_line(row.fields[i]);
        }
        return "";
    }

    void start(const CsvRow& row, const std::string& id) {
        open_id_ = id;
        open_.row = row.number;
        open_.first_fields = row.fields;
        if (row.fields.size() != header_.size()) {
            open_.wrong = "row " + std::to_string(row.number) + ": " + std::to_string(row.fields.size()) +
                          " fields where the header has " + std::to_string(header_.size());
            return;
        }
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if (trimmed(row.fields[i]).empty()) continue;
            if (const Column* column = find_column(header_[i])) {
                put(open_, row, *column, value_of(column->shape, row.fields[i]));
            } else if (header_[i] == occupations_column) {
                add_occupations(open_, row.fields[i]);
            } else {
                add_requirements(open_, row, header_[i], row.fields[i]);
            }
        }
    }

    /// A further row of the same posting holds its texts in another language; anything else must not differ.
    void add_language(const CsvRow& row) {
        Json texts = open_.json["texts"];
        texts.push(Json::object());
        open_.json.set("texts", std::move(texts));
        for (std::size_t i = 0; i < header_.size() && i < row.fields.size(); ++i) {
            const Column* column = find_column(header_[i]);
            if (trimmed(row.fields[i]).empty()) continue;
            if (column && column->path.starts_with("texts.")) {
                put(open_, row, *column, value_of(column->shape, row.fields[i]));
            } else if (i < open_.first_fields.size() && row.fields[i] != open_.first_fields[i] &&
                       open_.wrong.empty()) {
                open_.wrong = origin_of(row, header_[i]) + ": differs from row " + std::to_string(open_.row);
            }
        }
    }

    Outcome read_as_own(const Posting& posting) {
        const std::string file = Json::object({{"postings", Json::array({posting.json})}}).to_text();
        return import_own(file, started_at_, [&](ImportedItem item) -> Outcome {
            item.index = posting.row - 1;
            if (item.kind == ImportedItem::Kind::refusal) item.reason = in_the_table(posting, item.reason);
            return sink_(std::move(item));
        });
    }

    /// "pay.min: more than max" as "row 2, column pay_min: more than max".
    static std::string in_the_table(const Posting& posting, const std::string& reason) {
        const std::size_t colon = reason.find(": ");
        const std::string path = reason.substr(0, colon);
        const auto origin = posting.origins.find(path);
        const std::string rest = colon == reason.npos ? "" : reason.substr(colon);
        if (origin != posting.origins.end()) return origin->second + rest;
        std::string column = path;
        for (const Column& one : columns) {
            const std::size_t dot = path.rfind('.');
            const bool same_text =
                path.starts_with("texts") && dot != path.npos && one.path == "texts." + path.substr(dot + 1);
            if (one.path == path || same_text) column = one.name;
        }
        if (path == "texts") column = "title";
        return "row " + std::to_string(posting.row) + ", column " + column + rest;
    }

    std::vector<std::string> header_;
    UtcMs started_at_;
    const ItemSink& sink_;
    Sweep& sweep_;
    Posting open_;
    std::string open_id_;
    std::map<std::string, std::size_t> seen_;
};

std::size_t row_that_is_not_utf8(std::string_view text) {
    CsvRows rows(text);
    CsvRow row;
    for (;;) {
        const auto more = rows.next(row);
        if (!more.ok() || !*more) return row.number;
        for (const std::string& field : row.fields) {
            if (!is_valid_utf8(field)) return row.number;
        }
    }
}

Result<std::vector<std::string>> read_header(const CsvRow& row) {
    std::vector<std::string> header;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const std::string name = lowered(one_line(row.fields[i]));
        const std::string where = "row " + std::to_string(row.number) + ", column " + std::to_string(i + 1);
        if (!find_column(name) && !find_requirement_column(name) && name != occupations_column) {
            return invalid_input(where + ": no column is called \"" + name + "\"");
        }
        if (std::find(header.begin(), header.end(), name) != header.end()) {
            return invalid_input(where + ": \"" + name + "\" is there twice");
        }
        header.push_back(name);
    }
    for (const std::string_view needed : {"id", "language", "title", "description"}) {
        if (std::find(header.begin(), header.end(), needed) == header.end()) {
            return invalid_input("row " + std::to_string(row.number) + ": the column \"" +
                                 std::string(needed) + "\" is missing");
        }
    }
    return header;
}

} // namespace

Outcome import_csv(std::string_view text, UtcMs started_at, const ItemSink& sink, Sweep* sweep) {
    VAKANT_CHECK(expect_kind(text, "a table of own postings", {FileKind::csv_own}));
    if (!is_valid_utf8(text)) {
        // Half of the table in odd letters would be worse than none of it.
        return invalid_input("row " + std::to_string(row_that_is_not_utf8(text)) +
                             ": not UTF-8: save the table as \"CSV UTF-8\"");
    }
    Sweep unasked;
    CsvRows rows(text);
    CsvRow row;
    VAKANT_TRY(any, rows.next(row));
    if (!any) return invalid_input("an empty table");
    VAKANT_TRY(header, read_header(row));
    CsvReader reader(std::move(header), started_at, sink, sweep ? *sweep : unasked);
    for (;;) {
        auto more = rows.next(row);
        if (!more.ok() || !*more) {
            VAKANT_CHECK(reader.finish());
            return more.ok() ? done() : Outcome(more.error());
        }
        VAKANT_CHECK(reader.take(row));
    }
}

} // namespace vakant
