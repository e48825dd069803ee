package org.palomar.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Teaches Spring MVC the product's parameters: mailbox segments, part paths, htmx, the reader. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final WebProperties properties;
    private final Clock clock;

    WebConfiguration(WebProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new SegmentConverter());
        registry.addConverter(new PartPathConverter());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(resolver(Htmx.class, WebConfiguration::htmx));
        resolvers.add(resolver(Reader.class, this::reader));
        resolvers.add(resolver(Origin.class, Origin::of));
    }

    static Htmx htmx(HttpServletRequest request) {
        String target = request.getHeader("HX-Target");
        return new Htmx("partial".equals(request.getHeader("HX-Request-Type")), target == null ? "" : target);
    }

    Reader reader(HttpServletRequest request) {
        return new Reader(locale(request), zone(request), clock);
    }

    /** The language of the words, in the reader's own country: dates are written otherwise in Britain than in America. */
    private static Locale locale(HttpServletRequest request) {
        Locale words = RequestContextUtils.getLocale(request);
        return Collections.list(request.getLocales()).stream()
                .filter(wanted -> wanted.getLanguage().equals(words.getLanguage()))
                .findFirst()
                .orElse(words);
    }

    private ZoneId zone(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals("zone")) {
                    try {
                        return ZoneId.of(cookie.getValue().replace("%2F", "/"));
                    } catch (DateTimeException _) {
                        // A browser's zone that this Java does not know: the configured one serves.
                    }
                }
            }
        }
        return properties.zone();
    }

    private static <T> HandlerMethodArgumentResolver resolver(Class<T> type, Function<HttpServletRequest, T> value) {
        return new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == type;
            }

            @Override
            public Object resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binderFactory) {
                HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
                return value.apply(java.util.Objects.requireNonNull(servletRequest));
            }
        };
    }

    /** Beans that other configurations need before Spring MVC is set up. */
    @Configuration(proxyBeanMethods = false)
    static class Basics {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        LocaleResolver localeResolver() {
            AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
            resolver.setSupportedLocales(List.of(Locale.ENGLISH, Locale.of("es")));
            resolver.setDefaultLocale(Locale.ENGLISH);
            return resolver;
        }

        /**
         * Spring carries nothing from one request to the next: notices are {@link Flash}. It would read the session when a stream ends,
         * and streams end when their session does.
         */
        @Bean
        FlashMapManager flashMapManager() {
            return new FlashMapManager() {
                @Override
                public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
                    return null;
                }

                @Override
                public void saveOutputFlashMap(
                        FlashMap flashMap, HttpServletRequest request, HttpServletResponse response) {
                    // There is none.
                }
            };
        }
    }

    /**
     * {@code palomar.web.*}.
     *
     * @param zone for readers whose browser tells none (no JavaScript)
     */
    @ConfigurationProperties("palomar.web")
    record WebProperties(@DefaultValue("UTC") ZoneId zone) {}

    private static final class SegmentConverter implements GenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(String.class, MailboxName.class));
        }

        /** A field left empty names none. */
        @Override
        public @Nullable Object convert(@Nullable Object segment, TypeDescriptor from, TypeDescriptor to) {
            return segment instanceof String text && !text.isEmpty() ? MailboxName.fromSegment(text) : null;
        }
    }

    private static final class PartPathConverter implements Converter<String, PartPath> {
        @Override
        public PartPath convert(String path) {
            return new PartPath(path);
        }
    }
}
