package org.palomar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;

/** Parts of pages that are rendered once. */
class KeptDialectTest {

    private static final Map<String, String> TEMPLATES = Map.of(
            "page", "<ul><li th:each=\"one : ${all}\" kept:as=\"row\" kept:by=\"${kept ? one : null}\"></li></ul>",
            "row", "<!--/* a row */--><li th:text=\"|${one} ${#locale} ${times.get()}|\">x</li>\n");

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final AtomicInteger rendered = new AtomicInteger();

    KeptDialectTest() {
        StringTemplateResolver templates = new StringTemplateResolver() {
            @Override
            protected ITemplateResource computeTemplateResource(
                    IEngineConfiguration configuration,
                    String ownerTemplate,
                    String template,
                    Map<String, Object> attributes) {
                return new StringTemplateResource(TEMPLATES.get(template));
            }
        };
        templates.setTemplateMode(TemplateMode.HTML);
        engine.setTemplateResolver(templates);
        engine.setAdditionalDialects(Set.of(new KeptDialect()));
    }

    private String page(boolean kept, Locale locale, String... all) {
        Supplier<Integer> times = rendered::incrementAndGet;
        return engine.process("page", new Context(locale, Map.of("all", all, "kept", kept, "times", times)));
    }

    @Test
    void rendersEachValueOnce() {
        assertThat(page(true, Locale.ENGLISH, "a", "b")).isEqualTo("<ul><li>a en 1</li><li>b en 2</li></ul>");
        assertThat(page(true, Locale.ENGLISH, "b", "c")).isEqualTo("<ul><li>b en 2</li><li>c en 3</li></ul>");
    }

    @Test
    void everyLanguageHasItsOwn() {
        page(true, Locale.ENGLISH, "a");
        assertThat(page(true, Locale.of("es"), "a")).isEqualTo("<ul><li>a es 2</li></ul>");
    }

    @Test
    void keepsNothingWithoutAValue() {
        page(false, Locale.ENGLISH, "a");
        assertThat(page(false, Locale.ENGLISH, "a")).isEqualTo("<ul><li>a en 2</li></ul>");
    }

    @Test
    void s9_whatWasKeptIsNotEvaluated() {
        String evil = "[[${7*7}]] <b th:text='${7*7}'>[(${7*7})]";
        for (int i = 0; i < 2; i++) {
            assertThat(page(true, Locale.ENGLISH, evil))
                    .isEqualTo("<ul><li>[[${7*7}]] &lt;b th:text=&#39;${7*7}&#39;&gt;[(${7*7})] en 1</li></ul>");
        }
    }
}
