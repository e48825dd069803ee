package org.palomar.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffersTest {

    @Test
    void theLastAnswerToEhloCounts() {
        assertThat(offer("EHLO x|250-mail|250-SIZE 1000|250 STARTTLS|STARTTLS|220 go|EHLO x|250-mail|250 SIZE 2000")
                        .size())
                .hasValue(2_000);
        Offer after = offer("EHLO x|250-mail|250-SIZE 1000|250-DSN|250 STARTTLS|STARTTLS|220 go|EHLO x|250 mail");
        assertThat(after.size()).as("said before STARTTLS only").isEmpty();
        assertThat(after.lacks(Offer.DSN)).isTrue();
        assertThat(offer("EHLO x|250-mail|250-DSN|250 STARTTLS|STARTTLS|220 go").known())
                .as("nothing was said yet")
                .isFalse();
    }

    @Test
    void whatIsNoLimitIsNone() {
        assertThat(offer("EHLO x|250-mail|250-size 35882577|250 HELP").size()).hasValue(35_882_577);
        for (String line : new String[] {"SIZE", "SIZE 0", "SIZE x", "SIZE 9999999999999999999", "OVERSIZE 5"}) {
            assertThat(offer("EHLO x|250-mail|250 " + line).size()).as(line).isEmpty();
        }
    }

    @Test
    void theNameOfTheServerIsNoExtension() {
        Offer offer = offer("220 SMTPUTF8|EHLO x|250-DSN at your service|250 smtputf8");
        assertThat(offer.has(Offer.UTF8)).isTrue();
        assertThat(offer.has(Offer.DSN)).isFalse();
        assertThat(offer("EHLO x|502 no|HELO x|250 DSN").lacks(Offer.DSN)).isTrue();
        assertThat(Offer.UNKNOWN.lacks(Offer.DSN)).isFalse();
    }

    @Test
    void whatAMessageSaysIsNoAnswer() {
        Conversation conversation =
                heard("EHLO x|250-mail|250 DSN|DATA|354 go|EHLO x|250 mail|554 said in the letter|..");
        assertThat(conversation.refusal()).isNull();
        assertThat(conversation.offer().has(Offer.DSN)).isTrue();
        conversation.println(".");
        conversation.println("554-no");
        conversation.println("554 never");
        conversation.println("RSET");
        conversation.println("250 ok");
        assertThat(conversation.refusal()).isEqualTo("554-no 554 never");
    }

    private static Offer offer(String conversation) {
        return heard(conversation).offer();
    }

    private static Conversation heard(String lines) {
        Conversation conversation = new Conversation();
        for (String line : lines.split("\\|", -1)) {
            conversation.println(line);
        }
        return conversation;
    }
}
