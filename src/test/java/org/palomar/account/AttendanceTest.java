package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.palomar.testing.SettableClock;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class AttendanceTest {

    private final SettableClock clock = new SettableClock();
    private final Attendance attendance = new Attendance(clock);
    private final MockHttpSession session = new MockHttpSession();

    private void request(boolean unattended) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        if (unattended) {
            request.addHeader("Palomar-Live", "true");
        }
        attendance.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    }

    @Test
    void aForgottenPageDoesNotKeepItsPersonSignedInForEver() throws Exception {
        session.setMaxInactiveInterval(3_600);
        request(false);
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            request(true);
        }
        assertThat(session.isInvalid()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        request(true);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whoeverDoesSomethingStays() throws Exception {
        session.setMaxInactiveInterval(3_600);
        request(false);
        for (int hour = 0; hour < 30; hour++) {
            clock.advance(Duration.ofMinutes(59));
            request(true);
            request(false);
        }
        assertThat(session.isInvalid()).isFalse();
    }
}
