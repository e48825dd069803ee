package org.palomar.web;

import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the next page says once: one sentence or more, perhaps with a way to take back what was done. It waits in the HTTP
 * session as one string, so that any session store can hold it without Java serialisation.
 *
 * @param kind {@code ok}, {@code warn} or {@code danger}
 * @param undo the id under which what was done can be undone, the path to post to for that, or empty
 */
public record Flash(String kind, List<Sentence> sentences, String undo) {

    private static final String ATTRIBUTE = "palomar.flash";

    public Flash {
        sentences = List.copyOf(sentences);
    }

    /**
     * @param key message key
     * @param args arguments of the message: numbers, or untrusted text
     */
    public record Sentence(String key, List<Object> args) {
        public Sentence {
            args = List.copyOf(args);
        }
    }

    public static Flash ok(String key, Object... args) {
        return of("ok", key, args);
    }

    public static Flash warn(String key, Object... args) {
        return of("warn", key, args);
    }

    public static Flash danger(String key, Object... args) {
        return of("danger", key, args);
    }

    private static Flash of(String kind, String key, Object... args) {
        return new Flash(kind, List.of(new Sentence(key, List.of(args))), "");
    }

    public Flash withUndo(String id) {
        return new Flash(kind, sentences, id);
    }

    /** This with one more sentence. */
    public Flash and(String key, Object... args) {
        return new Flash(
                kind,
                Stream.concat(sentences.stream(), Stream.of(new Sentence(key, List.of(args))))
                        .toList(),
                undo);
    }

    /** This with a sentence that says that not all is well. */
    public Flash warning(String key, Object... args) {
        Flash more = and(key, args);
        return kind.equals("ok") ? new Flash("warn", more.sentences, undo) : more;
    }

    /** Leaves this for the next page of the session. */
    public void keep(HttpSession session) {
        Stream<String> parts = Stream.concat(
                Stream.of(kind, undo),
                sentences.stream()
                        .flatMap(each -> Stream.concat(
                                Stream.of(each.key, Integer.toString(each.args.size())),
                                each.args.stream().map(Flash::written))));
        session.setAttribute(
                ATTRIBUTE,
                parts.map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /** Takes what is waiting, or null. */
    public static @Nullable Flash take(@Nullable HttpSession session) {
        Flash waiting = waiting(session);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        }
        return waiting;
    }

    /** What is waiting, or null; it goes on waiting. */
    static @Nullable Flash waiting(@Nullable HttpSession session) {
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof String kept)) {
            return null;
        }
        Iterator<String> parts = Arrays.stream(kept.split("&", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .iterator();
        try {
            String kind = parts.next();
            String undo = parts.next();
            List<Sentence> sentences = new ArrayList<>();
            while (parts.hasNext()) {
                sentences.add(sentence(parts));
            }
            return new Flash(kind, sentences, undo);
        } catch (NoSuchElementException | NumberFormatException _) {
            // Kept by another version of Palomar.
            return null;
        }
    }

    private static Sentence sentence(Iterator<String> parts) {
        String key = parts.next();
        int count = Integer.parseInt(parts.next());
        List<Object> args = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            args.add(read(parts.next()));
        }
        return new Sentence(key, args);
    }

    /** A number is told from a text that looks like one, such as a mailbox called 2026. */
    private static String written(Object arg) {
        return (arg instanceof Number ? "n" : "t") + arg;
    }

    private static Object read(String written) {
        return written.startsWith("n") ? Long.valueOf(written.substring(1)) : written.substring(1);
    }
}
