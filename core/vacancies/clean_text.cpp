// Reads whatever markup a feed brings, tolerantly, into paragraphs, headings and list items, and writes those
// out anew: what comes out is well formed and holds only the allowed elements, whatever went in.
#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import.h"
#include "core/xml/html.h"

namespace vakant {
namespace {

constexpr std::array<std::string_view, 19> block_tags{
    "p",  "br", "ul",    "ol", "li", "div", "h1",  "h2",      "h3",        "h4",
    "h5", "h6", "table", "tr", "td", "hr",  "pre", "section", "blockquote"};
constexpr std::array<std::string_view, 19> inline_tags{
    "strong", "b",   "em",   "i",    "u",    "a",    "span", "font",  "sup",   "sub",
    "small",  "img", "body", "html", "head", "code", "mark", "style", "script"};
/// What they hold is no text for a reader.
constexpr std::array<std::string_view, 8> skipped_tags{"script", "style",  "head",     "iframe",
                                                       "object", "select", "textarea", "svg"};

template <std::size_t n>
bool is_in(const std::array<std::string_view, n>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

struct Run {
    std::string text; ///< '\n' is a line break
    bool strong = false;
    bool em = false;
};
enum class BlockKind { paragraph, heading, item };
struct Block {
    BlockKind kind = BlockKind::paragraph;
    int list = 0; ///< items with the same number belong together
    bool ordered = false;
    std::vector<Run> runs;
};

struct Tag {
    std::string name; ///< lower case; empty: this "<" starts no tag
    bool closing = false;
    std::size_t end = 0; ///< behind it
};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The tag that starts at `text[at] == '<'`. Quoted attribute values may hold ">".
Tag tag_at(std::string_view text, std::size_t at) {
    Tag tag;
    std::size_t i = at + 1;
    if (i < text.size() && text[i] == '/') {
        tag.closing = true;
        ++i;
    }
    while (i < text.size() &&
           (is_letter(text[i]) || (!tag.name.empty() && text[i] >= '0' && text[i] <= '9'))) {
        tag.name += lower(text[i++]);
    }
    if (tag.name.empty()) return tag;
    constexpr std::size_t longest_tag = 4096; // so that many unclosed ones cost no more than their length
    text = text.substr(0, std::min(text.size(), at + longest_tag));
    char quote = 0;
    for (; i < text.size(); ++i) {
        if (quote) {
            if (text[i] == quote) quote = 0;
        } else if (text[i] == '"' || text[i] == '\'') {
            quote = text[i];
        } else if (text[i] == '>') {
            tag.end = i + 1;
            return tag;
        }
    }
    // Never closed, perhaps by a stray quote: up to the first ">", or no tag at all.
    const std::size_t close = text.find('>', at);
    if (close == text.npos) tag.name.clear();
    tag.end = close + 1;
    return tag;
}

struct Markup {
    bool any = false;
    bool blocks = false; ///< paragraphs or line breaks: then the source's own line ends mean nothing
};

Markup markup_of(std::string_view text) {
    Markup found;
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
        const Tag tag = tag_at(text, at);
        found.blocks = found.blocks || is_in(block_tags, tag.name);
        found.any = found.any || found.blocks || is_in(inline_tags, tag.name);
        if (found.blocks) break;
    }
    return found;
}

/// The source with every "<" escaped that starts no tag: a parser would swallow the words behind it.
std::string with_lone_brackets_escaped(std::string_view text) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t next = text.find('<'); next != text.npos; next = text.find('<', next + 1)) {
        const std::string_view rest = text.substr(next + 1);
        if (rest.starts_with("!") || rest.starts_with("?") || !tag_at(text, next).name.empty()) continue;
        out.append(text, at, next - at).append("&lt;");
        at = next + 1;
    }
    return out.append(text, at);
}

