package org.palomar.live;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of news for open pages, as server-sent events. */
@Controller
class EventsController {

    /** A page older than this asks for everything anyway. */
    private static final long OLDEST = Duration.ofDays(1).toMillis();

    private final Pages pages;

    EventsController(Pages pages) {
        this.pages = pages;
    }

    /**
     * Begins with "hello", whose data is the pause between beats in milliseconds, and "state". Then come "arrived", "expunged"
     * and "flags" with a mailbox's segment, "mailboxes" when there are others than before, "all" when it is not known what
     * happened, "state" when it changes, and "beat".
     *
     * @param mailbox the one on the screen
     * @param age milliseconds since the page was asked for or last told something
     */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter listen(
            SignedIn person,
            MailSession session,
            @RequestParam(defaultValue = "INBOX") MailboxName mailbox,
            @RequestParam(defaultValue = "0") long age,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        return pages.open(
                person, session, request.getSession(), mailbox, Duration.ofMillis(Math.clamp(age, 0, OLDEST)));
    }

    /** Another mailbox is on the screen. */
    @PostMapping("/events/mailbox")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void look(SignedIn person, @RequestParam MailboxName mailbox) {
        pages.look(person, mailbox);
    }
}
