package org.palomar.html;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows the places that count who reads a message, from {@code trackers.txt} beside this class. */
final class Trackers {

    /** Any host. */
    private static final String ANY = "*";

    private static final Map<String, List<Place>> KNOWN = read();

    private Trackers() {}

    /** @param path how the path begins, in lower case; empty for all of the host */
    private record Place(String path, String service) {}

    /** The service that counts at this http or https URL, or null. */
    static @Nullable String service(String url) {
        String host = host(url);
        String path = path(url);
        for (String suffix = host; !suffix.isEmpty(); suffix = parent(suffix)) {
            String service = service(suffix, path);
            if (service != null) {
                return service;
            }
        }
        return service(ANY, path);
    }

    /** The host of an http or https URL in ASCII and lower case, as it may be shown. */
    static String host(String url) {
        int from = url.indexOf("//") + 2;
        int end = from;
        while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(from, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.startsWith("[") ? -1 : host.indexOf(':');
        host = port < 0 ? host : host.substring(0, port);
        try {
            host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            // Such a host answers nobody; what of it is plain names it well enough.
        }
        StringBuilder plain = new StringBuilder();
        host.chars()
                .filter(c -> Chars.isLetter(c) || Chars.isDigit(c) || "-._:[]".indexOf(c) >= 0)
                .limit(100)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static String path(String url) {
        int slash = url.indexOf('/', url.indexOf("//") + 2);
        return slash < 0 ? "/" : url.substring(slash).toLowerCase(Locale.ROOT);
    }

    private static String parent(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot + 1);
    }

    private static @Nullable String service(String host, String path) {
        for (Place place : KNOWN.getOrDefault(host, List.of())) {
            if (path.startsWith(place.path)) {
                return place.service;
            }
        }
        return null;
    }

    private static Map<String, List<Place>> read() {
        Map<String, List<Place>> known = new HashMap<>();
        try (InputStream in = Trackers.class.getResourceAsStream("trackers.txt")) {
            if (in == null) {
                throw new IllegalStateException("trackers.txt is missing");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        String place = line.substring(0, space);
                        int slash = place.indexOf('/');
                        known.computeIfAbsent(slash < 0 ? place : place.substring(0, slash), _ -> new ArrayList<>())
                                .add(new Place(
                                        slash < 0 ? "" : place.substring(slash),
                                        line.substring(space).strip()));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }
}
