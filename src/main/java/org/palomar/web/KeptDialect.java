package org.palomar.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.engine.TemplateManager;
import org.thymeleaf.engine.TemplateModel;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Parts of pages that look the same whenever they are shown: {@code <li kept:as="fragments/_row" kept:by="${row}">} becomes that
 * template, which is rendered once for each value, language and context path, and then kept. Everything it shows must follow from
 * the value, which has to be immutable and to have an {@code equals} of its own, such as a record; null keeps nothing. Two people
 * who are shown the same part have equal values, so nothing passes from one to the other. At most 32 MB are kept.
 */
@Component
class KeptDialect extends AbstractProcessorDialect {

    private static final int OCTETS = 32 * 1024 * 1024;

    /** Behind {@code th:each}, before everything else. */
    private static final int PRECEDENCE = 250;

    private final Cache<Key, String> known = Caffeine.newBuilder()
            .maximumWeight(OCTETS)
            // A value holds about as many letters as the words in its markup.
            .weigher((Key _, String markup) -> 400 + 2 * markup.length())
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    KeptDialect() {
        super("Kept parts", "kept", 1_000);
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(new Processor(prefix));
    }

    private record Key(String template, Object value, Locale locale, String contextPath) {}

    private final class Processor extends AbstractAttributeTagProcessor {

        private final String by;

        Processor(String prefix) {
            super(TemplateMode.HTML, prefix, null, false, "as", true, PRECEDENCE, true);
            this.by = prefix + ":by";
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                String template,
                IElementTagStructureHandler structure) {
            Object value = value(context, tag.getAttributeValue(by));
            String markup = value == null ? render(context, template) : kept(context, template, value);
            // It has been processed: what looks like an expression in it is somebody's text.
            structure.replaceWith(markup, false);
        }
    }

    private String kept(ITemplateContext context, String template, Object value) {
        Key key = new Key(template, value, context.getLocale(), contextPath(context));
        String markup = known.getIfPresent(key);
        if (markup == null) {
            markup = render(context, template);
            known.put(key, markup);
        }
        return markup;
    }

    private static @Nullable Object value(ITemplateContext context, String expression) {
        return StandardExpressions.getExpressionParser(context.getConfiguration())
                .parseExpression(context, expression)
                .execute(context);
    }

    private static String contextPath(ITemplateContext context) {
        return context instanceof IWebContext web
                ? web.getExchange().getRequest().getApplicationPath()
                : "";
    }

    private static String render(ITemplateContext context, String template) {
        TemplateManager templates = context.getConfiguration().getTemplateManager();
        TemplateModel model = templates.parseStandalone(context, template, Set.of(), TemplateMode.HTML, true, true);
        StringWriter markup = new StringWriter(3_000);
        templates.process(model, context, markup);
        return markup.toString().strip();
    }
}
