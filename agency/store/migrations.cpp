#include "agency/store/migrations.h"

namespace vakant {

namespace {

// agency_id stands in every table. '' means the installation as a whole, where a row belongs to no single
// agency.
constexpr std::string_view first_tables = R"(
CREATE TABLE settings (
    agency_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (agency_id, name)) {end};
CREATE TABLE counters (
    agency_id TEXT NOT NULL, name TEXT NOT NULL, value {integer} NOT NULL,
    PRIMARY KEY (agency_id, name)) {end};
CREATE TABLE rate_limits (
    agency_id TEXT NOT NULL, bucket TEXT NOT NULL, subject TEXT NOT NULL,
    window_start {integer} NOT NULL, used {integer} NOT NULL,
    PRIMARY KEY (agency_id, bucket, subject)) {end};
CREATE TABLE audit (
    sequence {integer} NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, at {integer} NOT NULL,
    actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL) {end};

CREATE TABLE agencies (
    agency_id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, root_key {bytes} NOT NULL,
    made_at {integer} NOT NULL) {end};
CREATE TABLE key_sets (
    agency_id TEXT NOT NULL, version {integer} NOT NULL, made_at {integer} NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (agency_id, version)) {end};

CREATE TABLE devices (
    device_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, device_key {bytes} NOT NULL,
    prefix TEXT NOT NULL UNIQUE, enrolled_at {integer} NOT NULL, revoked_at {integer},
    last_heard_at {integer}, heartbeat TEXT) {end};
CREATE TABLE device_agencies (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, since {integer} NOT NULL,
    PRIMARY KEY (device_id, agency_id)) {end};
CREATE TABLE used_prefixes (
    prefix TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, device_id TEXT NOT NULL) {end};
CREATE TABLE device_codes (
    device_code_hash {bytes} NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, user_code TEXT NOT NULL UNIQUE,
    device_id TEXT NOT NULL, device_key {bytes} NOT NULL, program_version TEXT NOT NULL,
    made_at {integer} NOT NULL, expires_at {integer} NOT NULL, interval_ms {integer} NOT NULL,
    polled_at {integer}, agencies TEXT, desk_agreed {integer} NOT NULL, kiosk_agreed {integer} NOT NULL,
    dead {integer} NOT NULL) {end};
CREATE TABLE device_tokens (
    token_hash {bytes} NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, device_id TEXT NOT NULL,
    made_at {integer} NOT NULL, expires_at {integer} NOT NULL) {end};
CREATE INDEX device_tokens_of ON device_tokens (device_id);
CREATE TABLE renewal_nonces (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, nonce TEXT NOT NULL, used_at {integer} NOT NULL,
    PRIMARY KEY (device_id, nonce)) {end};

-- state: active, draft, expired, removed. Rows stay for ever: what is gone is a tombstone in the feed, so that a stale
-- copy of it cannot come back.
CREATE TABLE vacancies (
    vacancy_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, source TEXT NOT NULL, source_id TEXT NOT NULL,
    state TEXT NOT NULL, content_hash TEXT NOT NULL, source_time {integer}, disappears_at {integer},
    feed_sequence {integer} NOT NULL, first_seen_at {integer} NOT NULL, confirmed_at {integer} NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (agency_id, source, source_id)) {end};
CREATE UNIQUE INDEX vacancies_feed ON vacancies (agency_id, feed_sequence);
CREATE INDEX vacancies_disappearing ON vacancies (disappears_at) WHERE state = 'active';
CREATE TABLE vacancy_contacts (
    agency_id TEXT NOT NULL, vacancy_id TEXT NOT NULL, position {integer} NOT NULL,
    name TEXT NOT NULL, role TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL,
    PRIMARY KEY (vacancy_id, position)) {end};

CREATE TABLE documents (
    agency_id TEXT NOT NULL, kind TEXT NOT NULL, document_id TEXT NOT NULL, digest TEXT NOT NULL,
    version TEXT NOT NULL, body TEXT NOT NULL, signer TEXT NOT NULL, signature {bytes} NOT NULL,
    made_at {integer} NOT NULL, offered {integer} NOT NULL,
    PRIMARY KEY (agency_id, kind, document_id, digest)) {end};

CREATE TABLE envelopes (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, candidate_id TEXT NOT NULL,
    digest TEXT NOT NULL, sequence {integer} NOT NULL UNIQUE, received_at {integer} NOT NULL, made_at {integer} NOT NULL,
    form_digest TEXT NOT NULL, bytes {bytes} NOT NULL, answer TEXT NOT NULL, epoch TEXT NOT NULL,
    flag TEXT NOT NULL, unread_payload TEXT,
    PRIMARY KEY (agency_id, device_id, envelope_id)) {end};
CREATE INDEX envelopes_of ON envelopes (candidate_id);
CREATE TABLE candidates (
    candidate_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, reference TEXT NOT NULL,
    device_id TEXT NOT NULL, source TEXT NOT NULL, received_at {integer} NOT NULL) {end};
CREATE UNIQUE INDEX candidates_by_reference ON candidates (agency_id, reference) WHERE reference <> '';
CREATE TABLE registrations (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, candidate_id TEXT NOT NULL,
    form TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, language TEXT NOT NULL, answers TEXT NOT NULL,
    notice TEXT NOT NULL, vacancy_id TEXT, is_application {integer} NOT NULL, problems TEXT NOT NULL,
    received_at {integer} NOT NULL, secret TEXT NOT NULL,
    PRIMARY KEY (agency_id, device_id, envelope_id)) {end};
CREATE INDEX registrations_of ON registrations (candidate_id);
CREATE TABLE consents (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, candidate_id TEXT NOT NULL,
    position {integer} NOT NULL, purpose TEXT NOT NULL, recipient TEXT NOT NULL, given {integer} NOT NULL,
    language TEXT NOT NULL, text_digest TEXT NOT NULL, at {integer} NOT NULL, form_version TEXT NOT NULL,
    retention TEXT NOT NULL,
    PRIMARY KEY (agency_id, device_id, envelope_id, position)) {end};
CREATE TABLE results (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, candidate_id TEXT NOT NULL,
    test TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, language TEXT NOT NULL,
    metrics TEXT NOT NULL, recomputed {integer} NOT NULL, recomputed_metrics TEXT, flag TEXT NOT NULL,
    body TEXT NOT NULL, received_at {integer} NOT NULL,
    PRIMARY KEY (agency_id, device_id, envelope_id)) {end};
CREATE INDEX results_of ON results (candidate_id);
)";

constexpr std::string_view board_tables = R"(
-- By which words a kiosk's selection finds a vacancy; `earlier` holds every word that it ever had.
CREATE TABLE vacancy_selectors (
    vacancy_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, words TEXT NOT NULL, earlier TEXT NOT NULL) {end};
CREATE TABLE device_selections (
    device_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, selection TEXT NOT NULL,
    selected_at {integer} NOT NULL) {end};
-- What people at a kiosk say is wrong with an advertisement. Nobody's name stands here.
CREATE TABLE vacancy_reports (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, vacancy_id TEXT NOT NULL,
    title TEXT NOT NULL, reason TEXT NOT NULL, remark TEXT NOT NULL, language TEXT NOT NULL,
    received_at {integer} NOT NULL,
    PRIMARY KEY (agency_id, device_id, envelope_id)) {end};
)";