/// What is left of markup that no parser should be asked to read: the words between the tags.
std::string without_tags(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('<', at), text.size());
        out.append(text, at, open - at);
        const Tag tag = open < text.size() ? tag_at(text, open) : Tag{};
        if (tag.name.empty() && open < text.size()) out += '<';
        if (!tag.name.empty()) out += '\n';
        at = tag.name.empty() ? open + 1 : tag.end;
    }
    return out;
}

/// Gathers runs into blocks. `lines_count`: line ends in the text mean something.
class BlockReader {
public:
    explicit BlockReader(bool lines_count) : lines_count_(lines_count) {}

    std::vector<Block> read_plain(std::string_view text) {
        add_text(text);
        close_block();
        return std::move(blocks_);
    }
    std::vector<Block> read_tree(const HtmlNode& root) {
        take(root);
        close_block();
        return std::move(blocks_);
    }

private:
    /// The nesting of a tree is bounded by parse_html.
    void take(const HtmlNode& node) {
        if (node.is_text()) return add_text(plain_characters(node.text));
        if (is_in(skipped_tags, node.name)) return;
        enter(node.name);
        for (const HtmlNode& child : node.children)
            take(child);
        leave(node.name);
    }

    void enter(std::string_view name) {
        if (name == "br") {
            add_break();
        } else if (is_strong(name)) {
            ++strong_;
        } else if (is_em(name)) {
            ++em_;
        } else if (name == "ul" || name == "ol") {
            close_block();
            list_of_.push_back({++lists_, name == "ol"});
        } else if (name == "li") {
            close_block();
            open_.kind = BlockKind::item;
        } else if (is_heading(name)) {
            close_block();
            open_.kind = BlockKind::heading;
        } else if (is_in(block_tags, name)) {
            part_block();
        }
    }

    void leave(std::string_view name) {
        if (is_strong(name)) {
            --strong_;
        } else if (is_em(name)) {
            --em_;
        } else if (name == "ul" || name == "ol") {
            close_block();
            list_of_.pop_back();
        } else if (name == "li" || is_heading(name)) {
            close_block();
        } else if (is_in(block_tags, name) && name != "br") {
            part_block();
        }
    }

    /// A paragraph inside a list item does not end the item.
    void part_block() {
        if (open_.kind != BlockKind::item) return close_block();
        if (!open_.runs.empty()) add_break();
    }

    static bool is_strong(std::string_view name) { return name == "strong" || name == "b"; }
    static bool is_em(std::string_view name) { return name == "em" || name == "i"; }
    static bool is_heading(std::string_view name) {
        return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
    }

    void add_text(std::string_view text) {
        while (!text.empty()) {
            const std::size_t word = std::min(text.find_first_of(" \n"), text.size());
            if (word > 0) run().text.append(text, 0, word);
            if (word < text.size()) add_character(text[word]);
            text.remove_prefix(std::min(word + 1, text.size()));
        }
    }
    void add_character(char c) {
        if (c == '\n' && lines_count_) return add_break();
        if (c == '\n') c = ' ';
        if (c == ' ') {
            const bool at_start = open_.runs.empty() || open_.runs.back().text.ends_with('\n');
            if (at_start || open_.runs.back().text.ends_with(' ')) return;
        }
        run().text += c;
    }
    void add_break() {
        if (open_.runs.empty()) return;
        std::string& text = open_.runs.back().text;
        while (text.ends_with(' '))
            text.pop_back();
        text += '\n';
    }
    Run& run() {
        const bool strong = strong_ > 0, em = em_ > 0;
        if (open_.runs.empty() || open_.runs.back().strong != strong || open_.runs.back().em != em) {
            open_.runs.push_back({"", strong, em});
        }
        return open_.runs.back();
    }
    void close_block() {
        if (!list_of_.empty()) {
            open_.list = list_of_.back().number;
            open_.ordered = list_of_.back().ordered;
        }
        if (!open_.runs.empty()) blocks_.push_back(std::move(open_));
        open_ = {};
    }

