package org.palomar.trust;

import java.net.URI;
import java.time.Duration;
import org.palomar.door.Answer;
import org.palomar.door.ClosedException;
import org.palomar.door.Door;
import org.palomar.door.Terms;
import org.palomar.imap.MailSession;
import org.palomar.mail.MessageRef;
import org.palomar.reading.MessageReading;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Component;

/**
 * Leaves a mailing list for a person who said so (RFC 8058): one POST through the guarded door, to the address that the message
 * holds under a signature that one of our own servers found good. Never a GET, nothing from the browser's request, no cookies.
 */
@Component
class ListDeparture {

    private static final String FORM = "List-Unsubscribe=One-Click";
    private static final Terms TERMS = new Terms(false, 100_000, Duration.ofSeconds(20), "*/*");

    private final TrustProperties trusted;
    private final Door door;

    ListDeparture(TrustProperties trusted, Door door) {
        this.trusted = trusted;
        this.door = door;
    }

    /**
     * The host that would be asked, as it may be shown.
     *
     * @throws NotFoundException when the message offers nothing that may be asked
     */
    String host(MailSession session, MessageRef ref) {
        return Unsubscribing.shown(address(session, ref));
    }

    /** Asks; the sentence says what came of it. */
    Flash leave(MailSession session, MessageRef ref) {
        URI address = address(session, ref);
        String host = Unsubscribing.shown(address);
        try {
            Answer answer = door.post(address.toString(), FORM, TERMS);
            // A redirect is no answer: whoever meant to do as asked has done it (RFC 8058 section 3.1).
            return answer.status() >= 200 && answer.status() < 300
                    ? Flash.ok("trust.leave.done", host)
                    : Flash.warn("trust.leave.refused", host);
        } catch (ClosedException _) {
            return Flash.warn("trust.leave.closed", host);
        }
    }

    private URI address(MailSession session, MessageRef ref) {
        Header header = session.examine(
                ref.mailbox(), open -> new Header(MessageReading.of(open, ref).fields()));
        return Unsubscribing.oneClick(header, Checks.of(header.fields(), trusted))
                .orElseThrow(() -> new NotFoundException("error.404.text"));
    }
}
