package org.palomar.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.mime.Subjects;

class BaseSubjectTest {

    static String words(String subject) {
        return Subjects.base(subject);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Lunch                    | Lunch | false
                    Re: Lunch                | Lunch | true
                    [friends] Lunch          | Lunch | false
                    RE: [friends] Aw: lunch  | Lunch | true
                    [a] [b] Fwd:  LUNCH      | Lunch | true
                    [only a tag]             | [Only a tag] | false
                    Re: [only a tag]         | [only a tag] | true
                    Regarding lunch          | Regarding lunch | false
                    """)
    void takesOffWhatAnsweringAndListsPutBefore(String subject, String same, boolean answer) {
        assertThat(BaseSubject.of(subject))
                .isEqualTo(new BaseSubject(BaseSubject.of(same).hash(), answer));
    }

    @Test
    void nothingIsNothing() {
        assertThat(BaseSubject.of(null).hash()).isZero();
        assertThat(BaseSubject.of("  ").hash()).isZero();
        assertThat(BaseSubject.of("Re: ")).isEqualTo(new BaseSubject(0, true));
        assertThat(BaseSubject.of("Lunch").hash())
                .isNotEqualTo(BaseSubject.of("Dinner").hash());
    }
}
