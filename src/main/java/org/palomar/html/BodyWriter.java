package org.palomar.html;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a message says about its own body. The look becomes a rule for the body of the page that holds the fragment, so a
 * background fills it. Names and language are those of the page's body itself, by a start tag that a parser adds to the one it has
 * (WHATWG HTML 13.2.6.4.7): a box around the content would meet the rules for {@code div} and {@code *}.
 */
final class BodyWriter {

    private static final String SELECTOR = "html>body";

    private final Markup markup;
    private final CssDeclarations styles;

    BodyWriter(Markup markup, References references) {
        this.markup = markup;
        this.styles = new CssDeclarations(references);
    }

    /** Writes a style element when the body has a look of its own. */
    void look(Element body) {
        String color = Attributes.value("body", "bgcolor", body.attr("bgcolor"));
        String text = Attributes.value("font", "color", body.attr("text"));
        String image = body.attr("background");
        String style = styles.inline((color == null ? "" : "background-color:" + color + ";")
                + (text == null ? "" : "color:" + text + ";")
                + (image.isEmpty() ? "" : "background-image:url(" + CssToken.string(image) + ");")
                + (isZero(body, "topmargin", "marginheight") ? "margin-top:0;margin-bottom:0;" : "")
                + (isZero(body, "leftmargin", "marginwidth") ? "margin-left:0;margin-right:0;" : "")
                + body.attr("style"));
        if (!style.isEmpty() && style.length() < CssStyleSheet.LONGEST - SELECTOR.length() - 2) {
            markup.start("style");
            markup.styleSheet(SELECTOR + "{" + style + "}");
            markup.end();
        }
    }

    /** Class, id, direction and language. */
    void names(Element html, Element body) {
        @Nullable String dir = either("dir", html, body);
        @Nullable String lang = either("lang", html, body);
        @Nullable
        String classes = body.attr("class").isBlank() ? null : Attributes.value("div", "class", body.attr("class"));
        @Nullable String id = Names.usable(body.attr("id")) ? Names.id(body.attr("id")) : null;
        if (dir == null && lang == null && classes == null && id == null) {
            return;
        }
        markup.start("body");
        write("class", classes);
        write("dir", dir);
        write("id", id);
        write("lang", lang);
        markup.endVoid();
    }

    private void write(String name, @Nullable String value) {
        if (value != null) {
            markup.attribute(name, value);
        }
    }

    private static @Nullable String either(String name, Element html, Element body) {
        return Attributes.value("div", name, body.hasAttr(name) ? body.attr(name) : html.attr(name));
    }

    private static boolean isZero(Element body, String name, String otherName) {
        return body.attr(name).strip().equals("0")
                || body.attr(otherName).strip().equals("0");
    }
}
