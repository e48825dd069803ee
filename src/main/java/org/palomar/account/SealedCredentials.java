package org.palomar.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.palomar.mail.Credentials;

/**
 * Credentials under AES-256-GCM with a key of their own. The sealed text lies in the HTTP session, the key only in the
 * browser's cookie: neither opens anything alone, and a copied session store opens nothing.
 *
 * @param sealedText base64url of nonce and ciphertext
 * @param key base64url of 32 random octets
 */
record SealedCredentials(String sealedText, String key) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    static SealedCredentials seal(Credentials credentials) {
        byte[] key = random(32);
        byte[] nonce = random(NONCE);
        byte[] plain = (credentials.username() + "\n" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
            byte[] text = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, text, 0, NONCE);
            System.arraycopy(sealed, 0, text, NONCE, sealed.length);
            return new SealedCredentials(encode(text), encode(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /** The credentials, or empty when key and text do not belong together or were tampered with. */
    Optional<Credentials> open() {
        try {
            byte[] text = Base64.getUrlDecoder().decode(sealedText);
            byte[] secret = Base64.getUrlDecoder().decode(key);
            byte[] nonce = java.util.Arrays.copyOf(text, NONCE);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, secret, nonce).doFinal(text, NONCE, text.length - NONCE);
            String[] parts = new String(plain, StandardCharsets.UTF_8).split("\n", 2);
            return Optional.of(new Credentials(parts[0], parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /** Never the key or the text: records of this type may end up in a log. */
    @Override
    public String toString() {
        return "SealedCredentials";
    }

    static String randomKey() {
        return encode(random(24));
    }

    private static byte[] random(int octets) {
        byte[] bytes = new byte[octets];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
