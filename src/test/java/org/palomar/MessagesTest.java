package org.palomar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every visible word is in every language. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() throws IOException {
        Properties english = load("messages.properties");
        Properties spanish = load("messages_es.properties");
        assertThat(new TreeSet<>(spanish.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
        english.forEach((key, text) -> {
            assertThat((String) text).as(key.toString()).isNotBlank();
            assertThat(arguments(spanish.getProperty((String) key)))
                    .as(key.toString())
                    .isEqualTo(arguments((String) text));
        });
    }

    @Test
    void everyTextIsAMessageFormat() throws IOException {
        for (String file : List.of("messages.properties", "messages_es.properties")) {
            load(file).forEach((key, text) -> {
                MessageFormat format = new MessageFormat((String) text, Locale.ROOT);
                Object[] args = Stream.of(format.getFormatsByArgumentIndex())
                        .map(argument -> argument == null ? "text" : (Object) 2)
                        .toArray();
                assertThat(format.format(args)).as(key.toString()).isNotBlank();
            });
        }
    }

    /** A text that nothing shows is left over. */
    @Test
    void everyKeyIsUsed() throws IOException {
        StringBuilder uses = new StringBuilder();
        for (String root : List.of("src/main/java", "src/main/resources/templates")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    uses.append(Files.readString(file));
                }
            }
        }
        String all = uses.toString();
        List<String> composed = List.of(
                "mailbox.use.",
                "login.reason.",
                "error.",
                "confirm.",
                "keys.",
                "signature.",
                "vcard.",
                "contacts.kind.",
                "contacts.left.",
                "contacts.sync.",
                "calendar.state.",
                "calendar.nth.",
                "calendar.yours.",
                "calendar.sent.",
                "calendar.subject.",
                "calendar.reply.",
                "trust.verdict.",
                "trust.dkim.",
                "trust.spf.",
                "trust.dmarc.",
                "search.state.",
                "search.help.",
                "list.view.",
                "sort.",
                "report.",
                "encoding.",
                "outbox.state.",
                "compose.title.",
                "write.",
                "identity.fault.",
                "migration.fault.",
                "migration.reason.",
                "migration.state.",
                "migration.skip.",
                "compose.cc",
                "compose.bcc",
                "compose.to");
        assertThat(load("messages.properties").stringPropertyNames())
                .filteredOn(key -> composed.stream().noneMatch(key::startsWith))
                .filteredOn(key -> !all.contains(key))
                .isEmpty();
    }

    @Test
    void templatesUseOnlyKeysThatExist() throws IOException {
        Set<Object> keys = load("messages.properties").keySet();
        Pattern use = Pattern.compile("#\\{([a-z][\\w.-]*[\\w-])\\s*[}(]");
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Set<String> used = use.matcher(Files.readString(file))
                        .results()
                        .map(result -> result.group(1))
                        .collect(Collectors.toSet());
                assertThat(keys).as(file.toString()).containsAll(used);
            }
        }
    }

    /** Keys named in Java as whole strings: flash sentences, faults, notes. */
    @Test
    void codeUsesOnlyKeysThatExist() throws IOException {
        Set<Object> keys = load("messages.properties").keySet();
        Pattern use =
                Pattern.compile("\"((?:action|manage|compose|message|list)\\.[a-z][a-z0-9-]*(?:\\.[a-zA-Z0-9-]+)*)\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Set<String> used = use.matcher(Files.readString(file))
                        .results()
                        .map(result -> result.group(1))
                        .filter(key -> !key.equals("message.eml"))
                        .collect(Collectors.toSet());
                assertThat(keys).as(file.toString()).containsAll(used);
            }
        }
    }

    private static Set<String> arguments(String text) {
        return Pattern.compile("\\{(\\d)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }
}
