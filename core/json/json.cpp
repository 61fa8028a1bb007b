#include "core/json/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/utf8.h"

namespace vakant {
namespace {

constexpr std::size_t deepest = 64;
const Json null_value;
const Json::Array no_items;
const Json::Object no_members;

/// Builds our value from nlohmann's events, so that no second tree is made.
class Builder {
public:
    using json = nlohmann::json;

    bool null() { return put(Json()); }
    bool boolean(bool value) { return put(Json(value)); }
    bool number_integer(std::int64_t value) { return put(Json(value)); }
    bool number_unsigned(std::uint64_t value) {
        return put(value <= INT64_MAX ? Json(static_cast<std::int64_t>(value))
                                      : Json(static_cast<double>(value)));
    }
    bool number_float(double value, const std::string&) { return put(Json(value)); }
    bool string(std::string& value) { return put(Json(std::move(value))); }
    bool binary(json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool key(std::string& name) {
        names_.back() = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& exception) {
        position_ = position;
        reason_ = exception.what();
        return false;
    }

    Json take() { return std::move(root_); }
    std::size_t position() const { return position_; }
    const std::string& reason() const { return reason_; }

private:
    bool put(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_array()) {
            open_.back().push(std::move(value));
        } else {
            open_.back().set(names_.back(), std::move(value));
        }
        return true;
    }
    bool open(Json value) {
        if (open_.size() >= deepest) {
            reason_ = "nested deeper than 64";
            return false;
        }
        open_.push_back(std::move(value));
        names_.emplace_back();
        return true;
    }
    bool close() {
        Json value = std::move(open_.back());
        open_.pop_back();
        names_.pop_back();
        return put(std::move(value));
    }

    Json root_;
    std::vector<Json> open_;
    std::vector<std::string> names_;
    std::size_t position_ = 0;
    std::string reason_;
};

std::string where(std::string_view text, std::size_t position) {
    position = std::min(position, text.size());
    const std::string_view before = text.substr(0, position);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(position - start + 1);
}

/// nlohmann's message without its own position, which counts otherwise.
std::string reason_in(const std::string& message) {
    const std::size_t colon = message.find(": ");
    const std::string reason = colon == message.npos ? message : message.substr(colon + 2);
    return reason.substr(0, reason.find("; last read")); // what was read may be somebody's name
}

/// How many of the first bytes stand in JSON as they are.
std::size_t plain_at_the_front(std::string_view text) {
    const auto end = std::ranges::find_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\';
    });
    return static_cast<std::size_t>(end - text.begin());
}

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t plain = plain_at_the_front(text.substr(at)); plain > 0) {
            out.append(text, at, plain);
            at += plain;
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80) {
            append_utf8(out, next_code_point(text, at));
            continue;
        }
        ++at;
        static constexpr char digits[] = "0123456789abcdef";
        switch (byte) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    out += '"';
}

struct Layout {
    bool indented = false;
    bool sorted = false;
};

void write(std::string& out, const Json& value, Layout layout, std::size_t depth);

void new_line(std::string& out, Layout layout, std::size_t depth) {
    if (layout.indented) out.append("\n").append(depth * 2, ' ');
}

void write_object(std::string& out, const Json& value, Layout layout, std::size_t depth) {
    std::vector<const Json::Member*> members;
    for (const Json::Member& member : value.members())
        members.push_back(&member);
    if (layout.sorted) {
        std::sort(members.begin(), members.end(),
                  [](const auto* a, const auto* b) { return a->first < b->first; });
    }
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i > 0) out += ',';
        new_line(out, layout, depth + 1);
        write_string(out, members[i]->first);
        out += layout.indented ? ": " : ":";
        write(out, members[i]->second, layout, depth + 1);
    }
    if (!members.empty()) new_line(out, layout, depth);
    out += '}';
}

