package org.palomar.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page: the mail server decides who comes in. */
@Controller
class SignInController {

    private static final Logger log = LoggerFactory.getLogger(SignInController.class);

    private final ImapConnector connector;
    private final SignIn signIn;
    private final SignInThrottle throttle;
    private final DemoProperties demo;

    SignInController(ImapConnector connector, SignIn signIn, SignInThrottle throttle, DemoProperties demo) {
        this.connector = connector;
        this.signIn = signIn;
        this.throttle = throttle;
        this.demo = demo;
    }

    @GetMapping("/login")
    String show(
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String next,
            @Nullable Authentication authentication,
            Model model) {
        if (reason == null && authentication != null && authentication.getPrincipal() instanceof SignedIn) {
            return "redirect:/mailboxes/INBOX";
        }
        return page(Reason.parse(reason), "", next, model);
    }

    @PostMapping("/login")
    String signIn(
            @RequestParam String username,
            @RequestParam String password,
            @RequestParam(required = false) @Nullable String next,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = request.getRemoteAddr();
        if (!throttle.admit(username, address)) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return page(Reason.THROTTLED, username, next, model);
        }
        try {
            Credentials credentials = new Credentials(username.strip(), password);
            MailSession session = connector.open(credentials, address);
            throttle.succeeded(username, address);
            signIn.complete(credentials, session, request, response);
            return "redirect:" + (isOurs(next) ? next : "/mailboxes/INBOX");
        } catch (ImapException | IllegalArgumentException failure) {
            Reason reason = reason(failure);
            log.info("sign-in refused: {}: {}", reason, failure.getMessage());
            if (reason != Reason.PASSWORD) {
                throttle.undecided(username, address);
            }
            response.setStatus(reason.status.value());
            return page(reason, username, next, model);
        }
    }

    private String page(@Nullable Reason reason, String username, @Nullable String next, Model model) {
        model.addAttribute("reason", reason == null ? null : reason.name().toLowerCase(Locale.ROOT));
        model.addAttribute("username", username.isEmpty() ? null : username);
        model.addAttribute("next", isOurs(next) ? next : null);
        model.addAttribute("demoAccounts", demo.accounts());
        return "account/login";
    }

    private static Reason reason(RuntimeException failure) {
        return switch (failure) {
            case ImapException.Unreachable _, ImapException.ConnectionLost _ -> Reason.UNREACHABLE;
            case ImapException.CertificateRejected _ -> Reason.CERTIFICATE;
            case ImapException.TooManyConnections _, ImapException.Busy _ -> Reason.BUSY;
            case ImapException.AuthenticationFailed _, IllegalArgumentException _ -> Reason.PASSWORD;
            default -> Reason.UNREACHABLE;
        };
    }

    /** Only a path of this product: never another host, never a scheme (S35). */
    static boolean isOurs(@Nullable String next) {
        if (next == null || !next.startsWith("/") || next.startsWith("//") || next.indexOf('\\') >= 0) {
            return false;
        }
        try {
            URI uri = URI.create(next);
            return uri.getHost() == null
                    && uri.getScheme() == null
                    && List.of("/mailboxes", "/compose").stream()
                            .anyMatch(start -> uri.getPath().startsWith(start));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Why the sign-in page is shown again. */
    enum Reason {
        PASSWORD(HttpStatus.UNAUTHORIZED),
        UNREACHABLE(HttpStatus.GATEWAY_TIMEOUT),
        CERTIFICATE(HttpStatus.BAD_GATEWAY),
        BUSY(HttpStatus.SERVICE_UNAVAILABLE),
        THROTTLED(HttpStatus.TOO_MANY_REQUESTS),
        EXPIRED(HttpStatus.UNAUTHORIZED),
        SIGNEDOUT(HttpStatus.OK);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }

        static @Nullable Reason parse(@Nullable String word) {
            return Stream.of(values())
                    .filter(reason -> reason.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** {@code palomar.demo.accounts}: set by the demo alone, shown on the sign-in page. */
    @ConfigurationProperties("palomar.demo")
    record DemoProperties(@DefaultValue List<Account> accounts) {
        record Account(String username, String password) {}
    }
}
