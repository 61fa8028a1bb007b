// Reading members of a form file, with the path in every refusal. Only for this folder.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/form.h"

namespace vakant {

std::string item_path(std::string_view list, std::size_t i); ///< "pages[2]"
std::string member_path(const std::string& path, std::string_view name);

/// Refuses members that are not among `known`, by name.
Outcome only_members(const Json& json, const std::string& path,
                     std::initializer_list<std::string_view> known);
/// A text that is not empty.
Result<std::string> text_member(const Json& json, const std::string& path, std::string_view name);
/// "" where there is none.
Result<std::string> optional_text(const Json& json, const std::string& path, std::string_view name);
/// A whole number from `least` to `most`; `otherwise` where there is none.
Result<std::int64_t> whole_member(const Json& json, const std::string& path, std::string_view name,
                                  std::int64_t otherwise, std::int64_t least, std::int64_t most);
/// A rule: known operators, not false by itself. Null where there is none.
Result<Json> rule_member(const Json& json, const std::string& path, std::string_view name);

/// One item of pages[].items: a question or a group. `form` is the whole file.
Result<FormField> item_of(const Json& item, const Json& form, const std::string& path);
bool is_country(std::string_view code); ///< two capital letters

/// The JSON type of a widget's answer; "" for a fact, which may be any.
std::string_view type_of(Widget widget);
std::string_view name_of(Widget widget);

} // namespace vakant