    struct List {
        int number;
        bool ordered;
    };
    bool lines_count_;
    int strong_ = 0, em_ = 0, lists_ = 0;
    std::vector<List> list_of_;
    Block open_;
    std::vector<Block> blocks_;
};

/// The marker with which people write list items by hand, with the blank behind it; empty where there is
/// none.
std::string_view bullet_of(std::string_view line) {
    for (const std::string_view marker :
         {"\u2022 ", "\u2022", "- ", "* ", "\u00B7 ", "\u2013 ", "\u25CF ", "\uF0B7 "}) {
        if (line.starts_with(marker)) return marker;
    }
    return "";
}

/// Bytes of the markers (some write two) in front of a line's words; 0 where there are none of either.
std::size_t bullets_before(std::string_view line) {
    std::size_t length = 0;
    for (;;) {
        const std::string_view bullet = bullet_of(line.substr(length));
        if (bullet.empty()) return length;
        if (length + bullet.size() >= line.size()) return 0;
        length += bullet.size();
    }
}

/// A line of nothing but dashes and the like, drawn as a ruler.
bool is_ruler(std::string_view line) {
    return line.find_first_not_of("-_*=. ") == line.npos;
}

/// References decoded so many times, odd characters gone, no two blanks in a row.
std::string readable(std::string text, int decodings) {
    for (; decodings > 0; --decodings)
        text = entities_decoded(text);
    std::string out;
    for (const char c : plain_characters(text)) {
        if (c == ' ' && (out.ends_with(' ') || out.ends_with('\n'))) continue;
        out += c;
    }
    return out;
}

std::string text_of(const std::vector<Run>& runs) {
    std::string text;
    for (const Run& run : runs)
        text += run.text;
    return text;
}

std::vector<std::vector<Run>> lines_of(const std::vector<Run>& runs) {
    std::vector<std::vector<Run>> lines(1);
    for (const Run& run : runs) {
        std::size_t start = 0;
        for (std::size_t end = run.text.find('\n');; end = run.text.find('\n', start)) {
            const std::string piece = run.text.substr(start, end == run.text.npos ? end : end - start);
            if (!piece.empty()) lines.back().push_back({piece, run.strong, run.em});
            if (end == run.text.npos) break;
            lines.emplace_back();
            start = end + 1;
        }
    }
    return lines;
}

/// Cuts `count` bytes off the front.
void cut_front(std::vector<Run>& runs, std::size_t count) {
    while (count > 0 && !runs.empty()) {
        const std::size_t now = std::min(count, runs.front().text.size());
        runs.front().text.erase(0, now);
        count -= now;
        if (runs.front().text.empty()) runs.erase(runs.begin());
    }
}

/// Blocks as a reader sees them: empty lines part paragraphs, lines that start with a bullet are list items.
class Regrouper {
public:
    std::vector<Block> regroup(const std::vector<Block>& read) {
        for (const Block& block : read) {
            for (std::vector<Run>& line : lines_of(block.runs))
                take_line(block, std::move(line));
            close();
        }
        return std::move(blocks_);
    }

private:
    void take_line(const Block& from, std::vector<Run> line) {
        const std::string text(trimmed(text_of(line)));
        if (text.empty() || is_ruler(text)) return close();
        cut_front(line, text_of(line).find_first_not_of(' '));
        const std::size_t marked = bullets_before(text);
        if (from.kind != BlockKind::heading && marked > 0) {
            close();
            cut_front(line, marked);
            const bool in_list = from.kind == BlockKind::item;
            if (!in_list) own_list_ = own_list_ == 0 ? --last_own_list_ : own_list_;
            open_ = {BlockKind::item, in_list ? from.list : own_list_, in_list && from.ordered,
                     std::move(line)};
            return close_item();
        }
        if (open_.runs.empty()) {
            open_ = {from.kind, from.list, from.ordered, std::move(line)};
            return;
        }
        open_.runs.back().text += '\n';
        open_.runs.insert(open_.runs.end(), line.begin(), line.end());
    }
    void close_item() {
        blocks_.push_back(std::move(open_));
        open_ = {};
    }
    void close() {
        if (open_.runs.empty()) return;
        own_list_ = 0;
        close_item();
    }

