package org.palomar.html;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides each image reference of one message and counts the remote ones. */
final class References {

    private static final Set<String> DATA_TYPES =
            Set.of("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp");

    private final Images images;
    private final Set<String> issued = new HashSet<>();
    private int remoteImages;
    private int remoteOther;

    References(Images images) {
        this.images = images;
    }

    /** What became of one reference. */
    sealed interface Decision {
        /** Written as this URL. */
        record Keep(String url, boolean remote) implements Decision {}

        /** Left out; {@code remote} says that it was on another server. */
        record Drop(boolean remote) implements Decision {}
    }

    Decision image(String raw) {
        String url = raw.length() > 4 && raw.stripLeading().regionMatches(true, 0, "data:", 0, 5)
                ? raw.strip()
                : Links.stripped(raw);
        if (url == null || url.isEmpty()) {
            return new Decision.Drop(false);
        }
        if (issued.contains(url)) {
            return new Decision.Keep(url, false);
        }
        return switch (Links.scheme(url)) {
            case "cid" -> part(url.substring(4));
            case "data" -> {
                String data = data(url.substring(5));
                yield data == null ? new Decision.Drop(false) : new Decision.Keep(data, false);
            }
            case "http", "https", "//" -> {
                remoteImages++;
                String web = images.remoteAllowed() ? Links.web(url) : null;
                yield web == null ? new Decision.Drop(true) : new Decision.Keep(web, true);
            }
            case "" -> new Decision.Drop(false);
            default -> {
                remoteOther++;
                yield new Decision.Drop(true);
            }
        };
    }

    /** Counts a reference that is never loaded, when it points to another server. */
    void other(String raw) {
        String url = Links.stripped(raw);
        if (url != null) {
            switch (Links.scheme(url)) {
                case "", "data", "cid", "about", "javascript", "blob", "mailto" -> {}
                default -> remoteOther++;
            }
        }
    }

    RemoteContent found() {
        return new RemoteContent(remoteImages, remoteOther);
    }

    /** RFC 2392: the id is percent-encoded in the URL; broken senders keep the angle brackets. */
    private Decision part(String id) {
        String decoded;
        try {
            decoded = URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            decoded = id;
        }
        decoded = decoded.strip().toLowerCase(Locale.ROOT);
        if (decoded.startsWith("<") && decoded.endsWith(">")) {
            decoded = decoded.substring(1, decoded.length() - 1);
        }
        @Nullable String url = images.cid().apply(decoded);
        if (url == null) {
            return new Decision.Drop(false);
        }
        issued.add(url);
        return new Decision.Keep(url, false);
    }

    /** RFC 2397 with a closed list of raster types and base64 only, read strictly: {@code type;base64,data}. */
    private static @Nullable String data(String rest) {
        int comma = rest.indexOf(',');
        if (comma < 0 || comma > 100) {
            return null;
        }
        String[] head = rest.substring(0, comma).toLowerCase(Locale.ROOT).split(";", -1);
        if (head.length < 2
                || !DATA_TYPES.contains(head[0].strip())
                || !head[head.length - 1].strip().equals("base64")) {
            return null;
        }
        StringBuilder url = new StringBuilder(rest.length() + 5);
        url.append("data:").append(head[0].strip()).append(";base64,");
        int start = url.length();
        for (int i = comma + 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean digit = Chars.isLetter(c) || Chars.isDigit(c);
            if (digit || c == '+' || c == '/' || c == '=') {
                url.append(c);
            } else if (c > ' ') {
                return null;
            }
        }
        return url.length() == start ? null : url.toString();
    }
}
