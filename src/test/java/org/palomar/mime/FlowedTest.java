package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowedTest {

    @Test
    void wrapsAtSpacesAndKeepsThem() {
        String flowed = Flowed.encode("word ".repeat(40).strip());
        assertThat(flowed.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        assertThat(flowed.lines().limit(flowed.lines().count() - 1))
                .allSatisfy(line -> assertThat(line).endsWith(" "));
        assertThat(flowed).endsWith("word\r\n");
    }

    @Test
    void stuffsWhatWouldBeMisread() {
        assertThat(Flowed.encode(" indented\nFrom here\n>quote\n> > deep\n>\n-- \nAlice  "))
                .isEqualTo("  indented\r\n From here\r\n> quote\r\n>> deep\r\n>\r\n-- \r\nAlice\r\n");
    }

    @Test
    void neverBreaksAnAddress() {
        String url = "https://example.org/" + "x".repeat(200);
        assertThat(Flowed.encode("see " + url + " please")).contains(url);
        assertThat(Flowed.encode("漢字".repeat(100))).isEqualTo("漢字".repeat(100) + "\r\n");
    }

    @Test
    void keepsQuotationsQuoted() {
        String flowed = Flowed.encode("> " + "word ".repeat(40).strip());
        assertThat(flowed.lines())
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).startsWith("> word"));
    }

    @Test
    void doesNotMakeASignatureSeparator() {
        assertThat(Flowed.encode("-- " + "x".repeat(90) + " y").lines()).noneMatch("-- "::equals);
    }

    @Test
    void readsBackAsItWasWritten() {
        Random random = new Random(5);
        String[] pieces = {
            "word", " ", "  ", ">", "From ", "-- ", "\n", "ünï", "https://x.example/" + "y".repeat(80), "a b c d e f g "
        };
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String original = text.toString()
                    .lines()
                    .map(FlowedTest::normal)
                    .reduce("", (a, b) -> a + b + "\n")
                    .stripTrailing();
            assertThat(decoded(Flowed.encode(text.toString())).stripTrailing()).isEqualTo(original);
        }
    }

    /** A small reader of RFC 3676 section 4. */
    private static String decoded(String flowed) {
        StringBuilder text = new StringBuilder();
        boolean soft = false;
        boolean first = true;
        int depthBefore = 0;
        for (String line : flowed.split("\r\n", -1)) {
            int depth = 0;
            while (depth < line.length() && line.charAt(depth) == '>') {
                depth++;
            }
            String content = line.substring(depth);
            content = content.startsWith(" ") ? content.substring(1) : content;
            if (!soft || depth != depthBefore) {
                text.append(first ? "" : "\n").append(">".repeat(depth));
                text.append(depth > 0 && !content.isEmpty() ? " " : "");
            }
            text.append(content);
            first = false;
            soft = content.endsWith(" ") && !content.equals("-- ");
            depthBefore = depth;
        }
        return text.toString();
    }

    private static String normal(String line) {
        int at = 0;
        int depth = 0;
        int next = 0;
        while (next < line.length() && line.charAt(next) == '>' && depth < 20) {
            depth++;
            at = next + 1;
            next = at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
        }
        String rest = depth == 0 ? line : line.substring(next);
        String kept = rest.equals("-- ") ? rest : rest.stripTrailing();
        return ">".repeat(depth) + (depth > 0 && !kept.isEmpty() ? " " : "") + kept;
    }
}
