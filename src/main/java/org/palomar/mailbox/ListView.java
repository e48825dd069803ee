package org.palomar.mailbox;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** What the rows of a list are. A choice is remembered in a cookie that says nothing else. */
enum ListView {
    /** Single messages. */
    FLAT,
    /** Conversations. */
    THREADS;

    private static final String COOKIE = "view";
    private static final Duration KEPT = Duration.ofDays(365);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice of this request, which is remembered, or the one made before.
     *
     * @param chosen the word in the URL, or empty
     */
    static ListView of(String chosen, HttpServletRequest request, HttpServletResponse response) {
        Optional<ListView> choice = read(chosen);
        if (choice.isPresent()) {
            ResponseCookie cookie = ResponseCookie.from(COOKIE, choice.get().word())
                    .path(request.getContextPath() + "/")
                    .maxAge(KEPT)
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Lax")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
            return choice.get();
        }
        Cookie remembered = WebUtils.getCookie(request, COOKIE);
        return read(remembered == null ? null : remembered.getValue()).orElse(FLAT);
    }

    private static Optional<ListView> read(@Nullable String word) {
        return Stream.of(values()).filter(view -> view.word().equals(word)).findFirst();
    }
}