// A person takes back what they sent with the secret of their slip. slip_digest stands for that secret; it is
// '' where nothing came with one.
constexpr std::string_view withdrawals = R"(
ALTER TABLE candidates ADD COLUMN withdrawn_at {integer};
ALTER TABLE envelopes ADD COLUMN slip_digest TEXT NOT NULL DEFAULT '';
CREATE TABLE withdrawals (
    agency_id TEXT NOT NULL, device_id TEXT NOT NULL, envelope_id TEXT NOT NULL, reference TEXT NOT NULL,
    slip_digest TEXT NOT NULL, asked_at {integer} NOT NULL, received_at {integer} NOT NULL,
    PRIMARY KEY (agency_id, device_id, envelope_id)) {end};
CREATE INDEX withdrawals_by_reference ON withdrawals (agency_id, reference);
)";

// feed: which configured address brought it, '' for files. twin_key: what the same job has in common in every
// channel; twin_of: the vacancy that is shown in its place. vacancy_clients: who hires where the ad does not
// say.
constexpr std::string_view feed_tables = R"(
CREATE TABLE leases (
    agency_id TEXT NOT NULL, name TEXT NOT NULL, holder TEXT NOT NULL, expires_at {integer} NOT NULL,
    PRIMARY KEY (agency_id, name)) {end};
