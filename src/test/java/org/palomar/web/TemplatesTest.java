package org.palomar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thymeleaf.context.ExpressionContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** What must hold for every template as it stands in the repository (S9, S25). */
class TemplatesTest {

    private static final Path ROOT = Path.of("src/main/resources/templates");

    /** Attributes with a meaning of their own instead of an expression. */
    private static final List<String> NO_EXPRESSIONS =
            List.of("th:fragment", "th:each", "th:with", "th:attr", "th:remove");

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreTemplates() throws IOException {
        assertThat(templates()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void parses(Path template) throws IOException {
        SpringTemplateEngine engine = new SpringTemplateEngine();
        StringTemplateResolver resolver = new StringTemplateResolver();
        resolver.setTemplateMode(TemplateMode.HTML);
        engine.setTemplateResolver(resolver);
        // Unknown attributes stay text here: only the markup is parsed, by the parser that parses it in the product.
        String inert = Files.readString(template).replace("th:", "data-inert-").replace("letter:", "data-inert-");
        assertThatCode(() -> engine.process(inert, new org.thymeleaf.context.Context()))
                .doesNotThrowAnyException();

        var configuration = new SpringTemplateEngine().getConfiguration();
        var expressions = StandardExpressions.getExpressionParser(configuration);
        for (Element element : parse(template).getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                if (attribute.getKey().startsWith("th:") && !NO_EXPRESSIONS.contains(attribute.getKey())) {
                    assertThatCode(() -> expressions.parseExpression(
                                    new ExpressionContext(configuration), attribute.getValue()))
                            .as("%s: %s", template, attribute)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void writesNothingUnescapedOrTwiceEvaluated(Path template) throws IOException {
        assertThat(Files.readString(template)).doesNotContain("utext", "__${", "[(", "th:inline");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void hasNoInlineScriptOrStyle(Path template) throws IOException {
        List<String> found = new ArrayList<>();
        for (Element element : parse(template).getAllElements()) {
            boolean external = element.hasAttr("src") || element.hasAttr("th:src");
            if (element.nameIs("style") || (element.nameIs("script") && !external)) {
                found.add("<" + element.tagName() + ">");
            }
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey().toLowerCase(java.util.Locale.ROOT);
                String bare = name.substring(name.indexOf(':') + 1);
                if (bare.equals("style")
                        || bare.equals("styleappend")
                        || bare.startsWith("on")
                        || name.startsWith("hx-on")) {
                    found.add(attribute.toString());
                }
                if (attribute
                        .getValue()
                        .strip()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith("javascript:")) {
                    found.add(attribute.toString());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** As XML: nothing is moved or dropped. */
    private static Document parse(Path template) throws IOException {
        return Parser.xmlParser().parseInput(Files.readString(template), "");
    }
}
