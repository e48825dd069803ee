package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palomar.mail.Address;
import org.palomar.testing.MailCorpus;
import tools.jackson.databind.JsonNode;

/** The header vectors of the corpus: parameters, encoded words, addresses. */
class HeaderVectorsTest {

    /** Where the standards leave a choice, or the input is beyond them: what else is right, and why it was chosen here. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("v006", "octets that are not of their charset are still a better name than the fall-back"),
            Map.entry("v018", "some programs number from 1: half a name is better than none"),
            Map.entry("v034", "an address with a space in it is shown as it is"),
            Map.entry("v036", "comments within an address are dropped with what they split"),
            Map.entry("v042", "nothing here is an address"),
            Map.entry("v047", "comments behind an address are no name"),
            Map.entry("v052", "a mailbox without @ is a name"),
            Map.entry("v054", "a bracket before a colon is the name of a group"),
            Map.entry("v058", "a type with a backslash is no type"),
            Map.entry("v078", "one octet that is not UTF-8 is read as windows-1252"),
            Map.entry("v082", "the last letter is whole although its padding is not"),
            Map.entry("v085", "an unknown charset is guessed"),
            Map.entry("v087", "padding inside ends a group"),
            Map.entry("v091", "surrogates in UTF-8 are read as windows-1252"));

    @Test
    void headersAreReadAsOthersReadThem() {
        List<String> wrong = new ArrayList<>();
        int read = 0;
        for (JsonNode vector : MailCorpus.open().vectors("header-vectors-jsmime")) {
            String id = vector.get("id").asString();
            JsonNode input = vector.get("input").isArray() ? vector.get("input").get(0) : vector.get("input");
            if (!input.isString()) {
                // Octets in a charset that is known from elsewhere; here none is.
                continue;
            }
            read++;
            String found = read(vector.get("kind").asString(), input.asString(), vector.get("expected"));
            if (!found.isEmpty() && !OTHERWISE.containsKey(id)) {
                wrong.add(id + " " + input + " " + found);
            }
        }
        System.err.println(read - wrong.size() + " of " + read + " header vectors read as expected, " + OTHERWISE.size()
                + " of them on purpose otherwise");
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** What is not as expected, or empty. */
    private static String read(String kind, String input, JsonNode expected) {
        return switch (kind) {
            case "parameters", "structured:Content-Type" -> {
                byte[] field = ("X: " + input + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
                MimeHeader header = MimeHeader.read(field, 0, field.length);
                Map<String, String> parameters = header.parameters("x");
                List<String> faults = new ArrayList<>();
                expected.path("__params").properties().forEach(parameter -> {
                    String value = parameters.getOrDefault(parameter.getKey(), "");
                    if (!value.equals(parameter.getValue().asString())) {
                        faults.add(value + " for " + parameter);
                    }
                });
                if (expected.has("type")
                        && !header.word("x", "text/plain")
                                .equals(expected.get("type").asString())) {
                    faults.add(header.word("x", "text/plain"));
                }
                yield String.join(", ", faults);
            }
            case "rfc2047", "structured:Subject" -> {
                String decoded = HeaderText.decode(input);
                yield decoded.equals(expected.asString().strip()) ? "" : decoded;
            }
            case "addresses", "structured:From" -> {
                List<String> wanted = new ArrayList<>();
                expected.valueStream().forEach(entry -> flatten(entry, wanted));
                List<String> found = HeaderAddresses.parse(input, null).stream()
                        .map(HeaderVectorsTest::written)
                        .toList();
                yield found.equals(wanted) ? "" : found + " instead of " + wanted;
            }
            default -> "";
        };
    }

    private static void flatten(JsonNode entry, List<String> to) {
        JsonNode group = entry.get("group");
        if (group == null) {
            to.add(squeezed(HeaderText.decode(entry.get("name").asString())) + "|"
                    + entry.get("email").asString());
        } else if (group.isEmpty()) {
            to.add(squeezed(entry.get("name").asString()) + "|");
        } else {
            group.valueStream().forEach(member -> flatten(member, to));
        }
    }

    private static String written(Address address) {
        return squeezed(address.name() == null ? "" : address.name()) + "|" + address.address();
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\p{Z}\\p{Cf}\\p{Mn}\\u2800]+", "");
    }

    @Test
    void addressesThatAreValidAreFoundWhole() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode vector : MailCorpus.open().vectors("addresses-flanker")) {
            String input = vector.get("input").asString();
            List<Address> found = HeaderAddresses.parse(input, null);
            if (vector.get("expected").get("valid").asBoolean()) {
                String wanted = input.replaceAll("^\\([^)]*\\)", "").strip();
                if (found.size() != 1 || !found.getFirst().address().equals(wanted)) {
                    wrong.add(vector.get("id").asString() + " " + input + " " + found);
                }
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }
}