void write(std::string& out, const Json& value, Layout layout, std::size_t depth) {
    switch (value.type()) {
    case Json::Type::null:
        out += "null";
        break;
    case Json::Type::boolean:
        out += value.bool_or(false) ? "true" : "false";
        break;
    case Json::Type::integer:
        out += std::to_string(value.integer_or(0));
        break;
    case Json::Type::real:
        out += nlohmann::json(value.number_or(0)).dump();
        break;
    case Json::Type::string:
        write_string(out, value.text());
        break;
    case Json::Type::array:
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out += ',';
            new_line(out, layout, depth + 1);
            write(out, value[i], layout, depth + 1);
        }
        if (value.size() > 0) new_line(out, layout, depth);
        out += ']';
        break;
    case Json::Type::object:
        write_object(out, value, layout, depth);
        break;
    }
}

std::string written(const Json& value, Layout layout) {
    std::string out;
    write(out, value, layout, 0);
    return out;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The end of the JSON value that starts at `start`: brackets are counted, strings are passed over. npos: cut
/// off.
std::size_t end_of_element(std::string_view text, std::size_t start) {
    std::size_t depth = 0;
    for (std::size_t i = start; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i) {
                if (text[i] == '\\') ++i;
            }
            if (i >= text.size()) return text.npos;
            if (depth == 0) return i + 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth == 0) return i;
            if (--depth == 0) return i + 1;
        } else if (depth == 0 && (c == ',' || is_blank(c))) {
            return i;
        }
    }
    return depth == 0 ? text.size() : text.npos;
}

} // namespace

bool Json::bool_or(bool other) const {
    return is_bool() ? std::get<bool>(content_) : other;
}

std::int64_t Json::integer_or(std::int64_t other) const {
    return is_integer() ? std::get<std::int64_t>(content_) : other;
}

double Json::number_or(double other) const {
    if (is_integer()) return static_cast<double>(std::get<std::int64_t>(content_));
    return type() == Type::real ? std::get<double>(content_) : other;
}

std::string_view Json::text_or(std::string_view other) const {
    return is_string() ? std::string_view(std::get<std::string>(content_)) : other;
}

const Json::Array& Json::items() const {
    return is_array() ? std::get<Array>(content_) : no_items;
}

const Json::Object& Json::members() const {
    return is_object() ? std::get<Object>(content_) : no_members;
}

std::size_t Json::size() const {
    return is_array() ? items().size() : members().size();
}

const Json* Json::find(std::string_view name) const {
    for (const Member& member : members()) {
        if (member.first == name) return &member.second;
    }
    return nullptr;
}

const Json& Json::operator[](std::string_view name) const {
    const Json* found = find(name);
    return found ? *found : null_value;
}

const Json& Json::operator[](std::size_t index) const {
    return index < items().size() ? items()[index] : null_value;
}

Json& Json::set(std::string_view name, Json value) {
    if (!is_object()) content_ = Object();
    auto& all = std::get<Object>(content_);
    for (Member& member : all) {
        if (member.first == name) {
            member.second = std::move(value);
            return *this;
        }
    }
    all.emplace_back(std::string(name), std::move(value));
    return *this;
}

bool Json::erase(std::string_view name) {
    return is_object() &&
           std::erase_if(std::get<Object>(content_), [&](const Member& m) { return m.first == name; }) > 0;
}

Json& Json::push(Json value) {
    if (!is_array()) content_ = Array();
    std::get<Array>(content_).push_back(std::move(value));
    return *this;
}

Result<std::string> Json::require_text(std::string_view name) const {
    const Json* found = find(name);
    if (!found) return invalid_input("\"" + std::string(name) + "\" is missing");
    if (!found->is_string()) return invalid_input("\"" + std::string(name) + "\" must be a text");
    return std::string(found->text());
}

Result<std::int64_t> Json::require_integer(std::string_view name) const {
    const Json* found = find(name);
    if (!found) return invalid_input("\"" + std::string(name) + "\" is missing");
    if (!found->is_integer()) return invalid_input("\"" + std::string(name) + "\" must be a whole number");
    return found->integer_or(0);
}

