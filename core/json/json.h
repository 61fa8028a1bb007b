// The door to JSON: a plain value, read and written as text. The only folder that knows nlohmann_json, and
// only its .cpp does, so that including this header costs nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace vakant {

/// null, boolean, 64-bit integer, double, UTF-8 string, array or object. Objects keep the order of insertion.
class Json {
public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;
    enum class Type { null, boolean, integer, real, string, array, object };

    Json() = default;
    /// Not the variant's own: where its copy throws (no memory), libstdc++ 12 destroys what was never made.
    Json(const Json& other) : Json() { content_ = other.content_; }
    Json(Json&&) noexcept = default;
    Json& operator=(const Json&) = default;
    Json& operator=(Json&&) noexcept = default;
    ~Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value) : content_(value) {}
    Json(int value) : content_(std::int64_t{value}) {}
    Json(unsigned value) : content_(std::int64_t{value}) {}
    Json(std::int64_t value) : content_(value) {}
    Json(std::size_t value) : content_(static_cast<std::int64_t>(value)) {}
    Json(double value) : content_(value) {}
    Json(const char* value) : content_(std::string(value)) {}
    Json(std::string_view value) : content_(std::string(value)) {}
    Json(std::string value) : content_(std::move(value)) {}
    static Json array(Array items = {}) { return Json(Content(std::move(items))); }
    static Json object(std::initializer_list<Member> members = {}) { return Json(Content(Object(members))); }

    Type type() const { return static_cast<Type>(content_.index()); }
    bool is_null() const { return type() == Type::null; }
    bool is_bool() const { return type() == Type::boolean; }
    bool is_integer() const { return type() == Type::integer; }
    bool is_number() const { return type() == Type::integer || type() == Type::real; }
    bool is_string() const { return type() == Type::string; }
    bool is_array() const { return type() == Type::array; }
    bool is_object() const { return type() == Type::object; }

    // What is there, or the other value where the type differs: for data whose shape was not promised.
    bool bool_or(bool other) const;
    std::int64_t integer_or(std::int64_t other) const;
    double number_or(double other) const;
    std::string_view text_or(std::string_view other) const;
    std::string_view text() const { return text_or(""); }

    /// The items of an array; none where this is not an array.
    const Array& items() const;
    /// The members of an object in their order; none where this is not an object.
    const Object& members() const;
    std::size_t size() const; ///< of an array or object

    /// The member, or null where there is none (so that chains read naturally: j["a"]["b"].text()).
    const Json& operator[](std::string_view name) const;
    const Json& operator[](std::size_t index) const;
    const Json* find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name) != nullptr; }

    /// Makes this an object if it is null. Replaces a member of the same name.
    Json& set(std::string_view name, Json value);
    bool erase(std::string_view name);
    /// Makes this an array if it is null.
    Json& push(Json value);

    // Required members, with an error that names the member and what it should be.
    Result<std::string> require_text(std::string_view name) const;
    Result<std::int64_t> require_integer(std::string_view name) const;

    bool operator==(const Json& other) const; ///< objects compare without regard to order; 1 equals 1.0

    /// On one line without spaces. Bytes that are not UTF-8 become U+FFFD.
    std::string to_text() const;
    std::string to_indented_text() const;
    /// On one line, members sorted by name (bytewise): equal values give equal bytes. What is hashed or
    /// signed.
    std::string to_canonical_text() const;

private:
    using Content = std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object>;
    explicit Json(Content content) : content_(std::move(content)) {}
    Content content_;
};

/// One JSON text. Refused with line, column and reason: bytes that are not UTF-8, deeper than 64, trailing
/// text. Where a member's name repeats, the last one counts.
Result<Json> parse_json(std::string_view text);

/// Elements of a JSON array, or lines of NDJSON, one at a time, without holding the whole: for feeds. A
/// truncated end is an error after the elements before it were given out.
class JsonElements {
public:
    /// `text` must outlive this.
    explicit JsonElements(std::string_view text);
    /// The next element; an error ends the reading; no more elements: ok and `more` is false.
    struct Next {
        bool more = false;
        Json element;
        bool skipped = false;        ///< not read, as the caller asked
        std::optional<Error> broken; ///< by next_or_broken() alone: why this element cannot be read
    };
    Result<Next> next();
    /// The same, but an element whose end is clear and whose inside cannot be read (bytes of another
    /// encoding, say) is given out as broken, and the reading goes on behind it.
    Result<Next> next_or_broken();
    /// The same, but an element for whose text `skip` is true is given out unread.
    Result<Next> next_or_broken(const std::function<bool(std::string_view text)>& skip);

private:
    Result<Next> read(bool skip_broken, const std::function<bool(std::string_view)>& skip);
    std::string place_of(std::size_t position);
    std::string_view text_;
    std::size_t position_ = 0, counted_to_ = 0, line_ = 1, line_start_ = 0;
    bool started_ = false;
    bool is_array_ = false;
    bool after_element_ = false;
    bool ended_ = false;
};

} // namespace vakant
