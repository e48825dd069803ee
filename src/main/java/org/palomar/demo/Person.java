package org.palomar.demo;

import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The people of the demo. The password is the short name. */
enum Person {
    ALICE("Alice Moreno"),
    BOB("Bob Okafor"),
    CAROL("Carol Tanaka");

    static final String DOMAIN = "palomar.example";

    private final String fullName;

    Person(String fullName) {
        this.fullName = fullName;
    }

    /** The person with this short name, such as {@code alice}. */
    static Optional<Person> named(String name) {
        for (Person person : values()) {
            if (person.shortName().equals(name)) {
                return Optional.of(person);
            }
        }
        return Optional.empty();
    }

    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String address() {
        return shortName() + "@" + DOMAIN;
    }

    String password() {
        return shortName();
    }

    InternetAddress mailbox() {
        try {
            return new InternetAddress(address(), fullName, StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