CREATE TABLE feed_states (
    agency_id TEXT NOT NULL, name TEXT NOT NULL, cursor TEXT NOT NULL, etag TEXT NOT NULL,
    last_modified TEXT NOT NULL, swept_at {integer}, fetched_at {integer}, not_before {integer} NOT NULL,
    failures {integer} NOT NULL, outcome TEXT NOT NULL,
    PRIMARY KEY (agency_id, name)) {end};
ALTER TABLE vacancies ADD COLUMN feed TEXT NOT NULL DEFAULT '';
ALTER TABLE vacancies ADD COLUMN twin_key TEXT NOT NULL DEFAULT '';
ALTER TABLE vacancies ADD COLUMN twin_of TEXT NOT NULL DEFAULT '';
CREATE INDEX vacancies_twins ON vacancies (agency_id, twin_key) WHERE twin_key <> '';
CREATE INDEX vacancies_behind ON vacancies (twin_of) WHERE twin_of <> '';
CREATE INDEX vacancies_unended ON vacancies (confirmed_at) WHERE state = 'active' AND disappears_at IS NULL;
CREATE TABLE vacancy_clients (
    vacancy_id TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, employer TEXT NOT NULL,
    work_unit TEXT NOT NULL, organisation_number TEXT NOT NULL, client_company TEXT NOT NULL,
    homepage TEXT NOT NULL) {end};
)";

// What a consent was for, to the letter, stays after the answers are gone; so does how long they might be
// kept.
constexpr std::string_view evidence = R"(
ALTER TABLE consents ADD COLUMN recipient_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE consents ADD COLUMN text_version TEXT NOT NULL DEFAULT '';
ALTER TABLE registrations ADD COLUMN retention TEXT NOT NULL DEFAULT '';
ALTER TABLE registrations ADD COLUMN source_id TEXT NOT NULL DEFAULT '';
)";

// Each time an older state of the store was put back: what it still has of the epoch that ended.
constexpr std::string_view epochs = R"(
CREATE TABLE store_epochs (
    epoch TEXT NOT NULL PRIMARY KEY, agency_id TEXT NOT NULL, kept_through {integer} NOT NULL,
    ended_at {integer} NOT NULL) {end};
)";

// Rows of before have no digest: the chain begins with the next one.
constexpr std::string_view audit_chain = R"(
ALTER TABLE audit ADD COLUMN digest {bytes};
{audit_guard};
)";

// Each time a root handed over to the next: `version` is the first key set that the next one signed.
constexpr std::string_view root_successions = R"(
CREATE TABLE root_successions (
    agency_id TEXT NOT NULL, version {integer} NOT NULL, made_at {integer} NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (agency_id, version)) {end};
)";

// What a source wrote of a vacancy that is held as it says, so that it need not be read again.
constexpr std::string_view source_records = R"(
ALTER TABLE vacancies ADD COLUMN record TEXT NOT NULL DEFAULT '';
)";

} // namespace

const std::vector<Migration>& agency_migrations() {
    static const std::vector<Migration> steps{
        {1, first_tables}, {10, feed_tables}, {30, board_tables},     {33, withdrawals},   {55, evidence},
        {60, epochs},      {61, audit_chain}, {62, root_successions}, {63, source_records}};
    return steps;
}

} // namespace vakant
