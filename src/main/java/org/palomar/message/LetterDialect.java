package org.palomar.message;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import org.palomar.html.CleanHtml;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * The one way for markup that is not ours into a template: {@code letter:text="${…}"} writes a {@link CleanHtml} and takes
 * nothing else. With it no template needs {@code th:utext} (S5, S9).
 */
@Component
class LetterDialect extends AbstractProcessorDialect {

    LetterDialect() {
        super("Letters", "letter", 1_000);
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(new TextProcessor(prefix));
    }

    private static final class TextProcessor extends AbstractAttributeTagProcessor {

        TextProcessor(String prefix) {
            super(TemplateMode.HTML, prefix, null, false, "text", true, 1_000, true);
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                String expression,
                IElementTagStructureHandler structure) {
            Object value = StandardExpressions.getExpressionParser(context.getConfiguration())
                    .parseExpression(context, expression)
                    .execute(context);
            if (!(value instanceof CleanHtml letter)) {
                throw new IllegalArgumentException("letter:text takes cleaned HTML only");
            }
            StringWriter markup = new StringWriter();
            try {
                letter.writeTo(markup);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            structure.setBody(markup.toString(), false);
        }
    }
}
