package org.palomar.account;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.web.SecurityHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/**
 * Policy: every path needs a signed-in person but the sign-in page, static files, errors and probes. Every change is a
 * POST with a CSRF token. Every answer carries the page CSP unless the handler set a stricter one for strangers' content,
 * and may be framed by nobody else, cached by no one and sniffed by no browser.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            MailSessions sessions,
            CsrfTokenRepository tokens,
            SecurityContextRepository contexts,
            Clock clock)
            throws Exception {
        return http.authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                "/login", "/assets/**", "/favicon.svg", "/favicon.ico", "/livez", "/readyz", "/error")
                        .permitAll()
                        // A letter's frame has no cookie to send: its pictures are signed instead.
                        .requestMatchers("/remote-image")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new Attendance(clock), WebAsyncManagerIntegrationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(SecurityConfiguration::toSignIn)
                        .accessDeniedHandler(SecurityConfiguration::refuse))
                .logout(logout -> logout.logoutUrl("/logout")
                        .addLogoutHandler((request, response, authentication) ->
                                signOut(sessions, request, response, authentication))
                        .logoutSuccessUrl("/login?reason=signedout"))
                .headers(headers -> headers
                        // Handlers that show strangers' content set a policy of their own, which then stays.
                        .contentSecurityPolicy(csp -> csp.policyDirectives(SecurityHeaders.PAGE))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(frames -> frames.disable())
                        .addHeaderWriter(new StaticHeadersWriter("X-DNS-Prefetch-Control", "off"))
                        .addHeaderWriter(new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"))
                        .addHeaderWriter(new StaticHeadersWriter(
                                "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")))
                .build();
    }

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    CsrfTokenRepository csrfTokenRepository() {
        return new HttpSessionCsrfTokenRepository();
    }

    @Bean
    SessionAuthenticationStrategy sessionAuthenticationStrategy(CsrfTokenRepository tokens) {
        return new CompositeSessionAuthenticationStrategy(
                List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(tokens)));
    }

    /** Tells Spring when the servlet container lets a session expire. */
    @Bean
    HttpSessionEventPublisher httpSessionEventPublisher() {
        return new HttpSessionEventPublisher();
    }

    private static void signOut(
            MailSessions sessions,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication authentication) {
        if (authentication != null && authentication.getPrincipal() instanceof SignedIn person) {
            sessions.close(person.key());
        }
        KeyCookie.clear(request, response);
    }

    /** A form whose session ended meanwhile is no forgery: its person has to sign in again, and is told so. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid()) {
            toSignIn(request, response, reason);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void toSignIn(HttpServletRequest request, HttpServletResponse response, RuntimeException reason)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean cameBefore = request.getRequestedSessionId() != null;
        String target = request.getContextPath() + "/login" + (cameBefore ? "?reason=expired" : "");
        String next = next(request, path);
        if (SignInController.isOurs(next)) {
            target += (cameBefore ? "&" : "?") + "next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", target);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(target);
        }
    }

    /** The page to go back to: not what a form did, but the letter that was to be sent; not the part beside an answer. */
    private static @Nullable String next(HttpServletRequest request, String path) {
        if (request.getMethod().equals("GET") && !path.endsWith("/beside")) {
            return path + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        }
        String mode = request.getParameter("mode");
        String original = request.getParameter("original");
        if (!path.equals("/compose") || mode == null || original == null || original.isEmpty()) {
            return path.equals("/compose") ? path : null;
        }
        return path + "?" + URLEncoder.encode(mode, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(original, StandardCharsets.UTF_8);
    }
}
