package org.palomar.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffersTest {

    @Test
    void theLastAnswerToEhloCounts() {
        assertThat(
                        size(
                                "EHLO x\n250-mail\n250-SIZE 1000\n250 STARTTLS\nSTARTTLS\n220 go\nEHLO x\n250-mail\n250 SIZE 2000\n"))
                .isEqualTo(2_000);
        assertThat(size("EHLO x\n250-SIZE 1000\n250 STARTTLS\nSTARTTLS\n220 go\nEHLO x\n250 mail\n"))
                .as("said before STARTTLS only")
                .isZero();
    }

    @Test
    void whatIsNoLimitIsNone() {
        assertThat(size("EHLO x\r\n250-mail\r\n250-size 35882577\r\n250 HELP\r\n"))
                .isEqualTo(35_882_577);
        for (String line : new String[] {"SIZE", "SIZE 0", "SIZE x", "SIZE 9999999999999999999", "OVERSIZE 5"}) {
            assertThat(size("EHLO x\n250-mail\n250 " + line + "\n")).as(line).isZero();
        }
    }

    private static long size(String conversation) {
        return Offers.read(conversation).size().orElse(0);
    }
}
