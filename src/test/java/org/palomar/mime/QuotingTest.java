package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotingTest {

    @Test
    void anAnswerQuotesALetterAndNotAFile() {
        assertThat(Quoting.reply("Bob wrote:", "a\n> b\n\n-- \nBob")).isEqualTo("Bob wrote:\n> a\n>> b\n");
        String quoted = Quoting.reply("", "line\n".repeat(Quoting.LONGEST));
        assertThat(quoted).endsWith("\n> […]\n").hasSizeLessThan(2 * Quoting.LONGEST);
    }

    @Test
    void whatIsForwardedIsWhole() {
        String text = "line\n".repeat(Quoting.LONGEST);
        assertThat(Quoting.forward("Forwarded", List.of(), text)).endsWith("\n\n" + text);
    }
}
