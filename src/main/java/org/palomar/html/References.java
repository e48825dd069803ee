package org.palomar.html;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides each image reference of one message and counts the remote ones. */
final class References {

    private static final Set<String> DATA_TYPES =
            Set.of("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp");

    /** More are counted by nobody. */
    private static final int MOST_TRACKERS = 1_000;

    private final Images images;
    /** URLs of our own that were written, and whether they stand for something remote. */
    private final Map<String, Boolean> issued = new HashMap<>();

    private final List<String> trackers = new ArrayList<>();
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

        /** Left out without a trace: it is there to count readers. */
        record Track() implements Decision {}
    }

    Decision image(String raw) {
        return image(raw, false);
    }

    /** @param unseen whether it would show nothing, so that it can only be there to count readers */
    Decision image(String raw, boolean unseen) {
        String url = raw.length() > 4 && raw.stripLeading().regionMatches(true, 0, "data:", 0, 5)
                ? raw.strip()
                : Links.stripped(raw);
        if (url == null || url.isEmpty()) {
            return new Decision.Drop(false);
        }
        Boolean known = issued.get(url);
        if (known != null) {
            return new Decision.Keep(url, known);
        }
        return switch (Links.scheme(url)) {
            case "cid" -> part(url.substring(4));
            case "data" -> {
                String data = data(url.substring(5));
                yield data == null ? new Decision.Drop(false) : new Decision.Keep(data, false);
            }
            case "http", "https", "//" -> remote(url, unseen);
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
        return new RemoteContent(remoteImages, remoteOther, trackers);
    }

    private Decision remote(String url, boolean unseen) {
        String web = Links.web(url);
        String tracker = web == null ? null : Trackers.service(web);
        if (web != null && (tracker != null || unseen)) {
            if (trackers.size() < MOST_TRACKERS) {
                trackers.add(tracker == null ? Trackers.host(web) : tracker);
            }
            return new Decision.Track();
        }
        remoteImages++;
        String ours = web == null ? null : images.remote().apply(web);
        if (ours == null) {
            return new Decision.Drop(true);
        }
        issued.put(ours, true);
        return new Decision.Keep(ours, true);
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
        issued.put(url, false);
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
