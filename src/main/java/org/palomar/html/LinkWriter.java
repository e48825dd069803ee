package org.palomar.html;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes where links go: the target, the host as title, and a class for those whose host is to stand beside them. What is wrong
 * with them is remembered; the text of the message is never changed.
 */
final class LinkWriter {

    /** The class of a link beside which the page writes its title. */
    static final String SHOWS_HOST = "shows-host";

    private static final int MOST_TEXT = 400;
    private static final int MOST_NODES = 300;

    private LinkWriter() {}

    /** Writes the attributes of a link to another place, with the classes it has itself. */
    static void write(Markup markup, String href, String text, @Nullable String classes) {
        LinkTarget target = LinkTarget.of(href);
        Link link = target.judge(text);
        if (link != null) {
            markup.doubt(link);
        }
        markup.attribute("href", href);
        markup.attribute("target", "_blank");
        markup.attribute("rel", "noopener noreferrer");
        if (!target.host().isEmpty()) {
            markup.attribute("title", target.host());
        }
        String all = classes(classes, link != null);
        if (!all.isEmpty()) {
            markup.attribute("class", all);
        }
    }

    /** The link's classes: ours only where it belongs, whatever the message calls its own. */
    private static String classes(@Nullable String own, boolean shows) {
        List<String> all = new ArrayList<>();
        for (String each : own == null ? new String[0] : own.strip().split("\\s+")) {
            if (!each.isEmpty() && !each.equals(SHOWS_HOST)) {
                all.add(each);
            }
        }
        if (shows) {
            all.add(SHOWS_HOST);
        }
        return String.join(" ", all);
    }

    /** The first words of an element, without building the text of all of it: links may be nested in broken mail. */
    static String words(Element element) {
        Words words = new Words();
        element.filter(words);
        return words.text.toString();
    }

    private static final class Words implements NodeFilter {

        private final StringBuilder text = new StringBuilder();
        private int nodes;

        @Override
        public FilterResult head(Node node, int depth) {
            nodes++;
            if (node instanceof TextNode part) {
                String whole = part.getWholeText();
                text.append(whole, 0, Math.min(whole.length(), MOST_TEXT));
            } else if (node.nameIs("br")) {
                text.append(' ');
            } else if (node instanceof Element box && box.hasClass(ElementWriter.PLACEHOLDER)) {
                // The words of an image are no text of the link.
                return FilterResult.SKIP_ENTIRELY;
            }
            return nodes > MOST_NODES || text.length() > MOST_TEXT ? FilterResult.STOP : FilterResult.CONTINUE;
        }
    }
}
