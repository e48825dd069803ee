package org.palomar.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.palomar.html.WrittenHtml;
import org.palomar.mail.Address;
import org.palomar.mime.AddressParser;
import org.palomar.template.Template;

/**
 * Puts templates into letters. Placeholders are {@code {name}}, {@code {first}} and {@code {email}} of the first recipient,
 * {@code {me}}, {@code {subject}} and {@code {date}}; what is not known yet stays as it is, to be seen and asked about.
 */
final class Filling {

    static final List<String> NAMES = List.of("name", "first", "email", "me", "subject", "date");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(" + String.join("|", NAMES) + ")}", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param me how the writer is called, or empty
     * @param date of today, in the writer's words
     */
    Filling(ComposeForm form, String me, String date) {
        List<Address> to = AddressParser.parse(form.to()).good();
        if (!to.isEmpty()) {
            String name = to.getFirst().name();
            values.put("email", to.getFirst().address());
            if (name != null && !name.isBlank()) {
                values.put("name", name.strip());
                values.put("first", first(name.strip()));
            }
        }
        values.put("me", me);
        values.put("subject", form.subject().strip());
        values.put("date", date);
        values.values().removeIf(String::isEmpty);
    }

    /** {@code Ramiro} of {@code Ramiro Paz} and of {@code Paz, Ramiro}. */
    private static String first(String name) {
        int comma = name.indexOf(',');
        String given = comma > 0 && comma < name.length() - 1
                ? name.substring(comma + 1).strip()
                : name;
        int space = given.indexOf(' ');
        return space > 0 ? given.substring(0, space) : given;
    }

    /** The template filled, as a template that is kept nowhere. */
    Template fill(Template template) {
        String html = template.html().isEmpty() ? "" : filled(template.html(), true);
        return new Template(
                template.id(),
                template.name(),
                filled(template.subject(), false),
                filled(template.text(), false),
                html);
    }

    private String filled(String text, boolean markup) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1).toLowerCase(Locale.ROOT));
            String put = value == null ? match.group() : markup ? escaped(value) : value;
            return Matcher.quoteReplacement(put);
        });
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The letter with the filled template above everything that stands in it; its subject only where there is none. */
    static ComposeForm above(ComposeForm form, Template filled) {
        ComposeForm about = form.subject().isBlank() && !filled.subject().isEmpty()
                ? form.addressed(form.to(), form.cc(), form.bcc(), filled.subject())
                : form;
        String rest = form.text().replace("\r\n", "\n");
        String text = filled.text() + (rest.isBlank() ? "" : "\n" + (rest.startsWith("\n") ? "" : "\n") + rest);
        if (form.html().isBlank() && filled.html().isEmpty()) {
            return about.saying(text, "");
        }
        String own = form.html().isBlank() ? WrittenHtml.ofText(rest) : form.html();
        return about.saying(text, markup(filled) + WrittenHtml.ofText("\n") + own);
    }

    /** As a fragment for the editor; clean again, since values of strangers' names are in it. */
    static String markup(Template filled) {
        String html = filled.html().isEmpty() ? WrittenHtml.ofText(filled.text()) : filled.html();
        return WrittenHtml.clean(html, _ -> null)
                .map(WrittenHtml::fragment)
                .orElseGet(() -> WrittenHtml.ofText(filled.text()));
    }

    /** Placeholders that still stand in what the person wrote, not in what they quote. */
    static List<String> left(String text) {
        List<String> left = new ArrayList<>();
        text.lines()
                .takeWhile(line -> !line.startsWith("----------") && !line.equals("-- "))
                .filter(line -> !line.startsWith(">"))
                .flatMap(line -> PLACEHOLDER.matcher(line).results())
                .map(MatchResult::group)
                .distinct()
                .forEach(left::add);
        return left;
    }
}
