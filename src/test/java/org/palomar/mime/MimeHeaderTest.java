package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MimeHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name=a.txt|a.txt",
                "name=\"a;b\\\"c.txt\"; x=y|a;b\"c.txt",
                "name*=UTF-8''%E2%82%AC.txt; name=fallback.txt|€.txt",
                "name=fallback; name*0*=iso-8859-1'de'%FC; name*1=b; name*2*=%E4|übä",
                "name*0=a; name*1=b; name*3=d|ab",
                "name*0=first; name*=UTF-8''whole|whole",
                "name=\"=?utf-8?B?w7wudHh0?=\"|ü.txt",
                "NAME = spaced.txt |spaced.txt",
                "name=\"C:\\temp\\a.txt\"|C:\\temp\\a.txt",
                "name=one; name=two|one",
            })
    void readsParameters(String parameters, String expected) {
        assertThat(header("Content-Type: text/plain; " + parameters + "\r\n").parameters("content-type"))
                .containsEntry("name", expected);
    }

    @Test
    void findsTheBodyAfterABrokenHeader() {
        String source = "Subject: x\r\nthis is no header\r\nbody";
        MimeHeader header = header(source);
        assertThat(header.raw("subject")).isEqualTo("x");
        assertThat(source.substring(header.end())).isEqualTo("this is no header\r\nbody");
    }

    @Test
    void knowsNoParametersWithoutTheField() {
        assertThat(header("").parameters("content-type")).isEqualTo(Map.of());
        assertThat(header("Content-Type:\r\n").word("content-type", "text/plain"))
                .isEqualTo("text/plain");
        assertThat(header("Content-Type: TEXT/Html (odd); a=b\r\n").word("content-type", ""))
                .isEqualTo("text/html");
    }

    private static MimeHeader header(String source) {
        byte[] octets = source.getBytes(StandardCharsets.ISO_8859_1);
        return MimeHeader.read(octets, 0, octets.length);
    }
}
