package org.palomar.html;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes a message may use and the values each may have. Links, images, styles and names are handled apart. */
final class Attributes {

    private static final int LONGEST = 4_096;

    private enum Values {
        TEXT,
        WORD,
        SIZE,
        COLOR,
        FLAG
    }

    private static final Map<String, Values> ALLOWED = Map.ofEntries(
            Map.entry("abbr", Values.TEXT),
            Map.entry("align", Values.WORD),
            Map.entry("alt", Values.TEXT),
            Map.entry("aria-hidden", Values.WORD),
            Map.entry("aria-label", Values.TEXT),
            Map.entry("bgcolor", Values.COLOR),
            Map.entry("border", Values.SIZE),
            Map.entry("bordercolor", Values.COLOR),
            Map.entry("cellpadding", Values.SIZE),
            Map.entry("cellspacing", Values.SIZE),
            Map.entry("class", Values.TEXT),
            Map.entry("clear", Values.WORD),
            Map.entry("color", Values.COLOR),
            Map.entry("cols", Values.SIZE),
            Map.entry("colspan", Values.SIZE),
            Map.entry("compact", Values.FLAG),
            Map.entry("coords", Values.SIZE),
            Map.entry("datetime", Values.TEXT),
            Map.entry("dir", Values.WORD),
            Map.entry("face", Values.TEXT),
            Map.entry("frame", Values.WORD),
            Map.entry("height", Values.SIZE),
            Map.entry("hidden", Values.FLAG),
            Map.entry("hspace", Values.SIZE),
            Map.entry("high", Values.SIZE),
            Map.entry("lang", Values.WORD),
            Map.entry("low", Values.SIZE),
            Map.entry("max", Values.SIZE),
            Map.entry("min", Values.SIZE),
            Map.entry("noshade", Values.FLAG),
            Map.entry("nowrap", Values.FLAG),
            Map.entry("open", Values.FLAG),
            Map.entry("optimum", Values.SIZE),
            Map.entry("reversed", Values.FLAG),
            Map.entry("role", Values.WORD),
            Map.entry("rowspan", Values.SIZE),
            Map.entry("rules", Values.WORD),
            Map.entry("scope", Values.WORD),
            Map.entry("shape", Values.WORD),
            Map.entry("size", Values.SIZE),
            Map.entry("span", Values.SIZE),
            Map.entry("start", Values.SIZE),
            Map.entry("summary", Values.TEXT),
            Map.entry("title", Values.TEXT),
            Map.entry("type", Values.WORD),
            Map.entry("valign", Values.WORD),
            Map.entry("value", Values.SIZE),
            Map.entry("vspace", Values.SIZE),
            Map.entry("width", Values.SIZE));

    /** Attributes that mean something else, or nothing, on other elements. */
    private static final Map<String, Set<String>> ONLY_ON = Map.ofEntries(
            Map.entry("high", Set.of("meter")),
            Map.entry("low", Set.of("meter")),
            Map.entry("max", Set.of("meter", "progress")),
            Map.entry("min", Set.of("meter")),
            Map.entry("open", Set.of("details")),
            Map.entry("optimum", Set.of("meter")),
            Map.entry("reversed", Set.of("ol")),
            Map.entry("start", Set.of("ol")),
            Map.entry("type", Set.of("ol", "ul", "li")),
            Map.entry("value", Set.of("li", "meter", "progress")));

    private Attributes() {}

    /** The value to write, or null when the attribute is left out. */
    static @Nullable String value(String element, String name, String raw) {
        Values values = ALLOWED.get(name);
        Set<String> elements = ONLY_ON.get(name);
        if (values == null || raw.length() > LONGEST || (elements != null && !elements.contains(element))) {
            return null;
        }
        return switch (values) {
            case FLAG -> "";
            case TEXT -> raw;
            case WORD -> consists(raw.strip(), "-_") ? raw.strip() : null;
            case SIZE -> size(raw.strip());
            case COLOR -> consists(raw.strip(), "#(),.% -") ? raw.strip() : null;
        };
    }

    private static @Nullable String size(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Chars.isDigit(c) && ".%*+-, px".indexOf(c) < 0) {
                return null;
            }
        }
        return value.isEmpty() ? null : value;
    }

    private static boolean consists(String value, String others) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = Chars.isLetter(c) || Chars.isDigit(c);
            if (!plain && others.indexOf(c) < 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
