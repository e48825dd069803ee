package org.palomar.demo;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message as the resources in {@code demo/} write it: fields, an empty line, the text.
 *
 * <p>Fields are {@code Id}, {@code Re} and {@code Forward} (ids of other letters), {@code From}, {@code To}, {@code Cc}
 * (short names of the three or whole addresses), {@code Date} ({@code -3d 09:15} for the time of day three days ago, or
 * {@code -40m}, {@code -5h}), {@code Subject}, {@code Html}, {@code Inline}, {@code Attach}, {@code Event},
 * {@code In} ({@code alice=Archive}; {@code none} for no copy), {@code Unseen}, {@code Flagged}, and {@code Header-X} for
 * a header X.
 */
record Letter(Map<String, String> fields, String text) {

    private static final String EXTRA = "Header-";

    Letter {
        fields = Map.copyOf(fields);
        for (String needed : List.of("Id", "From", "Date", "Subject")) {
            if (!fields.containsKey(needed)) {
                throw new IllegalArgumentException("a letter without " + needed + ": " + fields);
            }
        }
    }

    static Letter parse(String source) {
        String[] halves = source.strip().split("\n\n", 2);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : halves[0].split("\n", -1)) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Letter(fields, halves.length > 1 ? halves[1].strip() + "\n" : "");
    }

    String id() {
        return fields.getOrDefault("Id", "");
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The values of a field separated by white space, none when it is absent. */
    List<String> words(String name) {
        return field(name).map(value -> List.of(value.split("\\s+"))).orElse(List.of());
    }

    String messageId() {
        return "<" + id() + "@" + Person.DOMAIN + ">";
    }

    InternetAddress from() {
        return addresses("From").getFirst();
    }

    Optional<Person> sender() {
        return field("From").flatMap(Person::named);
    }

    List<InternetAddress> addresses(String name) {
        List<InternetAddress> found = new ArrayList<>();
        for (String each : field(name).map(value -> value.split(",")).orElse(new String[0])) {
            found.add(Person.named(each.strip()).map(Person::mailbox).orElseGet(() -> parsed(each.strip())));
        }
        return found;
    }

    /** The mailbox of everybody who keeps a copy: the sender's Sent and the recipients' INBOX unless {@code In} differs. */
    Map<Person, String> mailboxes() {
        Map<Person, String> mailboxes = new LinkedHashMap<>();
        for (String name : List.of("To", "Cc")) {
            for (String each : field(name).map(value -> value.split(",")).orElse(new String[0])) {
                Person.named(each.strip()).ifPresent(person -> mailboxes.put(person, "INBOX"));
            }
        }
        sender().ifPresent(person -> mailboxes.putIfAbsent(person, "Sent"));
        for (String word : words("In")) {
            int equals = word.indexOf('=');
            Person person = Person.named(word.substring(0, equals)).orElseThrow();
            mailboxes.put(person, word.substring(equals + 1));
        }
        mailboxes.values().removeIf("none"::equals);
        return mailboxes;
    }

    Map<String, String> extraHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                headers.put(name.substring(EXTRA.length()), value);
            }
        });
        return headers;
    }

    /** When it was written, always before {@code now}. */
    ZonedDateTime date(ZonedDateTime now) {
        String[] words = words("Date").toArray(String[]::new);
        int amount = Integer.parseInt(words[0].substring(1, words[0].length() - 1));
        return switch (words[0].charAt(words[0].length() - 1)) {
            case 'm' -> now.minus(Duration.ofMinutes(amount));
            case 'h' -> now.minus(Duration.ofHours(amount));
            case 'd' -> now.minusDays(Math.max(1, amount)).with(LocalTime.parse(words[1]));
            default -> throw new IllegalArgumentException("not a date: " + Arrays.toString(words));
        };
    }

    private static InternetAddress parsed(String address) {
        try {
            InternetAddress parsed = new InternetAddress(address);
            // Again with the name, which the first parse took as it stood and did not encode (RFC 2047).
            return new InternetAddress(parsed.getAddress(), parsed.getPersonal(), "UTF-8");
        } catch (AddressException | java.io.UnsupportedEncodingException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }
}
