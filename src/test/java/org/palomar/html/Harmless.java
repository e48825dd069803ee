package org.palomar.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.palomar.html.CssToken.Kind;

/** Judges written HTML again from its parsed tree, by what must not be in it; knows nothing of the allow-lists. */
public final class Harmless {

    private static final Set<String> ELEMENTS = Set.of(
            "script",
            "svg",
            "math",
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "button",
            "select",
            "textarea",
            "option",
            "link",
            "meta",
            "base",
            "template",
            "noscript",
            "audio",
            "video",
            "source",
            "track",
            "portal",
            "title",
            "xmp",
            "plaintext",
            "dialog",
            "param",
            "canvas",
            "slot",
            "marquee",
            "animate",
            "set",
            "use");

    private static final Set<String> ATTRIBUTES = Set.of(
            "srcset",
            "sizes",
            "action",
            "formaction",
            "ping",
            "poster",
            "srcdoc",
            "contenteditable",
            "autofocus",
            "tabindex",
            "accesskey",
            "http-equiv",
            "is",
            "slot",
            "popover",
            "data",
            "draggable",
            "itemid",
            "dynsrc",
            "lowsrc",
            "longdesc",
            "cite",
            "profile",
            "manifest",
            "archive",
            "codebase",
            "classid",
            "download",
            "charset",
            "form",
            "folder");

    /** The only properties that may name an image. */
    private static final Set<String> LOADING = Set.of(
            "background", "background-image", "border-image", "border-image-source", "list-style", "list-style-image");

    private Harmless() {}

    public static String written(CleanHtml html) {
        StringBuilder out = new StringBuilder();
        try {
            html.writeTo(out);
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString();
    }

    static String cleaned(String html) {
        return written(HtmlCleaner.clean(html, Images.none()));
    }

    /** Where our own copy of a picture from elsewhere would be. */
    static Images images(boolean remote) {
        return remote ? new Images(Images.none().cid(), Harmless::ours) : Images.none();
    }

    static String ours(String url) {
        String hex = java.util.HexFormat.of().formatHex(url.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "/remote-image?u=" + hex + "&s=signed";
    }

    static String cleanedWithRemote(String html) {
        return written(HtmlCleaner.clean(html, images(true)));
    }

    /** Everything in the fragment that could do harm, in words; empty when it is harmless. */
    public static List<String> faults(String fragment, boolean remoteAllowed) {
        List<String> faults = new ArrayList<>();
        Document document = Jsoup.parse("<!doctype html><html><head></head><body>" + fragment + "</body></html>");
        document.forEachNode(node -> {
            if (node instanceof Comment) {
                faults.add("a comment");
            }
        });
        for (Element element : document.head().children()) {
            faults.add("in head: " + element.normalName());
        }
        for (Element element : document.body().getAllElements()) {
            if (ELEMENTS.contains(element.normalName())
                    || !element.tag().namespace().equals(Parser.NamespaceHtml)) {
                faults.add("element " + element.normalName());
            }
            if (element.normalName().equals("style")) {
                css(element.data(), remoteAllowed, faults);
            }
            for (Attribute attribute : element.attributes()) {
                attribute(element, attribute.getKey(), attribute.getValue(), remoteAllowed, faults);
            }
        }
        return faults;
    }

    private static void attribute(
            Element element, String name, String value, boolean remoteAllowed, List<String> faults) {
        if (ATTRIBUTES.contains(name) || name.startsWith("on") || name.startsWith("data-") || name.startsWith("hx-")) {
            faults.add("attribute " + name);
        }
        for (char c : name.toCharArray()) {
            if ((c < 'a' || c > 'z') && c != '-') {
                faults.add("attribute name " + name);
            }
        }
        switch (name) {
            case "href" -> {
                boolean known = value.startsWith("http://")
                        || value.startsWith("https://")
                        || value.startsWith("mailto:")
                        || value.startsWith("tel:")
                        || value.startsWith("#m-");
                boolean apart = value.startsWith("#")
                        || element.attr("target").equals("_blank")
                                && element.attr("rel").equals("noopener noreferrer");
                if (!known
                        || !apart
                        || !element.normalName().equals("a")
                                && !element.normalName().equals("area")) {
                    faults.add("href " + value);
                }
            }
            case "src", "background" -> {
                if (!isImage(value, remoteAllowed)) {
                    faults.add(name + " " + value);
                }
                if (name.equals("src") && !element.normalName().equals("img")) {
                    faults.add("src on " + element.normalName());
                }
            }
            case "id", "name" -> {
                if (!value.startsWith("m-")) {
                    faults.add(name + " " + value);
                }
            }
            case "style" -> css(value, remoteAllowed, faults);
            default -> {}
        }
    }

    private static boolean isImage(String url, boolean remoteAllowed) {
        return url.startsWith("data:image/png;base64,")
                || url.startsWith("data:image/jpeg;base64,")
                || url.startsWith("data:image/jpg;base64,")
                || url.startsWith("data:image/gif;base64,")
                || url.startsWith("data:image/webp;base64,")
                || url.startsWith("parts/")
                || remoteAllowed && url.startsWith("/remote-image?u=");
    }

    /** Strings are words to be shown; the cleaner writes every quote in them as an escape. */
    private static String withoutStrings(String css) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (char c : css.toCharArray()) {
            quoted ^= c == '\'';
            if (!quoted) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static void css(String css, boolean remoteAllowed, List<String> faults) {
        if (css.contains("<")) {
            faults.add("css <");
        }
        String plain = withoutStrings(css).toLowerCase(Locale.ROOT);
        for (String word : List.of("@import", "@font-face", "@charset", "expression(", "behavior", "binding")) {
            if (plain.contains(word)) {
                faults.add("css " + word);
            }
        }
        List<CssToken> tokens = CssTokenizer.tokens(css);
        String name = "";
        for (int i = 0; i < tokens.size(); i++) {
            CssToken token = tokens.get(i);
            CssToken before = i == 0 ? CssToken.SPACE : tokens.get(i - 1);
            boolean property = (before.is('{') || before.is('}') || before.is(';') || i == 0)
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is(':');
            if (property) {
                name = token.text();
            }
            switch (token.kind()) {
                case URL, BAD, CDO, CDC, COMMENT -> faults.add("css token " + token);
                case AT_KEYWORD -> {
                    if (!token.text().equals("media") && !token.text().equals("supports")) {
                        faults.add("css @" + token.text());
                    }
                }
                case FUNCTION -> {
                    if (token.text().equals("url")
                            && (tokens.get(i + 1).kind() != Kind.STRING
                                    || !isImage(tokens.get(i + 1).text(), remoteAllowed))) {
                        faults.add("css url " + tokens.get(i + 1));
                    }
                    if (token.text().equals("url") && !LOADING.contains(name)) {
                        faults.add("css url in " + name);
                    }
                    if (Set.of("image", "image-set", "-webkit-image-set", "cross-fade", "element", "src", "attr", "env")
                            .contains(token.text())) {
                        faults.add("css " + token.text());
                    }
                }
                case IDENT -> {
                    if (property
                            && Set.of(
                                            "position",
                                            "z-index",
                                            "top",
                                            "left",
                                            "right",
                                            "bottom",
                                            "inset",
                                            "transform",
                                            "src")
                                    .contains(token.text())) {
                        faults.add("css " + token.text());
                    }
                }
                default -> {}
            }
        }
    }
}
