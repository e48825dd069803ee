package org.palomar.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;
import org.springframework.util.MultiValueMap;

/**
 * A contact as it is written in the form. Lists have two empty places at their end, for what is to be added.
 *
 * @param groups divided by commas
 */
public record ContactForm(
        String given,
        String family,
        String organization,
        String title,
        List<Entry> emails,
        List<Entry> phones,
        String groups,
        String note) {

    private static final int LONGEST = 500;
    private static final int LONGEST_NOTE = 20_000;
    private static final int MOST = 30;
    private static final int SPARE = 2;
    private static final Set<String> EMAIL_KINDS = Set.of("home", "work", "other");
    private static final Set<String> PHONE_KINDS = Set.of("cell", "home", "work", "other");

    /** @param kind {@code home}, {@code work}, {@code cell} or {@code other} */
    public record Entry(String kind, String value) {}

    static ContactForm of(VCard card) {
        return new ContactForm(
                given(card),
                card.family(),
                card.organization(),
                card.plain("TITLE"),
                entries(card, "EMAIL", EMAIL_KINDS),
                entries(card, "TEL", PHONE_KINDS),
                String.join(", ", ContactIndex.groups(card)),
                card.first("NOTE").map(Property::text).orElse(""));
    }

    /** Who has only a formatted name has all of it in the first field. */
    private static String given(VCard card) {
        boolean structured = !card.given().isEmpty() || !card.family().isEmpty();
        return structured || card.plain("FN").equals(card.organization()) ? card.given() : card.plain("FN");
    }

    static ContactForm of(MultiValueMap<String, String> sent) {
        return new ContactForm(
                line(sent.getFirst("given")),
                line(sent.getFirst("family")),
                line(sent.getFirst("organization")),
                line(sent.getFirst("title")),
                entries(sent, "email", EMAIL_KINDS),
                entries(sent, "phone", PHONE_KINDS),
                line(sent.getFirst("groups")),
                cut(sent.getFirst("note"), LONGEST_NOTE).strip());
    }

    private static String cut(@org.jspecify.annotations.Nullable String text, int most) {
        return text == null ? "" : ContactIndex.cut(text, most);
    }

    private static String line(@org.jspecify.annotations.Nullable String text) {
        return cut(text, LONGEST).replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static List<Entry> entries(VCard card, String name, Set<String> kinds) {
        return spared(card.all(name).stream()
                .map(each -> new Entry(kind(each, kinds), plain(each)))
                .filter(each -> !each.value.isEmpty())
                .limit(MOST)
                .toList());
    }

    private static List<Entry> entries(MultiValueMap<String, String> sent, String name, Set<String> kinds) {
        List<String> values = sent.getOrDefault(name, List.of());
        List<String> chosen = sent.getOrDefault(name + "-kind", List.of());
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), MOST + SPARE); i++) {
            String kind = i < chosen.size() && kinds.contains(chosen.get(i)) ? chosen.get(i) : "other";
            String value = line(values.get(i));
            if (!value.isEmpty()) {
                entries.add(new Entry(kind, value));
            }
        }
        return spared(entries);
    }

    private static List<Entry> spared(List<Entry> entries) {
        return Stream.concat(
                        entries.stream(),
                        Stream.generate(() -> new Entry("home", "")).limit(SPARE))
                .toList();
    }

    private static String plain(Property property) {
        return property.plain().replaceFirst("(?i)^(tel|mailto):", "");
    }

    private static String kind(Property property, Set<String> kinds) {
        return property.types().stream().filter(kinds::contains).findFirst().orElse("other");
    }

    private static List<Entry> written(List<Entry> entries) {
        return entries.stream().filter(each -> !each.value.isEmpty()).toList();
    }

    /** What is wrong with it: the key of a sentence about the whole, or empty. */
    String fault() {
        if (!badAddresses().isEmpty()) {
            return "contacts.fault.address";
        }
        boolean empty = Stream.of(given, family, organization).allMatch(String::isEmpty)
                && written(emails).isEmpty()
                && written(phones).isEmpty();
        return empty ? "contacts.fault.empty" : "";
    }

    List<String> badAddresses() {
        return written(emails).stream()
                .map(Entry::value)
                .filter(each -> !ContactIndex.isAddress(each))
                .toList();
    }

    public boolean isBad(Entry entry) {
        return badAddresses().contains(entry.value);
    }

    /** The card with what was written; what the form does not show is kept. */
    VCard onto(VCard card) {
        ContactForm before = of(card);
        VCard after = card;
        boolean renamed = !before.given.equals(given) || !before.family.equals(family);
        if (renamed) {
            List<String> parts =
                    new ArrayList<>(card.first("N").map(Property::parts).orElse(List.of()));
            while (parts.size() < 5) {
                parts.add("");
            }
            parts.set(0, family);
            parts.set(1, given);
            after = after.with("N", List.of("N:" + VCard.structured(parts.toArray(String[]::new))));
        }
        if (!before.organization.equals(organization)) {
            after = after.with("ORG", organization);
        }
        if (!before.title.equals(title)) {
            after = after.with("TITLE", title);
        }
        after = listed(after, "EMAIL", emails, EMAIL_KINDS);
        after = listed(after, "TEL", phones, PHONE_KINDS);
        if (!before.groups.equals(groups)) {
            after = grouped(after, groupNames());
        }
        if (!before.note.equals(note)) {
            after = after.with("NOTE", note);
        }
        boolean nameless = card.plain("FN").isEmpty() || !before.organization.equals(organization) || addressName(card);
        return renamed || nameless ? after.with("FN", display(after)) : after;
    }

    /** Whether it is called by an address, which may have changed. */
    private static boolean addressName(VCard card) {
        return ContactIndex.addresses(card).contains(card.plain("FN"));
    }

    private String display(VCard card) {
        String name = (given + " " + family).strip();
        return name.isEmpty() ? card.with("FN", "").name() : name;
    }

    private List<String> groupNames() {
        return Stream.of(groups.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    static VCard grouped(VCard card, List<String> groups) {
        return card.with(
                "CATEGORIES",
                groups.isEmpty()
                        ? List.of()
                        : List.of("CATEGORIES:"
                                + String.join(
                                        ",", groups.stream().map(VCard::escaped).toList())));
    }

    /** A line whose value and kind did not change stays as it is, with everything else it says. */
    private static VCard listed(VCard card, String name, List<Entry> entries, Set<String> kinds) {
        List<String> lines = new ArrayList<>();
        List<String> old = new ArrayList<>(card.lines());
        for (Entry entry : written(entries)) {
            String kept = old.stream()
                    .filter(line -> new VCard(List.of(line))
                            .all(name).stream()
                                    .anyMatch(each -> plain(each).equals(entry.value)
                                            && kind(each, kinds).equals(entry.kind)))
                    .findFirst()
                    .orElse("");
            if (kept.isEmpty()) {
                String type = entry.kind.equals("other") ? "" : ";TYPE=" + entry.kind.toUpperCase(Locale.ROOT);
                lines.add(name + type + ":" + VCard.escaped(entry.value));
            } else {
                old.remove(kept);
                lines.add(kept);
            }
        }
        return card.with(name, lines);
    }
}
