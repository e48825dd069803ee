package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** One walk over a parsed document that writes what is allowed. Walks without recursion: depth costs no stack. */
final class CleaningPass implements NodeFilter {

    private final References references;
    private final ElementWriter writer;
    private final BodyWriter body;
    private final Markup markup = new Markup();
    private final Deque<Boolean> written = new ArrayDeque<>();

    CleaningPass(References references) {
        this.references = references;
        this.writer = new ElementWriter(markup, references);
        this.body = new BodyWriter(markup, references);
    }

    Markup markup() {
        return markup;
    }

    boolean blank() {
        return !markup.visible() && !writer.sawImage();
    }

    void document(Document document) {
        Element html = document.firstElementChild();
        if (html == null) {
            return;
        }
        for (Element part : html.children()) {
            if (part.nameIs("head")) {
                head(part);
            } else if (part.nameIs("body")) {
                body.look(part);
                body.names(html, part);
                part.filter(this);
            }
        }
    }

    private void head(Element head) {
        for (Element element : head.children()) {
            if (element.nameIs("style")) {
                style(element);
            } else {
                writer.countDropped(element);
            }
        }
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
            case DataNode data
            when isShown(data.parent()) -> {
                markup.text(data.getWholeData());
                yield FilterResult.SKIP_ENTIRELY;
            }
            case Element element -> element(element);
            default -> FilterResult.SKIP_ENTIRELY;
        };
    }

    private FilterResult element(Element element) {
        String name = element.normalName();
        if (name.equals("style") && element.tag().namespace().equals(Parser.NamespaceHtml)) {
            style(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        if (!element.tag().namespace().equals(Parser.NamespaceHtml) || Elements.DROPPED.contains(name)) {
            writer.countDropped(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        if (Elements.PLAYED.contains(name)) {
            writer.countDropped(element);
        }
        String as = Elements.BECOMES.getOrDefault(name, name);
        boolean misplaced = !as.equals(name)
                && element.parent() != null
                && Elements.TABLE_PARTS.contains(element.parent().normalName());
        boolean write = Elements.ALLOWED.contains(as) && !misplaced && markup.depth() < HtmlCleaner.DEEPEST;
        if (write) {
            if (as.equals("img")) {
                writer.image(element);
                return FilterResult.SKIP_ENTIRELY;
            }
            writer.start(as, element);
            if (Elements.VOID.contains(as)) {
                markup.endVoid();
                return FilterResult.SKIP_ENTIRELY;
            }
        }
        written.push(write);
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (depth > 0 && node instanceof Element && written.pop()) {
            markup.end();
        }
        return FilterResult.CONTINUE;
    }

    /** A parser keeps the text of some old elements as data; it was meant to be read. */
    private static boolean isShown(@Nullable Element parent) {
        return parent != null && Elements.BECOMES.containsKey(parent.normalName());
    }

    private void style(Element element) {
        Attribute type = element.attribute("type");
        if (type != null
                && !type.getValue().isBlank()
                && !type.getValue().strip().equalsIgnoreCase("text/css")) {
            return;
        }
        String media = element.hasAttr("media") ? CssStyleSheet.media(element.attr("media")) : "";
        String css = new CssStyleSheet(references).clean(element.data());
        if (media == null || css.isEmpty() || markup.depth() >= HtmlCleaner.DEEPEST) {
            return;
        }
        markup.start("style");
        if (!media.isEmpty()) {
            markup.attribute("media", media);
        }
        markup.styleSheet(css);
        markup.end();
    }
}
