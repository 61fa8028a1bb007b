#include <catch2/catch.hpp>

#include "core/crypto/crypto.h"
#include "core/crypto/sha256.h"

using namespace vakant;

namespace {

Bytes numbered(std::size_t length) {
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
    return bytes;
}

} // namespace

TEST_CASE("digests are BLAKE2b-256 and SHA-256 as the standards give them") {
    REQUIRE(start_crypto().ok());
    // python3 -c "import hashlib;print(hashlib.blake2b(b'abc',digest_size=32).hexdigest())"
    CHECK(blake2b_hex("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(to_hex(sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 in_pieces;
    for (const char* piece : {"a", "", "bc"})
        in_pieces.add(as_bytes(piece));
    CHECK(in_pieces.digest() == sha256(as_bytes("abc")));
    CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a signature holds for its message and signer only") {
    REQUIRE(start_crypto().ok());
    const SigningKey key = make_signing_key();
    const SigningKey other = make_signing_key();
    const Signature signature = sign(as_bytes("twelve"), key);
    CHECK(signature_holds(as_bytes("twelve"), signature, key.public_key));
    CHECK_FALSE(signature_holds(as_bytes("twelvf"), signature, key.public_key));
    CHECK_FALSE(signature_holds(as_bytes("twelve"), signature, other.public_key));
    CHECK(signature_holds({}, sign({}, key), key.public_key));
}

TEST_CASE("the same seed gives the same signing key") {
    REQUIRE(start_crypto().ok());
    SecretBytes<32> seed;
    seed.data()[3] = 7;
    CHECK(signing_key_from_seed(seed).public_key == signing_key_from_seed(seed).public_key);
}

TEST_CASE("only the holder of the secret half opens a sealed box") {
    REQUIRE(start_crypto().ok());
    const SealingKey key = make_sealing_key();
    Bytes sealed = seal_to(as_bytes("item key"), key.public_key);
    auto opened = open_sealed(sealed, key);
    REQUIRE(opened.ok());
    CHECK(as_text(*opened) == "item key");

    auto by_another = open_sealed(sealed, make_sealing_key());
    REQUIRE_FALSE(by_another.ok());
    CHECK(by_another.error().kind == ErrorKind::not_authentic);
    sealed.back() ^= 1;
    CHECK_FALSE(open_sealed(sealed, key).ok());
    CHECK_FALSE(open_sealed(ByteView(sealed).first(20), key).ok());
    CHECK(open_sealed(seal_to({}, key.public_key), key).value().empty());
}

TEST_CASE("encryption binds the associated data and is different every time") {
    REQUIRE(start_crypto().ok());
    const StorageKey key = make_storage_key();
    const Bytes cipher = encrypt(as_bytes("text"), key, as_bytes("row 1"));
    CHECK(as_text(decrypt(cipher, key, as_bytes("row 1")).value()) == "text");
    CHECK(decrypt(cipher, key, as_bytes("row 2")).error().kind == ErrorKind::not_authentic);
    CHECK(decrypt(cipher, make_storage_key(), as_bytes("row 1")).error().kind == ErrorKind::not_authentic);
    CHECK(encrypt(as_bytes("text"), key, {}) != encrypt(as_bytes("text"), key, {}));
}

TEST_CASE("a stream comes back whole at every length around its chunks, and never cut") {
    REQUIRE(start_crypto().ok());
    const StorageKey key = make_storage_key();
    constexpr std::size_t chunk = 64u << 10;
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk}) {
        const Bytes plain = numbered(length);
        const Bytes cipher = stream_encrypt(plain, key, as_bytes("header"));
        CHECK(stream_decrypt(cipher, key, as_bytes("header")).value() == plain);
        CHECK_FALSE(stream_decrypt(cipher, key, as_bytes("heade")).ok());
        // Cut at the end of each chunk: what is left is authentic, but the last mark is missing.
        for (std::size_t cut = 24; cut < cipher.size(); cut += chunk + 17) {
            CHECK_FALSE(stream_decrypt(ByteView(cipher).first(cut), key, as_bytes("header")).ok());
        }
        CHECK_FALSE(stream_decrypt(ByteView(cipher).first(cipher.size() - 1), key, as_bytes("header")).ok());
        Bytes longer = cipher;
        longer.push_back(0);
        CHECK_FALSE(stream_decrypt(longer, key, as_bytes("header")).ok());
    }
}

TEST_CASE("a passphrase gives the same key with the same salt only") {
    REQUIRE(start_crypto().ok());
    const Bytes salt(passphrase_salt_length, 7);
    const Bytes other_salt(passphrase_salt_length, 8);
    const StorageKey key = key_from_passphrase("korkea kynnys", salt).value();
    CHECK(equal_in_constant_time(key.view(), key_from_passphrase("korkea kynnys", salt).value().view()));
    CHECK_FALSE(
        equal_in_constant_time(key.view(), key_from_passphrase("korkea kynnys", other_salt).value().view()));
    CHECK_FALSE(key_from_passphrase("korkea kynnys", ByteView(salt).first(8)).ok());
}

TEST_CASE("compressed text that would grow too far is refused before the memory is taken") {
    const Bytes plain(1u << 20, 'a');
    const Bytes compressed = compress(plain);
    CHECK(compressed.size() < 1000);
    CHECK(decompress(compressed, plain.size()).value() == plain);
    auto refused_one = decompress(compressed, plain.size() - 1);
    REQUIRE_FALSE(refused_one.ok());
    CHECK(refused_one.error().kind == ErrorKind::refused);
    CHECK_FALSE(decompress(ByteView(compressed).first(compressed.size() / 2), plain.size()).ok());
    CHECK_FALSE(decompress(as_bytes("not zstd at all"), 100).ok());
    CHECK(decompress(compress({}), 10).value().empty());
}
