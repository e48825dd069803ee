package org.palomar.contacts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;

/** What of a card is found and shown in lists; pure functions. */
final class ContactIndex {

    static final int MOST_ADDRESSES = 30;
    static final int MOST_GROUPS = 30;
    static final int LONGEST_GROUP = 100;
    private static final int LONGEST_ADDRESS = 320;

    private ContactIndex() {}

    /** Its addresses as written, those of no use left out. */
    static List<String> addresses(VCard card) {
        return card.all("EMAIL").stream()
                .map(Property::plain)
                .map(address -> address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address)
                .filter(ContactIndex::isAddress)
                .distinct()
                .limit(MOST_ADDRESSES)
                .toList();
    }

    static boolean isAddress(String address) {
        int at = address.lastIndexOf('@');
        return at > 0
                && at < address.length() - 1
                && address.length() <= LONGEST_ADDRESS
                && address.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == ',' || c == ';');
    }

    static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    static List<String> groups(VCard card) {
        return card.categories().stream()
                .map(name -> cut(name, LONGEST_GROUP))
                .distinct()
                .limit(MOST_GROUPS)
                .toList();
    }

    /** Words under which somebody is suggested: of the name, and of each address also its parts. */
    static Set<String> names(VCard card) {
        Set<String> words = new LinkedHashSet<>(Folded.words(card.name(), 12));
        Stream.of(card.given(), card.family(), card.plain("NICKNAME"))
                .forEach(each -> words.addAll(Folded.words(each, 6)));
        for (String address : addresses(card)) {
            words.add(Folded.address(address));
            words.addAll(Folded.words(address, 8));
        }
        return words;
    }

    /** Other words under which one is found. */
    static Set<String> others(VCard card) {
        Set<String> words = new LinkedHashSet<>();
        Stream.of("ORG", "TITLE", "ADR", "CATEGORIES")
                .flatMap(name -> card.all(name).stream())
                .forEach(each -> words.addAll(Folded.words(each.fields(), 20)));
        card.all("TEL").forEach(each -> words.add(each.plain().replaceAll("[^0-9]", "")));
        card.all("NOTE").forEach(each -> words.addAll(Folded.words(each.text(), 60)));
        words.remove("");
        return words;
    }

    static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
