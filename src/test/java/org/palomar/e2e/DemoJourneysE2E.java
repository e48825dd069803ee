package org.palomar.e2e;

import org.springframework.test.context.ActiveProfiles;

/** The journeys on the demo, as {@code mvnw spring-boot:run} starts it. */
@ActiveProfiles("demo")
class DemoJourneysE2E extends BrowserTest
        implements ReadingJourneys,
                WritingJourneys,
                FilingJourneys,
                MailboxJourneys,
                SearchJourneys,
                SessionJourneys,
                UndoJourneys {}