    int own_list_ = 0; ///< of the hand-made list that is being read; negative, so that it meets no real one
    int last_own_list_ = 0;
    Block open_;
    std::vector<Block> blocks_;
};

void trim_end(Block& block) {
    while (!block.runs.empty()) {
        std::string& text = block.runs.back().text;
        while (text.ends_with(' ') || text.ends_with('\n'))
            text.pop_back();
        if (!text.empty()) return;
        block.runs.pop_back();
    }
}

void append_html(std::string& html, const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        if (run.strong) html += "<strong>";
        if (run.em) html += "<em>";
        std::size_t start = 0;
        for (std::size_t end = run.text.find('\n'); end != run.text.npos; end = run.text.find('\n', start)) {
            append_escaped(html, std::string_view(run.text).substr(start, end - start));
            html += "<br>";
            start = end + 1;
        }
        append_escaped(html, std::string_view(run.text).substr(start));
        if (run.em) html += "</em>";
        if (run.strong) html += "</strong>";
    }
}

std::string html_of(const std::vector<Block>& blocks) {
    std::string html;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Block& block = blocks[i];
        const auto same_list = [&block](const Block& other) {
            return other.kind == BlockKind::item && other.list == block.list;
        };
        const bool item = block.kind == BlockKind::item;
        const std::string_view list = block.ordered ? "ol>" : "ul>";
        const std::string_view tag = item ? "li>" : block.kind == BlockKind::heading ? "h3>" : "p>";
        if (item && (i == 0 || !same_list(blocks[i - 1]))) html.append("<").append(list);
        html.append("<").append(tag);
        append_html(html, block.runs);
        html.append("</").append(tag);
        if (item && (i + 1 == blocks.size() || !same_list(blocks[i + 1]))) html.append("</").append(list);
    }
    return html;
}

std::string plain_of(const std::vector<Block>& blocks) {
    std::string plain;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const bool item = blocks[i].kind == BlockKind::item;
        const bool goes_on =
            item && i > 0 && blocks[i - 1].kind == BlockKind::item && blocks[i - 1].list == blocks[i].list;
        if (i > 0) plain += goes_on ? "\n" : "\n\n";
        if (item) plain += "\u2022 ";
        plain += text_of(blocks[i].runs);
    }
    return plain;
}

} // namespace

CleanText clean_text(std::string_view plain_or_html) {
    std::string source = plain_characters(plain_or_html);
    Markup markup = markup_of(source);
    int decodings = 2; // never more than twice in all: what then still looks like markup is meant as text
    if (!markup.any) {
        // Markup that was escaped once too often shows after decoding.
        std::string decoded = plain_characters(entities_decoded(source));
        const Markup inside = markup_of(decoded);
        if (inside.any) {
            source = std::move(decoded);
            markup = inside;
            --decodings;
        }
    }
    std::vector<Block> blocks;
    const Result<HtmlNode> tree =
        markup.any ? parse_html(with_lone_brackets_escaped(source)) : Result<HtmlNode>(refused("plain text"));
    if (tree.ok()) {
        blocks = BlockReader(!markup.blocks).read_tree(*tree);
        --decodings; // the parser's own
    } else {
        blocks = BlockReader(true).read_plain(markup.any ? without_tags(source) : source);
    }
    for (Block& block : blocks) {
        for (Run& run : block.runs)
            run.text = readable(run.text, decodings);
    }
    blocks = Regrouper().regroup(std::move(blocks));
    for (Block& block : blocks)
        trim_end(block);
    std::erase_if(blocks, [](const Block& block) { return block.runs.empty(); });
    return {html_of(blocks), plain_of(blocks)};
}

} // namespace vakant
