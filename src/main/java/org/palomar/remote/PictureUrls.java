package org.palomar.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageRef;
import org.springframework.stereotype.Component;

/**
 * Our own URLs for pictures from elsewhere: {@code /remote-image?u=URL&p=PERSON&m=MESSAGE&e=DAY&s=SIGNATURE}. A letter's frame has an
 * opaque origin, so no cookie comes with the request; the signature stands for consent instead: only a page that was shown to a
 * person who wanted pictures has one. It holds until the end of the day after. Safe for use by many threads.
 */
@Component
public final class PictureUrls {

    /** Path from the context root. */
    public static final String PATH = "/remote-image";

    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final Clock clock;

    PictureUrls(RemoteProperties properties, Clock clock) {
        byte[] secret = properties.key().getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            secret = new byte[32];
            new SecureRandom().nextBytes(secret);
        }
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /**
     * The path, from the context root, under which a picture is shown in one message to one person. The same all day, so that browsers
     * keep what they have.
     *
     * @param url http or https
     */
    public String path(String username, MessageRef message, String url) {
        String person = name("person", username);
        String in = name("message", username + "\n" + message.mailbox().value() + "\n" + message.key());
        long day = today() + 1;
        return PATH + "?u=" + ENCODER.encodeToString(url.getBytes(StandardCharsets.UTF_8)) + "&p=" + person + "&m=" + in
                + "&e=" + day + "&s=" + signature(url, person, in, day);
    }

    /** What a signed URL asks for. {@code person} is a name that tells nobody who it is. */
    record Asked(String url, String person) {}

    /** Reads a URL of ours, or returns null when its signature is not ours or holds no more. */
    @Nullable
    Asked read(String u, String person, String message, long day, String signature) {
        String url;
        try {
            url = new String(Base64.getUrlDecoder().decode(u), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
        byte[] right = signature(url, person, message, day).getBytes(StandardCharsets.US_ASCII);
        boolean ours = MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
        return ours && day >= today() && day <= today() + 1 ? new Asked(url, person) : null;
    }

    private long today() {
        return clock.instant().getEpochSecond() / DAY;
    }

    private String signature(String url, String person, String message, long day) {
        return ENCODER.encodeToString(mac("picture\n" + person + "\n" + message + "\n" + day + "\n" + url));
    }

    private String name(String purpose, String of) {
        return ENCODER.encodeToString(Arrays.copyOf(mac(purpose + "\n" + of), 9));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
