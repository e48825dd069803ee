package org.palomar.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every letter of the demo, by id. */
final class Story {

    private static final List<String> CHAPTERS =
            List.of("restoration", "household", "abroad", "lists", "newsletters", "receipts", "junk");

    private final Map<String, Letter> letters = new LinkedHashMap<>();

    Story() {
        for (String chapter : CHAPTERS) {
            for (String source : resource(chapter + ".txt").split("\n%%%\n", -1)) {
                Letter letter = Letter.parse(source);
                if (letters.put(letter.id(), letter) != null) {
                    throw new IllegalStateException("two letters are called " + letter.id());
                }
            }
        }
    }

    List<Letter> letters() {
        return List.copyOf(letters.values());
    }

    Letter letter(String id) {
        return Optional.ofNullable(letters.get(id))
                .orElseThrow(() -> new IllegalStateException("no letter is called " + id));
    }

    /** The letters that this one answers, the first of the conversation first. */
    List<Letter> ancestors(Letter letter) {
        List<Letter> ancestors = new ArrayList<>();
        for (Optional<String> id = letter.field("Re"); id.isPresent(); ) {
            Letter ancestor = letter(id.get());
            ancestors.addFirst(ancestor);
            id = ancestor.field("Re");
        }
        return ancestors;
    }

    /** Whether this person wrote a letter that names this one in {@code field}, which is Re or Forward. */
    boolean did(Person person, String field, Letter letter) {
        return letters.values().stream()
                .filter(other -> other.sender().equals(Optional.of(person)))
                .anyMatch(other -> other.field(field).equals(Optional.of(letter.id())));
    }

    static String resource(String name) {
        try (InputStream in = Story.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("demo/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