bool Json::operator==(const Json& other) const {
    if (is_number() && other.is_number()) {
        if (is_integer() && other.is_integer()) return integer_or(0) == other.integer_or(0);
        return number_or(0) == other.number_or(0);
    }
    if (type() != other.type()) return false;
    if (is_object()) {
        return size() == other.size() &&
               std::all_of(members().begin(), members().end(), [&](const Member& member) {
                   const Json* found = other.find(member.first);
                   return found && *found == member.second;
               });
    }
    return content_ == other.content_;
}

std::string Json::to_text() const {
    return written(*this, {});
}
std::string Json::to_indented_text() const {
    return written(*this, {.indented = true});
}
std::string Json::to_canonical_text() const {
    return written(*this, {.sorted = true});
}

Result<Json> parse_json(std::string_view text) {
    Builder builder;
    try {
        const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
        if (whole) return builder.take();
    } catch (const std::exception& exception) {
        return invalid_input(std::string("not JSON: ") + exception.what());
    }
    return invalid_input("not JSON: " + where(text, builder.position() > 0 ? builder.position() - 1 : 0) +
                         ": " + reason_in(builder.reason()));
}

JsonElements::JsonElements(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

Result<JsonElements::Next> JsonElements::next() {
    return read(false, {});
}
Result<JsonElements::Next> JsonElements::next_or_broken() {
    return read(true, {});
}
Result<JsonElements::Next> JsonElements::next_or_broken(const std::function<bool(std::string_view)>& skip) {
    return read(true, skip);
}

/// As where(), but a file full of broken elements is counted through once, not once for each.
std::string JsonElements::place_of(std::size_t position) {
    for (std::size_t at = text_.find('\n', counted_to_); at < position; at = text_.find('\n', at + 1)) {
        ++line_;
        line_start_ = at + 1;
    }
    counted_to_ = position;
    return "line " + std::to_string(line_) + ", column " + std::to_string(position - line_start_ + 1);
}

Result<JsonElements::Next> JsonElements::read(bool skip_broken,
                                              const std::function<bool(std::string_view)>& skip) {
    const auto skip_blanks = [this] {
        while (position_ < text_.size() && is_blank(text_[position_]))
            ++position_;
    };
    const auto fail = [this](std::string_view reason) {
        ended_ = true;
        return invalid_input(where(text_, position_) + ": " + std::string(reason));
    };
    if (ended_) return Next{};
    skip_blanks();
    if (!started_) {
        started_ = true;
        is_array_ = position_ < text_.size() && text_[position_] == '[';
        if (is_array_) ++position_;
        skip_blanks();
    }
    if (is_array_ && position_ < text_.size() && text_[position_] == ']') {
        ++position_;
        skip_blanks();
        if (position_ != text_.size()) return fail("text after the end of the array");
        ended_ = true;
        return Next{};
    }
    if (is_array_ && after_element_) {
        if (position_ >= text_.size()) return fail("the array is cut off before its closing bracket");
        if (text_[position_] != ',') return fail("a comma or closing bracket was expected");
        ++position_;
        skip_blanks();
    }
    if (position_ >= text_.size()) {
        if (is_array_) return fail("the array is cut off before its closing bracket");
        ended_ = true;
        return Next{};
    }
    const std::size_t end = end_of_element(text_, position_);
    if (end == text_.npos) return fail("cut off in the middle of an element");
    const std::string_view text = text_.substr(position_, end - position_);
    const std::size_t begin = position_;
    position_ = std::max(end, position_ + 1);
    after_element_ = true;
    if (skip && skip(text)) return Next{true, {}, true, std::nullopt};
    auto element = parse_json(text);
    if (!element.ok()) {
        Error broken = at(place_of(begin), element.error());
        if (skip_broken) return Next{true, {}, false, std::move(broken)};
        ended_ = true;
        return broken;
    }
    return Next{true, std::move(element).value(), false, std::nullopt};
}

} // namespace vakant
