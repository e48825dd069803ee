package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BeforeSendingTest {

    private static final Upload FILE = new Upload("id", "a.csv", "text/csv", 1, Instant.EPOCH, Path.of("a"));

    private static List<String> asked(String mode, String to, String subject, String text, Upload... files) {
        ComposeForm form =
                ComposeForm.begun(mode, "").addressed(to, "", "", subject).saying(text, "");
        return BeforeSending.questions(form, List.of(files), List.of(), true).stream()
                .map(BeforeSending.Question::key)
                .toList();
    }

    @Test
    void asksWhatOneWouldWantToKnow() {
        assertThat(asked("new", "bob@a.example", "Roof", "Here it is.")).isEmpty();
        assertThat(asked("new", "bob@a.example", " ", "Here it is.")).containsExactly("compose.ask.subject");
        assertThat(asked("new", "bob@a.example", "Roof", "The plan is attached."))
                .containsExactly("compose.ask.attached");
        assertThat(asked("new", "bob@a.example", "Tejado", "Te ADJUNTO el plano"))
                .containsExactly("compose.ask.attached");
        assertThat(asked("new", "bob@a.example", "Roof", "The plan is attached.", FILE))
                .isEmpty();
        assertThat(asked("reply", "bob@a.example", "Roof", "Thanks.\n\n> The plan is attached."))
                .isEmpty();
        assertThat(asked("forward", "bob@a.example", "Roof", "See.\n---------- Forwarded\nattached"))
                .isEmpty();
        String many = IntStream.range(0, BeforeSending.MANY)
                .mapToObj(i -> "p" + i + "@a.example")
                .collect(Collectors.joining(", "));
        assertThat(asked("replyAll", many, "Roof", "x")).containsExactly("compose.ask.all");
        assertThat(asked("new", many, "", "attached"))
                .containsExactly("compose.ask.subject", "compose.ask.attached", "compose.ask.many");
    }

    @Test
    void reportsThatNobodyWillMakeAreSpokenOf() {
        ComposeForm form = ComposeForm.begun("new", "")
                .addressed("bob@a.example", "", "", "Roof")
                .saying("Here it is.", "")
                .wishing("", "", "true");
        assertThat(BeforeSending.questions(form, List.of(), List.of(), true))
                .singleElement()
                .satisfies(question -> assertThat(question.key()).isEqualTo("compose.ask.report"));
        assertThat(BeforeSending.questions(form, List.of(), List.of(), false)).isEmpty();
    }

    @Test
    void faultsComeFirst() {
        assertThat(asked("new", "", "", "attached")).isEmpty();
        assertThat(asked("new", "bob@a.example, nobody", "", "attached")).isEmpty();
    }
}
