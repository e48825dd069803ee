package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.palomar.html.CssToken.Kind;

/** One walk over a parsed document that writes its text. */
final class TextPass implements NodeFilter {

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "legend",
            "li",
            "listing",
            "main",
            "menu",
            "nav",
            "ol",
            "option",
            "p",
            "plaintext",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "ul",
            "xmp");
    private static final Set<String> SPACED =
            Set.of("blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul");
    /** What stands apart in a text that somebody wrote: blank lines around the others are theirs to make. */
    private static final Set<String> APART = Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "table");

    private static final int DEEPEST_QUOTE = 30;

    private final TextLines lines;
    private final boolean faithful;
    /** The number that the next item of each open list has; 0 for a list without numbers. */
    private final Deque<Integer> lists = new ArrayDeque<>();

    private int preformatted;

    TextPass(TextLines lines, boolean faithful) {
        this.lines = lines;
        this.faithful = faithful;
    }

    String text() {
        return lines.text();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (lines.length() > HtmlCleaner.LONGEST) {
            return FilterResult.SKIP_ENTIRELY;
        }
        if (node instanceof TextNode text) {
            if (preformatted > 0) {
                lines.preformatted(text.getWholeText());
            } else {
                lines.words(text.getWholeText());
            }
            return FilterResult.SKIP_ENTIRELY;
        }
        if (!(node instanceof Element element) || isLeftOut(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        String name = element.normalName();
        if (BLOCKS.contains(name)) {
            lines.block(spaced(name));
        }
        switch (name) {
            case "br" -> lines.lineBreak();
            case "hr" -> lines.words("----");
            case "img" -> lines.words(element.attr("alt"));
            case "ol", "ul" -> lists.push(faithful && name.equals("ol") ? start(element) : 0);
            case "li" -> item();
            case "td", "th" -> lines.cell();
            case "pre", "listing", "xmp", "plaintext" -> preformatted++;
            case "blockquote" -> lines.quote(1);
            case "a" -> lines.link();
            default -> {}
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            switch (name) {
                case "pre", "listing", "xmp", "plaintext" -> preformatted--;
                case "a" -> {
                    String href = Links.href(element.attr("href"));
                    lines.linkEnd(href == null || href.startsWith("#") ? "" : href);
                }
                case "ol", "ul" -> lists.pop();
                default -> {}
            }
            if (BLOCKS.contains(name)) {
                lines.block(spaced(name));
            }
            if (name.equals("blockquote")) {
                lines.quote(-1);
            }
        }
        return FilterResult.CONTINUE;
    }

    private boolean spaced(String name) {
        return (faithful ? APART : SPACED).contains(name);
    }

    private void item() {
        int number = lists.isEmpty() ? 0 : lists.peek();
        if (number > 0) {
            lists.pop();
            lists.push(number + 1);
        }
        String indent = faithful ? "  ".repeat(Math.clamp(lists.size() - 1, 0, 20)) : "";
        lines.item(indent + (number > 0 ? number + ". " : "- "));
    }

    private static int start(Element list) {
        String start = list.attr("start");
        boolean number = !start.isEmpty() && start.length() < 6 && start.chars().allMatch(Chars::isDigit);
        return Math.max(1, number ? Integer.parseInt(start) : 1);
    }

    static int quoteMarks(int depth) {
        return Math.min(depth, DEEPEST_QUOTE);
    }

    private static boolean isLeftOut(Element element) {
        String name = element.normalName();
        return !element.tag().namespace().equals(Parser.NamespaceHtml)
                || Elements.DROPPED.contains(name)
                || name.equals("style")
                || element.hasAttr("hidden")
                || (element.hasAttr("style") && isHidden(element.attr("style")));
    }

    /** Preview lines for other mail programs and traps for filters are set to show nothing. */
    private static boolean isHidden(String style) {
        List<CssToken> tokens = CssTokenizer.tokens(CssDeclarations.bounded(style));
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).kind() != Kind.IDENT) {
                continue;
            }
            int colon = CssDeclarations.skipSpace(tokens, i + 1, tokens.size());
            int value = CssDeclarations.skipSpace(tokens, colon + 1, tokens.size());
            if (value >= tokens.size() || !tokens.get(colon).is(':')) {
                continue;
            }
            String word = tokens.get(value).text().toLowerCase(Locale.ROOT);
            boolean hidden = switch (tokens.get(i).text().toLowerCase(Locale.ROOT)) {
                case "display" -> word.equals("none");
                case "visibility" -> word.equals("hidden");
                case "mso-hide" -> word.equals("all");
                case "opacity", "max-height" -> word.equals("0");
                default -> false;
            };
            if (hidden) {
                return true;
            }
        }
        return false;
    }
}
