#include "kiosk/app/slips.h"

#include "kiosk/print/qr.h"

namespace vakant {
namespace {

SlipBlock::Look look_of(PrintedSlip::Look look) {
    using From = PrintedSlip::Look;
    using To = SlipBlock::Look;
    switch (look) {
    case From::title:
        return To::title;
    case From::number:
        return To::number;
    case From::strong:
        return To::strong;
    case From::small:
        return To::small;
    case From::rule:
        return To::rule;
    case From::code:
        return To::code;
    case From::body:
        break;
    }
    return To::body;
}

} // namespace

QrPicture picture_of(std::string_view text) {
    if (text.empty()) return {};
    Result<QrModules> code = qr_modules(text);
    if (!code.ok()) return {};
    return {code->side, std::move(code->dark)};
}

Outcome print_slip(const PrintedSlip& slip, const PrinterSettings& printer, TextEngine& text) {
    Slip out;
    out.language = slip.language;
    out.code = {slip.code.side, slip.code.dark};
    for (const PrintedSlip::Block& block : slip.blocks)
        out.blocks.push_back({look_of(block.look), block.text});
    VAKANT_TRY(pdf, slip_pdf(out, printer.paper, text));
    return print_pdf(printer, pdf);
}

} // namespace vakant
