package org.palomar.contacts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;

/**
 * One contact as a page shows it; every text may be a stranger's.
 *
 * @param role title and organisation, or empty
 * @param photoUrl path of the picture, or null
 */
public record ContactPage(
        String id,
        String name,
        String initials,
        String role,
        @Nullable String photoUrl,
        List<Line> lines,
        List<String> groups,
        String note,
        boolean collected,
        int times) {

    public ContactPage {
        lines = List.copyOf(lines);
        groups = List.copyOf(groups);
    }

    /**
     * @param kind {@code email}, {@code phone}, {@code address}, {@code web} or {@code birthday}
     * @param label {@code home}, {@code work}, {@code cell} or empty
     * @param url where it leads, or null
     */
    public record Line(
            String kind,
            String label,
            String value,
            @Nullable String url) {}

    static ContactPage of(Contact contact) {
        VCard card = contact.card();
        List<Line> lines = new ArrayList<>();
        contact.addresses()
                .forEach(address -> lines.add(new Line(
                        "email",
                        label(card, "EMAIL", address),
                        address,
                        "/compose?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))));
        for (Property phone : card.all("TEL")) {
            String number = phone.plain().replaceFirst("(?i)^tel:", "");
            lines.add(new Line("phone", label(phone), number, null));
        }
        card.all("ADR").forEach(each -> lines.add(new Line("address", label(each), each.fields(), null)));
        card.all("URL").forEach(each -> lines.add(new Line("web", "", each.plain(), null)));
        card.all("BDAY").forEach(each -> lines.add(new Line("birthday", "", each.plain(), null)));
        String name = contact.name();
        return new ContactPage(
                contact.id(),
                name,
                initials(name),
                Stream.of(card.plain("TITLE"), card.organization())
                        .filter(each -> !each.isEmpty() && !each.equals(name))
                        .collect(Collectors.joining(", ")),
                card.photo() == null
                        ? null
                        : "/contacts/" + contact.id() + "/photo?v=" + Integer.toHexString(card.hashCode()),
                lines.stream().filter(line -> !line.value.isEmpty()).limit(80).toList(),
                ContactIndex.groups(card),
                card.first("NOTE").map(Property::text).orElse(""),
                contact.collected(),
                contact.uses().values().stream().mapToInt(Contact.Use::times).sum());
    }

    private static String label(VCard card, String name, String value) {
        return card.all(name).stream()
                .filter(each -> each.plain().endsWith(value))
                .map(ContactPage::label)
                .findFirst()
                .orElse("");
    }

    private static String label(Property property) {
        return property.types().stream()
                .filter(type -> type.equals("home") || type.equals("work") || type.equals("cell"))
                .findFirst()
                .orElse("");
    }

    /** One or two letters. */
    static String initials(String name) {
        String letters = Stream.of(name.strip().split("[\\s.@]+", -1))
                .filter(word -> !word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)))
                .limit(2)
                .map(word -> Character.toString(word.codePointAt(0)))
                .collect(Collectors.joining());
        return letters.isEmpty() ? "?" : letters.toUpperCase(java.util.Locale.ROOT);
    }
}
