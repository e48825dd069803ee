package org.palomar.web;

import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that the next page shows once. It waits in the HTTP session as one string, so that any session store can
 * hold it without Java serialisation.
 *
 * @param kind {@code ok}, {@code warn} or {@code danger}
 * @param key message key
 * @param args arguments of the message: numbers, or untrusted text
 */
public record Flash(String kind, String key, List<Object> args) {

    private static final String ATTRIBUTE = "palomar.flash";

    public Flash {
        args = List.copyOf(args);
    }

    public static Flash ok(String key, Object... args) {
        return new Flash("ok", key, List.of(args));
    }

    public static Flash warn(String key, Object... args) {
        return new Flash("warn", key, List.of(args));
    }

    public static Flash danger(String key, Object... args) {
        return new Flash("danger", key, List.of(args));
    }

    /** Leaves this sentence for the next page of the session. */
    public void keep(HttpSession session) {
        session.setAttribute(
                ATTRIBUTE,
                Stream.concat(Stream.of(kind, key), args.stream().map(Flash::written))
                        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /** Takes the waiting sentence, or null. */
    public static @Nullable Flash take(@Nullable HttpSession session) {
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof String kept)) {
            return null;
        }
        session.removeAttribute(ATTRIBUTE);
        List<String> parts = Arrays.stream(kept.split("&", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        if (parts.size() < 2) {
            return null;
        }
        List<Object> args =
                parts.subList(2, parts.size()).stream().map(Flash::read).toList();
        return new Flash(parts.get(0), parts.get(1), args);
    }

    /** A number is told from a text that looks like one, such as a mailbox called 2026. */
    private static String written(Object arg) {
        return (arg instanceof Number ? "n" : "t") + arg;
    }

    private static Object read(String written) {
        return written.startsWith("n") ? Long.valueOf(written.substring(1)) : written.substring(1);
    }
}
