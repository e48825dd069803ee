package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palomar.template.Template;

/** What becomes of placeholders. */
class FillingTest {

    private static final Template ALL = new Template(
            "1",
            "all",
            "About {subject}",
            "Dear {first} ({name}, {EMAIL}),\n{me}, {date} {other} {}",
            "<div>Dear <b>{name}</b> {subject}</div>");

    private static ComposeForm to(String to, String subject) {
        return ComposeForm.begun("new", "").addressed(to, "", "", subject);
    }

    @Test
    void areFilledFromTheLetter() {
        Template filled =
                new Filling(to("Ramiro Paz <r@tejas.example>, b@x.example", "Tiles"), "Alice", "1 May").fill(ALL);
        assertThat(filled.subject()).isEqualTo("About Tiles");
        assertThat(filled.text()).isEqualTo("Dear Ramiro (Ramiro Paz, r@tejas.example),\nAlice, 1 May {other} {}");
        assertThat(filled.html()).isEqualTo("<div>Dear <b>Ramiro Paz</b> Tiles</div>");
    }

    @Test
    void stayWhereNothingIsKnown() {
        Template filled = new Filling(to("r@tejas.example", ""), "", "1 May").fill(ALL);
        assertThat(filled.text())
                .startsWith("Dear {first} ({name}, r@tejas.example)")
                .contains("{me}");
        assertThat(Filling.left(filled.text() + "\n> {date}\n-- \n{email}"))
                .containsExactly("{first}", "{name}", "{me}");
    }

    @Test
    void takeWhatStandsBehindAComma() {
        Template filled = new Filling(to("\"Paz, Ramiro José\" <r@tejas.example>", ""), "", "").fill(ALL);
        assertThat(filled.text()).startsWith("Dear Ramiro (Paz, Ramiro José");
    }

    /** S9: a name is a stranger's word. */
    @Test
    void s9_areTextAlsoInMarkup() {
        Template filled =
                new Filling(to("\"<img src=x onerror=alert(1)>$1\\\\\" <r@tejas.example>", ""), "", "").fill(ALL);
        assertThat(Filling.markup(filled)).contains("&lt;img").doesNotContain("<img");
    }

    @Test
    void standAboveWhatWasWritten() {
        ComposeForm written = to("r@tejas.example", "Mine").saying("typed\n\n> quoted", "");
        ComposeForm both = Filling.above(written, new Template("1", "n", "Theirs", "Hello", ""));
        assertThat(both.subject()).isEqualTo("Mine");
        assertThat(both.text()).isEqualTo("Hello\n\ntyped\n\n> quoted");
        assertThat(both.html()).isEmpty();
        ComposeForm rich = Filling.above(written, new Template("1", "n", "", "Hello", "<b>Hello</b>"));
        assertThat(rich.html()).contains("<b>Hello</b>").contains("typed").contains("quoted");
    }
}
