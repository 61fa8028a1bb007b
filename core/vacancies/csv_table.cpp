#include "core/vacancies/csv_table.h"

#include <algorithm>

namespace vakant {
namespace {

constexpr std::string_view separator_note = "sep="; // a first line that some spreadsheets write and need

char separator_of(std::string_view line) {
    char best = ',';
    for (const char one : {',', ';', '\t'}) {
        if (std::count(line.begin(), line.end(), one) > std::count(line.begin(), line.end(), best))
            best = one;
    }
    return best;
}

} // namespace

CsvRows::CsvRows(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    const std::string_view first = text_.substr(0, text_.find_first_of("\r\n"));
    if (first.starts_with(separator_note) && first.size() == separator_note.size() + 1) {
        separator_ = first.back();
        text_.remove_prefix(first.size());
        rows_ = 1;
        if (text_.starts_with("\r")) text_.remove_prefix(1);
        if (text_.starts_with("\n")) text_.remove_prefix(1);
    } else {
        separator_ = separator_of(first);
    }
}

bool CsvRows::at_line_end() const {
    return position_ >= text_.size() || text_[position_] == '\n' || text_[position_] == '\r';
}

Outcome CsvRows::read_field(std::string& field) {
    if (position_ >= text_.size() || text_[position_] != '"') {
        while (!at_line_end() && text_[position_] != separator_)
            field += text_[position_++];
        return done();
    }
    ++position_;
    for (;;) {
        if (position_ >= text_.size()) return invalid_input("a quotation mark is never closed");
        if (text_[position_] != '"') {
            field += text_[position_++];
        } else if (text_.substr(position_).starts_with("\"\"")) {
            field += '"';
            position_ += 2;
        } else {
            ++position_;
            break;
        }
    }
    if (!at_line_end() && text_[position_] != separator_)
        return invalid_input("text after a closing quotation mark");
    return done();
}

Result<bool> CsvRows::next(CsvRow& row) {
    while (position_ < text_.size()) {
        row = {++rows_, {}};
        for (;;) {
            std::string field;
            auto read = read_field(field);
            if (!read.ok()) return at("row " + std::to_string(row.number), read.error());
            row.fields.push_back(std::move(field));
            if (at_line_end()) break;
            ++position_; // the separator
        }
        if (text_.substr(position_).starts_with("\r\n")) ++position_;
        ++position_;
        const bool is_empty = std::all_of(row.fields.begin(), row.fields.end(), [](const std::string& one) {
            return one.find_first_not_of(" \t") == one.npos;
        });
        if (!is_empty) return true;
    }
    return false;
}

} // namespace vakant
