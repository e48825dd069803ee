package org.palomar.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.SmartView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Answers an act with the list or message it leads to, where a script asked for a part: one round trip for the browser instead of
 * two. {@code Content-Location} names it (RFC 9110 section 8.7). Everybody else is redirected, so that a reload does nothing again.
 */
@Component
final class Onward implements ViewResolver, Ordered {

    private static final String REDIRECT = "redirect:";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        boolean ours = name.startsWith(REDIRECT + "/mailboxes/") || name.startsWith(REDIRECT + "/search?");
        return ours
                        && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                        && attributes.getRequest().getMethod().equals(HttpMethod.POST.name())
                        && WebConfiguration.htmx(attributes.getRequest()).partial()
                ? new Page(name.substring(REDIRECT.length()))
                : null;
    }

    private record Page(String path) implements SmartView {

        @Override
        public boolean isRedirectView() {
            return true;
        }

        @Override
        public String getContentType() {
            return MediaType.TEXT_HTML_VALUE;
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            response.setHeader(HttpHeaders.CONTENT_LOCATION, request.getContextPath() + path);
            request.getRequestDispatcher(path).forward(new Looking(request, path), response);
        }
    }

    /** The same person looks at a page: of the act's own fields nothing is left. */
    private static final class Looking extends HttpServletRequestWrapper {

        private final MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();

        Looking(HttpServletRequest request, String path) {
            super(request);
            UriComponentsBuilder.fromUriString(path)
                    .build()
                    .getQueryParams()
                    .forEach((name, values) -> values.forEach(value -> parameters.add(decoded(name), decoded(value))));
        }

        private static String decoded(@Nullable String text) {
            return text == null ? "" : UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
        }

        @Override
        public String getMethod() {
            return HttpMethod.GET.name();
        }

        @Override
        public @Nullable String getParameter(String name) {
            return parameters.getFirst(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            Map<String, String[]> map = new LinkedHashMap<>();
            parameters.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
            return map;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return getParameterMap().get(name);
        }
    }
}
