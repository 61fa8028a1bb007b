// Telling files apart by their beginning. Only for the importers of this folder; others ask seems_to_be().
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

enum class FileKind {
    empty,
    zip,
    pdf,
    gzip,
    utf16,
    image,
    html,
    html_with_postings,
    xml,
    hr_xml,
    csv_own,
    csv_occupations,
    csv,
    plain_text,
    jobtech,
    jobsearch_page,
    nav_feed,
    nav_entry,
    nav_page,
    nav_ad,
    nav_import_api,
    tmt,
    job_posting,
    eures,
    eures_code_lists,
    place_codes,
    occupations,
    own,
    openapi,
    json_schema,
    server_error,
    empty_list,
    broken_json,
    other_json,
};

FileKind kind_of_file(std::string_view text);
/// Of one element of a JSON file; other_json where nothing tells.
FileKind kind_of_json(const Json& value);
std::string_view words_for(FileKind kind);

/// Done where the file is one of these kinds. Broken JSON passes: whoever reads it on names the place.
Outcome expect_kind(std::string_view text, std::string_view wanted, std::initializer_list<FileKind> kinds);

/// Without the byte-order mark.
std::string_view without_mark(std::string_view text);

} // namespace vakant
