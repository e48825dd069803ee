package org.palomar.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palomar.listing.Sort.By;
import org.palomar.mail.SortKey;

class SortTest {

    @Test
    void whatIsNotUnderstoodIsNotSaid() {
        assertThat(Sort.of("", "")).isEqualTo(Sort.NEWEST);
        assertThat(Sort.of(null, null)).isEqualTo(Sort.NEWEST);
        assertThat(Sort.of("SENDER'--", "down")).isEqualTo(Sort.NEWEST);
        assertThat(Sort.of("sender", "sideways")).isEqualTo(new Sort(By.SENDER, false));
        assertThat(Sort.of("nothing", "asc")).isEqualTo(new Sort(By.ARRIVAL, false));
    }

    @Test
    void startsInTheDirectionAReaderExpects() {
        assertThat(Sort.of("size", null).descending()).isTrue();
        assertThat(Sort.of("date", null).descending()).isTrue();
        assertThat(Sort.of("subject", null).descending()).isFalse();
        assertThat(Sort.of("subject", "desc").descending()).isTrue();
    }

    @Test
    void onlyAnOrderThatIsNotTheUsualOneIsWritten() {
        assertThat(Sort.NEWEST.onto("/mailboxes/INBOX?page=2")).isEqualTo("/mailboxes/INBOX?page=2");
        assertThat(Sort.of("sender", null).onto("/mailboxes/INBOX")).isEqualTo("/mailboxes/INBOX?sort=sender&dir=asc");
        assertThat(Sort.of("arrival", "asc").onto("/mailboxes/INBOX?page=2"))
                .isEqualTo("/mailboxes/INBOX?page=2&sort=arrival&dir=asc");
    }

    @Test
    void onesOwnMailIsOrderedByWhoGetsIt() {
        assertThat(Sort.of("sender", null).key(() -> true)).isEqualTo(SortKey.TO);
        assertThat(Sort.of("sender", null).key(() -> false)).isEqualTo(SortKey.FROM);
        assertThat(Sort.NEWEST.key(() -> {
                    throw new AssertionError("asked for nothing");
                }))
                .isNull();
    }
}
