package org.palomar.account;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers ask for {@link SignedIn} and {@link MailSession} as parameters. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration implements WebMvcConfigurer {

    private final MailSessions sessions;

    AccountConfiguration(MailSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new MailSessionArgumentResolver(sessions));
    }

    private record MailSessionArgumentResolver(MailSessions sessions) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == MailSession.class || parameter.getParameterType() == SignedIn.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn person)) {
                throw new ImapException.Closed();
            }
            return parameter.getParameterType() == SignedIn.class
                    ? person
                    : sessions.of(person, Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
    }
}
