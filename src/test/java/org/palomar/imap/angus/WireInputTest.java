package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.angus.mail.iap.ByteArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireInputTest {

    private static final String LONG = "x".repeat(100_000);

    /** Gives a few octets at a time, as a slow line does. */
    private static WireInput input(String octets, int atOnce) {
        InputStream all = new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = new FilterInputStream(all) {
            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                return super.read(into, from, Math.min(count, atOnce));
            }
        };
        return new WireInput(in);
    }

    private static String response(WireInput in) throws IOException {
        ByteArray response = in.readResponse(null);
        return new String(Arrays.copyOf(response.getBytes(), response.getCount()), StandardCharsets.ISO_8859_1);
    }

    private static String literal(WireInput in, long octets) throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        in.take(octets, taken);
        return taken.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 8_192, 1_000_000})
    void readsResponsesHoweverTheyCome(int atOnce) throws IOException {
        String[] responses = {
            "* 5 EXISTS\r\n",
            "* OK a lone\nline feed\r\n",
            "* 1 FETCH (BODY[1] {5}\r\na\r\n{9} BODY[2] {0}\r\n)\r\n",
            "* 2 FETCH (BODY[1] ~{100000}\r\n" + LONG + " UID 7)\r\n",
            "* 3 FETCH (BODY[1] \"" + LONG + "\")\r\n",
            "* OK {}\r\n",
            "* OK {a5}\r\n",
            "* OK {99999999999}\r\n",
            "5}\r\n",
            "\r\n",
            "A1 OK done\r\n"
        };
        WireInput in = input(String.join("", responses), atOnce);
        for (String expected : responses) {
            assertThat(in.literal("BODY[3]")).isEqualTo(-1);
            assertThat(response(in)).isEqualTo(expected);
        }
        assertThatThrownBy(() -> in.readResponse(null)).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 8_192, 1_000_000})
    void passesALiteralOnAndLeavesTheRestOfTheResponse(int atOnce) throws IOException {
        WireInput in = input(
                "* 9 EXISTS\r\n* 12 FETCH (UID 5 BODY[2]<0> {100000}\r\n" + LONG + " FLAGS (\\Seen))\r\n"
                        + "* 13 fetch (body[2]{3}\r\nabc UID 6)\r\nA1 OK done\r\n",
                atOnce);
        assertThat(in.literal("BODY[2]")).isEqualTo(-1);
        assertThat(response(in)).isEqualTo("* 9 EXISTS\r\n");
        assertThat(in.literal("BODY[2]")).isEqualTo(100_000);
        assertThat(literal(in, 100_000)).isEqualTo(LONG);
        assertThat(response(in)).isEqualTo("* 12 FETCH (UID 5  FLAGS (\\Seen))\r\n");
        assertThat(in.literal("BODY[2]")).isEqualTo(3);
        assertThat(literal(in, 3)).isEqualTo("abc");
        assertThat(response(in).toLowerCase(Locale.ROOT)).isEqualTo("* 13 fetch ( uid 6)\r\n");
        assertThat(response(in)).isEqualTo("A1 OK done\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 1 FETCH (UID 5 BODY[2.1] {3}\r\nabc)\r\n",
                "* 1 FETCH (UID 5 BODY[2] \"abc\")\r\n",
                "* 1 FETCH (UID 5 BODY[2] NIL)\r\n",
                "* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\nabc)\r\n",
                "* OK BODY[2] {3}\r\nabc\r\n",
                "A1 NO BODY[2] {3}\r\nabc\r\n"
            })
    void leavesEverythingElseAsItIs(String octets) throws IOException {
        WireInput in = input(octets, 1_000);
        assertThat(in.literal("BODY[2]")).isEqualTo(-1);
        assertThat(response(in)).isEqualTo(octets);
    }

    @Test
    void saysWhenTheServerLeavesInTheMiddleOfALiteral() throws IOException {
        WireInput in = input("* 1 FETCH (UID 5 BODY[2]<0> {10}\r\nabc", 1_000);
        assertThat(in.literal("BODY[2]")).isEqualTo(10);
        assertThatThrownBy(() -> literal(in, 10)).isInstanceOf(EOFException.class);
    }
}
