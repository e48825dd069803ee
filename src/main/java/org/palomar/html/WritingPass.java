package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** One walk over a parsed document that writes what may go out, with inline styles that mail programs know. */
final class WritingPass implements NodeFilter {

    private static final int LONGEST_STYLE = 4_096;

    private final Markup markup = new Markup();
    private final CssDeclarations styles = new CssDeclarations(
            new References(Images.none()), WritingRules.PROPERTIES::contains, WritingRules.FUNCTIONS::contains);
    private final Function<String, @Nullable String> images;
    private final Set<String> issued = new HashSet<>();
    private final Deque<Boolean> written = new ArrayDeque<>();
    private boolean formatted;

    private WritingPass(Function<String, @Nullable String> images) {
        this.images = images;
    }

    static WritingPass over(String html, Function<String, @Nullable String> images) {
        WritingPass pass = new WritingPass(images);
        HtmlCleaner.parse(html).body().filter(pass);
        return pass;
    }

    static void quote(Markup markup) {
        markup.start("blockquote");
        markup.attribute("type", "cite");
        markup.attribute("style", WritingRules.QUOTE_STYLE);
    }

    static String look(Element body) {
        String color = Attributes.value("body", "bgcolor", body.attr("bgcolor"));
        String text = Attributes.value("font", "color", body.attr("text"));
        String style = new WritingPass(_ -> null)
                .styles.inline((color == null ? "" : "background-color:" + color + ";")
                        + (text == null ? "" : "color:" + text + ";")
                        + body.attr("style"));
        return style.length() > LONGEST_STYLE ? "" : style;
    }

    String markup() {
        return markup.content();
    }

    boolean formatted() {
        return formatted;
    }

    /** Lets pass what this walk wrote. */
    Function<String, @Nullable String> issued() {
        return source -> issued.contains(source) ? source : null;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (depth == 0) {
            return FilterResult.CONTINUE;
        }
        if (markup.full()) {
            return FilterResult.SKIP_ENTIRELY;
        }
        return switch (node) {
            case TextNode text -> {
                markup.text(text.getWholeText());
                yield FilterResult.SKIP_ENTIRELY;
            }
            case DataNode _ -> FilterResult.SKIP_ENTIRELY;
            case Element element -> element(element);
            default -> FilterResult.SKIP_ENTIRELY;
        };
    }

    private FilterResult element(Element element) {
        String name = element.normalName();
        if (!element.tag().namespace().equals(Parser.NamespaceHtml)
                || Elements.DROPPED.contains(name)
                || name.equals("style")) {
            return FilterResult.SKIP_ENTIRELY;
        }
        String as = WritingRules.BECOMES.getOrDefault(name, name);
        boolean misplaced = !as.equals(name)
                && element.parent() != null
                && Elements.TABLE_PARTS.contains(element.parent().normalName());
        if (as.equals("img")) {
            image(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        boolean write = WritingRules.ELEMENTS.contains(as) && !misplaced && markup.depth() < HtmlCleaner.DEEPEST;
        if (write) {
            start(as, element);
            if (Elements.VOID.contains(as)) {
                markup.endVoid();
                return FilterResult.SKIP_ENTIRELY;
            }
        }
        written.push(write);
        return FilterResult.CONTINUE;
    }

    private void start(String as, Element element) {
        markup.start(as);
        formatted |= !WritingRules.PLAIN.contains(as);
        if (as.equals("a")) {
            String href = Links.href(element.attr("href"));
            if (href != null && !href.startsWith("#")) {
                markup.attribute("href", href);
                String words = LinkWriter.words(element).strip();
                formatted |= !href.equals(words) && !href.equals("mailto:" + words) && !href.equals("http://" + words);
            }
        }
        if (as.equals("blockquote")) {
            markup.attribute("type", "cite");
        }
        if (as.equals("ol")) {
            write("start", Attributes.value(as, "start", element.attr("start")));
        }
        if (WritingRules.CELLS.contains(as)) {
            for (String name : WritingRules.TABLES) {
                if (element.hasAttr(name)) {
                    write(name, Attributes.value(as, name, element.attr(name)));
                }
            }
        }
        if (element.hasAttr("dir")) {
            write("dir", direction(element.attr("dir")));
        }
        String own = element.hasAttr("style") ? styles.inline(element.attr("style")) : "";
        String style = own.isEmpty() || own.length() > LONGEST_STYLE ? WritingRules.STYLES.getOrDefault(as, "") : own;
        if (!style.isEmpty()) {
            markup.attribute("style", style);
            formatted |= !style.equals(WritingRules.STYLES.get(as));
        }
    }

    private void image(Element image) {
        String source = image.attr("src").strip();
        String url = issued.contains(source) ? source : images.apply(source);
        if (url == null) {
            markup.text(image.attr("alt").strip());
            return;
        }
        issued.add(url);
        formatted = true;
        markup.start("img");
        markup.attribute("src", url);
        markup.attribute("alt", image.attr("alt").strip());
        for (String name : List.of("width", "height")) {
            if (image.hasAttr(name)) {
                write(name, Attributes.value("img", name, image.attr(name)));
            }
        }
        String own = image.hasAttr("style") ? styles.inline(image.attr("style")) : "";
        if (!own.isEmpty() && own.length() <= LONGEST_STYLE) {
            markup.attribute("style", own);
        }
        markup.endVoid();
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (depth > 0 && node instanceof Element && written.pop()) {
            markup.end();
        }
        return FilterResult.CONTINUE;
    }

    private void write(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            markup.attribute(name, value);
        }
    }

    private static @Nullable String direction(String raw) {
        String dir = raw.strip();
        return dir.equals("ltr") || dir.equals("rtl") ? dir : null;
    }
}
