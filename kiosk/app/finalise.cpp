#include "kiosk/app/finalise.h"

#include <algorithm>
#include <cstring>

namespace vakant {
namespace {

void overwrite(std::string& text) {
    std::memset(text.data(), 0, text.size());
    asm volatile("" : : "r"(text.data()) : "memory");
}

Result<SealedItem> seal(const Sealer& sealer, const Unsealed& unsealed, const std::string& reference,
                        const job::Finalise& what) {
    const auto agency = std::ranges::find(sealer.identity.agencies, unsealed.agency, &PinnedAgency::id);
    if (agency == sealer.identity.agencies.end()) return refused("no keys of agency " + unsealed.agency);
    Json payload = unsealed.payload;
    if (!what.what.is_anonymous) {
        payload.set("reference", reference);
        payload.set("secret", what.secret);
    }
    std::string text = payload.to_text();
    EnvelopeHeader header;
    header.id = make_uuid(sealer.random);
    header.agency = unsealed.agency;
    header.device = sealer.identity.device_id;
    header.made_at = what.now;
    header.form_digest = unsealed.form_digest;
    SealedItem item{header.id, header.agency, what.now, {}};
    item.envelope = seal_envelope(text, std::move(header), agency->keys, sealer.keys.signing);
    overwrite(text);
    return item;
}

Result<Kept> finalise_once(Outbox& outbox, const Sealer& sealer, const job::Finalise& what) {
    if (!sealer.identity.enrolled()) return Error{ErrorKind::unavailable, "this kiosk is not enrolled"};
    Kept out;
    out.reference = what.what.reference;
    auto kept = outbox.finalise([&](std::int64_t counter) -> Result<std::vector<SealedItem>> {
        std::string& reference = out.reference;
        if (reference.empty() && !what.what.is_anonymous)
            reference = reference_number(sealer.identity.prefix, counter);
        std::vector<SealedItem> items;
        for (const Unsealed& unsealed : what.what.submissions) {
            VAKANT_TRY(item, seal(sealer, unsealed, reference, what));
            out.envelopes.push_back(item.id);
            items.push_back(std::move(item));
        }
        return items;
    });
    if (!kept.ok()) return kept.error();
    return out;
}

} // namespace

Result<Kept> finalise(Outbox& outbox, const Sealer& sealer, const DiskRoom& room, const job::Finalise& what) {
    // What a person has begun is kept all the same.
    return with_reserve([&] { return room.give_up_reserve(); },
                        [&] { return finalise_once(outbox, sealer, what); });
}

std::string reference_code_text(std::string_view reference, std::string_view secret) {
    return "vakant:" + std::string(reference) + ":" + std::string(secret);
}

} // namespace vakant
