package org.palomar.html;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Writes the start tags of allowed elements with their allowed attributes. */
final class ElementWriter {

    /** The class of the box that stands for an image that is not shown; the page's own style gives it a frame. */
    static final String PLACEHOLDER = "remote-image";

    private static final int LONGEST_STYLE = 16_384;

    private final Markup markup;
    private final References references;
    private final CssDeclarations styles;
    private boolean sawImage;

    ElementWriter(Markup markup, References references) {
        this.markup = markup;
        this.references = references;
        this.styles = new CssDeclarations(references);
    }

    /** Whether any image was met, shown or not, that is not a tracking pixel. */
    boolean sawImage() {
        return sawImage;
    }

    void start(String as, Element element) {
        markup.start(as);
        boolean leaves = link(as, element);
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey();
            String raw = attribute.getValue();
            switch (name) {
                case "href" -> {}
                case "class", "title" -> write(name, leaves ? null : Attributes.value(as, name, raw));
                case "style" -> write("style", nonEmpty(styles.inline(raw)));
                case "id" -> write("id", Names.usable(raw) ? Names.id(raw) : null);
                case "name" -> write("name", hasName(as) && Names.usable(raw) ? Names.id(raw) : null);
                case "background" -> {
                    if (Elements.TABLE_PARTS.contains(as) || as.equals("td") || as.equals("th")) {
                        background(raw);
                    }
                }
                default -> write(name, Attributes.value(as, name, raw));
            }
        }
    }

    void image(Element image) {
        String source = image.attr("src");
        References.Decision decision = references.image(source, Pixels.unseen(image));
        boolean pixel = Pixels.tiny(image.attr("width")) || Pixels.tiny(image.attr("height"));
        sawImage |= !pixel && !Links.scheme(source.strip()).isEmpty();
        switch (decision) {
            case References.Decision.Keep keep
            when markup.fits(keep.url().length()) -> {
                markup.start("img");
                markup.attribute("src", keep.url());
                for (Attribute attribute : image.attributes()) {
                    String name = attribute.getKey();
                    String raw = attribute.getValue();
                    switch (name) {
                        case "style" -> write("style", nonEmpty(styles.inline(raw)));
                        case "id" -> write("id", Names.usable(raw) ? Names.id(raw) : null);
                        case "usemap" ->
                            write(
                                    "usemap",
                                    raw.startsWith("#") && Names.usable(raw.substring(1))
                                            ? "#" + Names.id(raw.substring(1))
                                            : null);
                        default -> write(name, Attributes.value("img", name, raw));
                    }
                }
                if (keep.remote()) {
                    markup.attribute("referrerpolicy", "no-referrer");
                }
                markup.endVoid();
                if (!pixel) {
                    markup.sawImage();
                }
            }
            case References.Decision.Drop(boolean remote)
            when !remote && image.attr("alt").isBlank() -> {}
            case References.Decision.Track _ -> {}
            default -> {
                if (!pixel) {
                    placeholder(image);
                }
            }
        }
    }

    /** Counts what a left-out element would have loaded. */
    void countDropped(Element element) {
        switch (element.normalName()) {
            case "link" -> {
                if (!element.attr("rel").isBlank()) {
                    references.other(element.attr("href"));
                }
            }
            case "input" -> {
                if (element.hasAttr("src")) {
                    references.image(element.attr("src"));
                }
            }
            default -> {
                for (String name : new String[] {"src", "data", "poster", "code", "archive", "background"}) {
                    if (element.hasAttr(name)) {
                        references.other(element.attr(name));
                    }
                }
            }
        }
    }

    /** A box of the size of the image that says what was in it. */
    private void placeholder(Element image) {
        String width = length(image.attr("width"));
        String height = length(image.attr("height"));
        String declared = "display:inline-block;overflow:hidden;"
                + (width == null ? "" : "width:" + width + ";max-width:100%;")
                + (height == null ? "" : "height:" + height + ";")
                + image.attr("style");
        String classes = (image.attr("class").strip() + " " + PLACEHOLDER).strip();
        markup.start("span");
        write("class", Attributes.value("span", "class", classes));
        write("id", Names.usable(image.attr("id")) ? Names.id(image.attr("id")) : null);
        markup.attribute("style", styles.inline(declared));
        markup.text(image.attr("alt"));
        markup.end();
        markup.sawImage();
    }

    /** Writes where a link goes; whether it leaves the message: then its title and classes are written already. */
    private boolean link(String as, Element element) {
        String href = as.equals("a") || as.equals("area") ? Links.href(element.attr("href")) : null;
        if (href == null || href.startsWith("#")) {
            write("href", href);
            return false;
        }
        LinkWriter.write(markup, href, LinkWriter.words(element), Attributes.value(as, "class", element.attr("class")));
        return true;
    }

    private void background(String raw) {
        if (references.image(raw) instanceof References.Decision.Keep keep) {
            markup.attribute("background", keep.url());
        }
    }

    private void write(String name, @Nullable String value) {
        if (value != null) {
            markup.attribute(name, value);
        }
    }

    private static boolean hasName(String element) {
        return element.equals("a") || element.equals("map");
    }

    private static @Nullable String nonEmpty(String value) {
        return value.isEmpty() || value.length() > LONGEST_STYLE ? null : value;
    }

    /** The value of a width or height attribute as CSS, or null. */
    static @Nullable String length(String raw) {
        String value = raw.strip();
        boolean percent = value.endsWith("%");
        String digits = percent
                ? value.substring(0, value.length() - 1)
                : value.endsWith("px") ? value.substring(0, value.length() - 2) : value;
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(Chars::isDigit)) {
            return null;
        }
        return digits + (percent ? "%" : "px");
    }
}
