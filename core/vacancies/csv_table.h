// A table as spreadsheet programs write it: RFC 4180 with "," ";" or a tab, a byte-order mark, any line ends.
// Only for the readers of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct CsvRow {
    std::size_t number = 0; ///< as a spreadsheet counts: the header is row 1
    std::vector<std::string> fields;
};

/// Gives out rows one at a time; empty ones are passed over.
class CsvRows {
public:
    /// `text` must outlive this. The separator is the one that the first line holds most of.
    explicit CsvRows(std::string_view text);
    /// False at the end. Refused: a quotation mark that is never closed, or one in the middle of a field.
    Result<bool> next(CsvRow& row);

private:
    Outcome read_field(std::string& field);
    bool at_line_end() const;

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t rows_ = 0;
    char separator_ = ',';
};

} // namespace vakant
