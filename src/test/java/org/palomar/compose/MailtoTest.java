package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** S41. */
class MailtoTest {

    @Test
    void readsWhatAPersonSeesBeforeSending() {
        assertThat(Mailto.parse("mailto:bob@a.example,carol%40b.example?subject=Caf%C3%A9%20%26%20more&cc=d+e@c.example"
                        + "&BCC=f@c.example&body=One%0D%0ATwo+three&to=g@c.example"))
                .isEqualTo(new Mailto(
                        "bob@a.example,carol@b.example, g@c.example",
                        "d+e@c.example",
                        "f@c.example",
                        "Café & more",
                        "One\nTwo+three"));
    }

    @Test
    void nothingElseComesAlong() {
        assertThat(
                        Mailto.parse(
                                "mailto:a@b.example?attach=/etc/passwd&attachment=x&from=evil@x.example&reply-to=y@x.example"
                                        + "&in-reply-to=%3Cz%40x%3E&html=%3Cb%3E&subject=s%0D%0ABcc:evil@x.example&body=%zz&x-header=1"))
                .isEqualTo(new Mailto("a@b.example", "", "", "s Bcc:evil@x.example", ""));
        assertThat(Mailto.parse("")).isEqualTo(new Mailto("", "", "", "", ""));
        assertThat(Mailto.parse("MAILTO:?&=&body")).isEqualTo(new Mailto("", "", "", "", ""));
    }
}
