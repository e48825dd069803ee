package org.palomar.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookie with the key that opens {@link SealedCredentials}: HttpOnly, SameSite, Secure behind TLS. */
final class KeyCookie {

    private static final String NAME = "palomar_key";

    private KeyCookie() {}

    static void write(HttpServletRequest request, HttpServletResponse response, String key) {
        add(request, response, key, Duration.ofSeconds(-1));
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    static @Nullable String read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(NAME)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    private static void add(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
