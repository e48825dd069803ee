package org.palomar.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.palomar.web.Htmx;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the session of a person who has done nothing for as long as a session may live. The container counts every request;
 * an open page asks by itself whenever mail arrives, and would keep whoever forgot to sign out signed in for ever.
 */
final class Attendance extends OncePerRequestFilter {

    /** HTTP session attribute: when the person did something last, in milliseconds. */
    private static final String LAST = "palomar.attended";

    /** A session store is not written to for less. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private final Clock clock;

    Attendance(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            long now = clock.millis();
            long last = session.getAttribute(LAST) instanceof Long noted ? noted : 0;
            long limit = Duration.ofSeconds(session.getMaxInactiveInterval()).toMillis();
            if (!Htmx.isUnattended(request)) {
                if (now - last >= STEP.toMillis()) {
                    session.setAttribute(LAST, now);
                }
            } else if (limit > 0 && last > 0 && now - last > limit) {
                session.invalidate();
            }
        }
        chain.doFilter(request, response);
    }
}
