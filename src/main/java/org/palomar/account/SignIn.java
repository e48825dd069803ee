package org.palomar.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** What happens once the mail server said yes: a new session id, a new CSRF token, sealed credentials, a principal. */
@Component
class SignIn {

    private final MailSessions sessions;
    private final SessionAuthenticationStrategy sessionStrategy;
    private final SecurityContextRepository contexts;

    SignIn(MailSessions sessions, SessionAuthenticationStrategy sessionStrategy, SecurityContextRepository contexts) {
        this.sessions = sessions;
        this.sessionStrategy = sessionStrategy;
        this.contexts = contexts;
    }

    void complete(
            Credentials credentials, MailSession session, HttpServletRequest request, HttpServletResponse response) {
        SignedIn person = new SignedIn(credentials.username(), SealedCredentials.randomKey());
        Authentication authentication = UsernamePasswordAuthenticationToken.authenticated(
                person, null, List.of(new SimpleGrantedAuthority("ROLE_PERSON")));
        // The session of whoever was signed in here before must not outlive them.
        Authentication before = SecurityContextHolder.getContext().getAuthentication();
        if (before != null && before.getPrincipal() instanceof SignedIn previous) {
            sessions.close(previous.key());
        }
        sessionStrategy.onAuthentication(authentication, request, response);
        SealedCredentials sealed = SealedCredentials.seal(credentials);
        request.getSession().setAttribute(MailSessions.SEALED, sealed.sealedText());
        KeyCookie.write(request, response, sealed.key());
        sessions.register(person, session);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
