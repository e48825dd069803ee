package org.palomar.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.stereotype.Component;

/**
 * The mail sessions of the people signed in at this process, by the key in {@link SignedIn}. A session that is not here
 * (after a restart, or on another node) is opened anew from the sealed credentials, without a new sign-in. Safe for use
 * by many threads.
 */
@Component
public class MailSessions implements DisposableBean {

    /** HTTP session attribute with {@link SealedCredentials#sealedText()}. */
    static final String SEALED = "palomar.sealed";

    private static final Logger log = LoggerFactory.getLogger(MailSessions.class);

    private final ImapConnector connector;
    private final ApplicationEventPublisher events;
    private final Map<String, MailSession> open = new ConcurrentHashMap<>();
    private final Map<MailSession, Users> uses = new HashMap<>();
    private final Object[] locks = Stream.generate(Object::new).limit(256).toArray();

    MailSessions(ImapConnector connector, ApplicationEventPublisher events) {
        this.connector = connector;
        this.events = events;
    }

    /** A piece of work that needs a mail session to its end; {@link #close} ends the need. Idempotent. */
    public interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /** Someone's mail session was opened here, at sign-in or after a restart. */
    public record Began(SignedIn person, MailSession session) {}

    /** Someone's mail session ended: whatever others keep under this key can go. */
    public record Ended(String key) {}

    /**
     * The mail session of the request's person. The key in the cookie is asked for each time, also where the session is
     * open already: a session store holds every session's id, and that alone must open nothing.
     *
     * @throws ImapException.Closed when nothing opens one: the person has to sign in again
     */
    public MailSession of(SignedIn person, HttpServletRequest request) {
        Credentials credentials = credentials(request);
        MailSession present = open.get(person.key());
        if (present != null) {
            return present;
        }
        // Several requests of one page come at once: one of them signs in. Others' sign-ins need not wait for it.
        synchronized (locks[Math.floorMod(person.key().hashCode(), locks.length)]) {
            MailSession meanwhile = open.get(person.key());
            if (meanwhile != null) {
                return meanwhile;
            }
            MailSession session = connector.open(credentials, request.getRemoteAddr());
            register(person, session);
            return session;
        }
    }

    /** The person's credentials, unsealed for one use such as submission. */
    public Credentials credentials(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String key = KeyCookie.read(request);
        if (session == null || key == null || !(session.getAttribute(SEALED) instanceof String text)) {
            throw new ImapException.Closed();
        }
        return new SealedCredentials(text, key).open().orElseThrow(ImapException.Closed::new);
    }

    /** Whether the person's mail session is open here: false from the moment of signing out. */
    public boolean isOpen(SignedIn person) {
        return open.containsKey(person.key());
    }

    void register(SignedIn person, MailSession session) {
        open.put(person.key(), session);
        events.publishEvent(new Began(person, session));
    }

    /**
     * Keeps the session open for work that goes on by itself, past the person's sign-out too: what was asked for is finished.
     * Nobody gets at the session that way, and a shutdown closes it all the same.
     */
    public Use use(MailSession session) {
        synchronized (uses) {
            uses.computeIfAbsent(session, _ -> new Users()).count++;
        }
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                release(session);
            }
        };
    }

    private void release(MailSession session) {
        boolean last;
        synchronized (uses) {
            Users users = uses.getOrDefault(session, new Users());
            users.count--;
            last = users.count <= 0 && users.ended;
            if (users.count <= 0) {
                uses.remove(session);
            }
        }
        if (last) {
            session.close();
        }
    }

    private boolean isUsed(MailSession session) {
        synchronized (uses) {
            Users users = uses.get(session);
            if (users != null) {
                users.ended = true;
            }
            return users != null;
        }
    }

    /** Closes one person's session, or leaves that to who still uses it. Idempotent. */
    void close(String key) {
        MailSession session = open.remove(key);
        if (session != null && !isUsed(session)) {
            session.close();
        }
        events.publishEvent(new Ended(key));
    }

    @EventListener
    void expired(SessionDestroyedEvent event) {
        for (SecurityContext context : event.getSecurityContexts()) {
            @Nullable Authentication authentication = context.getAuthentication();
            if (authentication != null && authentication.getPrincipal() instanceof SignedIn person) {
                close(person.key());
            }
        }
    }

    @Override
    public void destroy() {
        log.debug("closing {} mail sessions", open.size());
        open.keySet().forEach(this::close);
        List<MailSession> atWork;
        synchronized (uses) {
            atWork = List.copyOf(uses.keySet());
        }
        atWork.forEach(MailSession::close);
    }

    private static final class Users {
        private int count;
        private boolean ended;
    }

    /** How many people have a mail session here. */
    public int size() {
        return open.size();
    }
}
