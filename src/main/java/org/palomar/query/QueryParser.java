package org.palomar.query;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.palomar.query.Term.Mark;
import org.palomar.query.Term.Place;
import org.palomar.query.Term.Side;

/** Reads a {@link Query} from left to right. Operators are understood in English and Spanish, whatever language the page has. */
final class QueryParser {

    private static final int MAX_INPUT = 10_000;
    private static final int MAX_TERMS = 25;
    private static final int MAX_TEXT = 200;

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("from", Place.FROM),
            Map.entry("de", Place.FROM),
            Map.entry("to", Place.TO),
            Map.entry("para", Place.TO),
            Map.entry("cc", Place.CC),
            Map.entry("subject", Place.SUBJECT),
            Map.entry("asunto", Place.SUBJECT),
            Map.entry("body", Place.BODY),
            Map.entry("cuerpo", Place.BODY));

    private static final Map<String, Side> SIDES = Map.of(
            "before", Side.BEFORE,
            "antes", Side.BEFORE,
            "after", Side.AFTER,
            "despues", Side.AFTER,
            "después", Side.AFTER,
            "on", Side.ON,
            "fecha", Side.ON);

    private static final Map<String, Mark> MARKS = Map.ofEntries(
            Map.entry("unread", Mark.UNREAD),
            Map.entry("no-leido", Mark.UNREAD),
            Map.entry("no-leído", Mark.UNREAD),
            Map.entry("read", Mark.READ),
            Map.entry("leido", Mark.READ),
            Map.entry("leído", Mark.READ),
            Map.entry("flagged", Mark.FLAGGED),
            Map.entry("starred", Mark.FLAGGED),
            Map.entry("destacado", Mark.FLAGGED),
            Map.entry("answered", Mark.ANSWERED),
            Map.entry("respondido", Mark.ANSWERED),
            Map.entry("draft", Mark.DRAFT),
            Map.entry("borrador", Mark.DRAFT));

    private static final Pattern OPERATOR = Pattern.compile("\\p{L}{2,12}:");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmg]?)b?");

    private final String text;
    private int at;

    QueryParser(String typed) {
        text = clean(typed);
    }

    List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        while (terms.size() < MAX_TERMS) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at >= text.length()) {
                break;
            }
            next().ifPresent(terms::add);
        }
        return terms;
    }

    private Optional<Term> next() {
        boolean negated = text.charAt(at) == '-' && at + 1 < text.length() && text.charAt(at + 1) != ' ';
        if (negated) {
            at++;
        }
        if (text.charAt(at) == '"') {
            return text(Place.ANYWHERE, quoted(), true, negated);
        }
        Matcher operator = OPERATOR.matcher(text).region(at, text.length());
        if (!operator.lookingAt()) {
            return text(Place.ANYWHERE, word(), false, negated);
        }
        at = operator.end();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        String value = quoted ? quoted() : word();
        String name =
                operator.group().substring(0, operator.group().length() - 1).toLowerCase(Locale.ROOT);
        Optional<Term> term = value.isEmpty() ? Optional.empty() : term(name, value, quoted, negated);
        return term.isPresent() ? term : text(Place.ANYWHERE, operator.group() + value, quoted, negated);
    }

    private static Optional<Term> term(String name, String value, boolean quoted, boolean negated) {
        Place place = PLACES.get(name);
        if (place != null) {
            return text(place, value, quoted, negated);
        }
        Side side = SIDES.get(name);
        if (side != null) {
            return Period.of(value).map(period -> new Term.Arrived(side, period, negated));
        }
        String word = value.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "has", "tiene" ->
                word.matches("attachments?|files?|adjuntos?")
                        ? Optional.of(new Term.Attachment(negated))
                        : Optional.empty();
            case "is", "es" -> Optional.ofNullable(MARKS.get(word)).map(mark -> new Term.Marked(mark, negated));
            case "larger", "mayor" -> size(word).map(octets -> new Term.Size(true, octets, negated));
            case "smaller", "menor" -> size(word).map(octets -> new Term.Size(false, octets, negated));
            case "in", "en" -> Optional.of(new Term.In(cut(value), quoted, negated));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> size(String written) {
        Matcher size = SIZE.matcher(written);
        if (!size.matches()) {
            return Optional.empty();
        }
        long unit = switch (size.group(2)) {
            case "k" -> 1_000;
            case "m" -> 1_000_000;
            case "g" -> 1_000_000_000;
            default -> 1;
        };
        long octets = Long.parseLong(size.group(1)) * unit;
        return octets <= 999_999_999_000_000L ? Optional.of(octets) : Optional.empty();
    }

    private static Optional<Term> text(Place place, String value, boolean quoted, boolean negated) {
        String cut = cut(value);
        return cut.isEmpty() ? Optional.empty() : Optional.of(new Term.Text(place, cut, quoted, negated));
    }

    private static String cut(String value) {
        if (value.length() <= MAX_TEXT) {
            return value;
        }
        return value.substring(0, Character.isHighSurrogate(value.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT)
                .stripTrailing();
    }

    private String word() {
        int end = text.indexOf(' ', at);
        String word = text.substring(at, end < 0 ? text.length() : end);
        at += word.length();
        return word;
    }

    /** Up to the next quotation mark, or to the end where somebody is still typing. */
    private String quoted() {
        int end = text.indexOf('"', at + 1);
        String quoted = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return quoted.strip();
    }

    /** Quotation marks as phones type them become plain; controls, directions and halves of characters go. */
    private static String clean(String typed) {
        String cut = typed.length() > MAX_INPUT ? typed.substring(0, MAX_INPUT) : typed;
        StringBuilder clean = new StringBuilder(cut.length());
        Normalizer.normalize(cut, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if ("\u201c\u201d\u201e\u00ab\u00bb".indexOf(c) >= 0) {
                clean.append('"');
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (!isDirection(c) && Character.getType(c) != Character.SURROGATE) {
                clean.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    private static boolean isDirection(int c) {
        return "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".indexOf(c) >= 0;
    }
}
