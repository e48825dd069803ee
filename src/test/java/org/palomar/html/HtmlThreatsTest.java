package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palomar.html.Harmless.cleaned;
import static org.palomar.html.Harmless.cleanedWithRemote;
import static org.palomar.html.Harmless.faults;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each class of hole in the list of threats that cleaning HTML must close. */
class HtmlThreatsTest {

    private static final List<String> HANDLERS = List.of(
            "abort",
            "activate",
            "afterprint",
            "afterscriptexecute",
            "animationcancel",
            "animationend",
            "animationiteration",
            "animationstart",
            "auxclick",
            "beforecopy",
            "beforecut",
            "beforeinput",
            "beforematch",
            "beforepaste",
            "beforeprint",
            "beforetoggle",
            "beforeunload",
            "begin",
            "blur",
            "bounce",
            "cancel",
            "canplay",
            "canplaythrough",
            "change",
            "click",
            "close",
            "command",
            "contentvisibilityautostatechange",
            "contextmenu",
            "copy",
            "cuechange",
            "cut",
            "dblclick",
            "drag",
            "dragend",
            "dragenter",
            "dragexit",
            "dragleave",
            "dragover",
            "dragstart",
            "drop",
            "durationchange",
            "emptied",
            "end",
            "ended",
            "error",
            "finish",
            "focus",
            "focusin",
            "focusout",
            "formdata",
            "fullscreenchange",
            "gesturestart",
            "gotpointercapture",
            "hashchange",
            "input",
            "invalid",
            "keydown",
            "keypress",
            "keyup",
            "load",
            "loadeddata",
            "loadedmetadata",
            "loadstart",
            "lostpointercapture",
            "message",
            "mousedown",
            "mouseenter",
            "mouseleave",
            "mousemove",
            "mouseout",
            "mouseover",
            "mouseup",
            "mousewheel",
            "offline",
            "online",
            "pagehide",
            "pagereveal",
            "pageshow",
            "paste",
            "pause",
            "play",
            "playing",
            "pointercancel",
            "pointerdown",
            "pointerenter",
            "pointerleave",
            "pointermove",
            "pointerout",
            "pointerover",
            "pointerrawupdate",
            "pointerup",
            "popstate",
            "progress",
            "ratechange",
            "repeat",
            "reset",
            "resize",
            "scroll",
            "scrollend",
            "scrollsnapchange",
            "search",
            "securitypolicyviolation",
            "seeked",
            "seeking",
            "select",
            "selectionchange",
            "selectstart",
            "show",
            "slotchange",
            "stalled",
            "start",
            "storage",
            "submit",
            "suspend",
            "timeupdate",
            "toggle",
            "touchcancel",
            "touchend",
            "touchmove",
            "touchstart",
            "transitioncancel",
            "transitionend",
            "transitionrun",
            "transitionstart",
            "unhandledrejection",
            "unload",
            "volumechange",
            "waiting",
            "wheel",
            "zoom");

    private static final List<String> SVG = List.of(
            "a",
            "animate",
            "animateMotion",
            "animateTransform",
            "circle",
            "clipPath",
            "defs",
            "desc",
            "discard",
            "ellipse",
            "feBlend",
            "feColorMatrix",
            "feComponentTransfer",
            "feComposite",
            "feDiffuseLighting",
            "feDisplacementMap",
            "feDropShadow",
            "feFlood",
            "feGaussianBlur",
            "feImage",
            "feMerge",
            "feMorphology",
            "feOffset",
            "feSpecularLighting",
            "feTile",
            "feTurbulence",
            "filter",
            "foreignObject",
            "g",
            "handler",
            "image",
            "line",
            "linearGradient",
            "listener",
            "marker",
            "mask",
            "metadata",
            "mpath",
            "path",
            "pattern",
            "polygon",
            "polyline",
            "radialGradient",
            "rect",
            "script",
            "set",
            "stop",
            "style",
            "switch",
            "symbol",
            "text",
            "textPath",
            "title",
            "tspan",
            "use",
            "view");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributeName=href",
                "attributeName='href '",
                "attributeName=' href'",
                "attributeName=xlink:href",
                "ATTRIBUTENAME=HREF",
                "attributeName='&#104;ref'",
            })
    void s1NoAnimationSurvives(String attribute) {
        for (String element : List.of("animate", "set", "animateTransform")) {
            String inner = "<" + element + " " + attribute + " to=javascript:alert(1) values=javascript:alert(1) />";
            for (String html :
                    List.of("<svg><a>" + inner + "<text>x</text></a></svg>", inner, "<p>" + inner, "<math>" + inner)) {
                assertThat(cleaned(html))
                        .doesNotContainIgnoringCase("attributename")
                        .doesNotContain("javascript");
            }
        }
    }

    @Test
    void s2NoElementOfSvgSurvives() {
        for (String element : SVG) {
            for (String attribute : List.of("by", "from", "to", "values", "fill", "mask", "cursor", "style")) {
                String html =
                        "<svg><" + element + " " + attribute + "='url(http://a.example/x)'>y</" + element + "></svg>";
                assertThat(faults(cleaned(html), false)).as(html).isEmpty();
                assertThat(cleaned(html)).as(html).doesNotContain("a.example");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/svg+xml;base64,PHN2Zz4=",
                "data:image/s vg+xml;base64,PHN2Zz4=",
                "data:image/s\tvg+xml;base64,PHN2Zz4=",
                "data:image/svg%2bxml;base64,PHN2Zz4=",
                "data:image/png;base64,<svg>",
                "data:image/png,PHN2Zz4=",
                "data:text/html;base64,PHN2Zz4=",
                "data:;base64,PHN2Zz4=",
                "data:image/png;charset=x,base64,AAAA",
                "d&#9;ata:image/svg+xml;base64,AAAA",
                "data:image/bmp;base64,AAAA",
            })
    void s3DataImagesAreRasterAndBase64Only(String url) {
        assertThat(cleanedWithRemote("<img src='" + url + "'><p style=\"background:url('" + url + "')\">x"))
                .doesNotContain("data:")
                .doesNotContain("<img");
    }

    @Test
    void s3DataImagesOfKnownTypesStay() {
        assertThat(cleaned("<img src='DATA:image/PNG;base64,AA\nAA'>"))
                .isEqualTo("<img src=\"data:image/png;base64,AAAA\">");
    }

    @Test
    void s5CleanHtmlIsMadeHereOnlyAndNeverBecomesAString() {
        for (Constructor<?> constructor : CleanHtml.class.getDeclaredConstructors()) {
            assertThat(Modifier.isPublic(constructor.getModifiers())).isFalse();
        }
        List<Method> strings = Arrays.stream(CleanHtml.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> CharSequence.class.isAssignableFrom(method.getReturnType()))
                .toList();
        assertThat(strings).extracting(Method::getName).containsExactly("toString");
        assertThat(HtmlCleaner.clean("<p>secret", Images.none()).toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<template><p title='</template><img src=x onerror=alert(1)>'>",
                "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
                "<title><p title='</title><img src=x onerror=alert(1)>'>",
                "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
                "<iframe><p title='</iframe><img src=x onerror=alert(1)>'>",
                "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
                "<select><style></select><img src=x onerror=alert(1)></style>",
                "<style><style/><img src=x onerror=alert(1)>",
                "<style>p::before{content:'</style><img src=x onerror=alert(1)>'}</style>",
                "<style>p::before{content:'\\3c/style\\3e\\3cimg src=x onerror=alert(1)\\3e'}</style><p>x",
                "<p title='`><img src=x onerror=alert(1)>'>",
                "<a title='</a><img src=x onerror=alert(1)>'>x",
                "<!--><img src=x onerror=alert(1)>-->",
                "<!-- --!><img src=x onerror=alert(1)> -->",
                "<![CDATA[><img src=x onerror=alert(1)>]]>",
                "<?xml ><img src=x onerror=alert(1)>?>",
            })
    void s6WhatIsWrittenReadsBackAsItself(String html) {
        String once = cleaned(html);
        assertThat(faults(once, false)).isEmpty();
        assertThat(cleaned(once)).isEqualTo(once);
    }

    @Test
    void s7NoHandlerSurvivesOnAnyElement() {
        for (String event : HANDLERS) {
            for (String element :
                    List.of("a", "body", "details", "div", "img", "input", "marquee", "svg", "video", "x-y")) {
                String html = "<" + element + " on" + event + "=alert(1) ON" + event + "=alert(1) /on" + event
                        + "=alert(1)>x";
                assertThat(cleaned(html))
                        .as(html)
                        .doesNotContainIgnoringCase("on" + event + "=")
                        .doesNotContain("alert");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position:fixed",
                "position : fixed !important",
                "pos\\69tion:fixed",
                "POSITION:FIXED",
                "position/**/:fixed",
                "color:red;position:absolute",
                "z-index:9999",
                "top:0",
                "inset:0",
                "transform:scale(99)",
                "height:100vh",
                "min-height:100dvh",
                "behavior:url(x.htc)",
                "-moz-binding:url(x.xml#x)",
                "width:expression(alert(1))",
                "width:e\\78pression(alert(1))",
                "filter:progid:x(src='x')",
                "animation:x 1s",
                "transition:all 1s",
                "translate:0 -99px",
                "offset-path:path('M0 0')",
            })
    void s13NoStyleLeavesItsPlace(String declaration) {
        String html = cleaned("<p style=\"" + declaration + "\">x</p><style>p{" + declaration + "}</style>");
        assertThat(faults(html, false)).isEmpty();
        assertThat(html.replace("p{color:red}", "")).doesNotContain("{").doesNotContain("fixed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@import 'http://a.example/x.css';",
                "@import url(http://a.example/x.css);",
                "@\\69mport 'http://a.example/x.css';",
                "/*<!--*/@import 'http://a.example/x.css';/*-->*/",
                "@font-face{font-family:x;src:url(http://a.example/f)}",
                "@media screen{@import 'http://a.example/x.css';}",
                "@namespace url(http://a.example/x);",
                "@charset 'utf-7';",
                "p{color:red/*}*/;background:url(http://a.example/x)",
                "p{/*",
                "p{}}}@import 'http://a.example/x.css';",
                "p{background:url(http://a.example/x",
                "p{background:url('http://a.example/x",
                "p{background:url(http://a.example/x'\n)}",
                "@media screen and (min-width:0;@import 'http://a.example/'){p{color:red}}",
                "@supports (background:url(http://a.example/x)){p{color:red}}",
                "@keyframes x{from{background:url(http://a.example/x)}}",
                "@page{background:url(http://a.example/x)}",
                "p{&:hover{background:url(http://a.example/x)}}",
                "p{@import 'http://a.example/x.css';b{color:red;@font-face{src:url(http://a.example/f)}}}",
                "p{b{background:url(http://a.example/x}}",
                "@supports selector(a:has(b)) and (background:url('http://a.example/x')){p{color:red}}",
                "@property --x{syntax:'<url>';inherits:false;initial-value:url(http://a.example/x)}",
            })
    void s13StyleSheetsHoldRulesOnly(String css) {
        String html = cleaned("<style>" + css + "</style><p>x");
        assertThat(faults(html, false)).isEmpty();
        assertThat(html).doesNotContain("a.example").endsWith("<p>x</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "background:url(http://a.example/x)",
                "background-image:\\75 rl(http://a.example/x)",
                "background-image:url(\\68ttp://a.example/x)",
                "background-image:image(http://a.example/x)",
                "background-image:image-set('http://a.example/x' 1x)",
                "background-image:-webkit-image-set(url(http://a.example/x) 1x)",
                "background-image:cross-fade(url(http://a.example/x),red)",
                "background-image:linear-gradient(red,url(http://a.example/x))",
                "background:var(--x,url(http://a.example/x))",
                "list-style-image:url(http://a.example/x)",
                "list-style:square url('http://a.example/x')",
                "border-image:url(http://a.example/x)",
                "border-image-source:url(http://a.example/x)",
                "content:url(http://a.example/x)",
                "content:'a' url(http://a.example/x)",
                "cursor:url(http://a.example/x),auto",
                "mask:url(http://a.example/x)",
                "mask-image:url(http://a.example/x)",
                "-webkit-mask-box-image:url(http://a.example/x)",
                "filter:url(http://a.example/x#f)",
                "clip-path:url(http://a.example/x#c)",
                "shape-outside:url(http://a.example/x)",
                "offset-path:url(http://a.example/x#p)",
                "src:url(http://a.example/x)",
                "fill:url(http://a.example/x#f)",
                "background:src('http://a.example/x')",
                "--x:url(http://a.example/x)",
                "background:image-set(var(--x))",
                "background:url(var(--x,http://a.example/x))",
                "-webkit-mask-image:url(http://a.example/x)",
                "backdrop-filter:url(http://a.example/x#f)",
                "border-image:image-set('http://a.example/x' 1x) 30",
                "font:1px url(http://a.example/x)",
            })
    void s14NoPropertyLoads(String declaration) {
        String html = cleaned("<p style=\"" + declaration + "\">x</p><style>p{" + declaration + "}</style>");
        assertThat(html).doesNotContain("a.example").doesNotContain("url(");
        String allowed =
                cleanedWithRemote("<p style=\"" + declaration + "\">x</p><style>p{" + declaration + "}</style>");
        assertThat(faults(allowed, true)).isEmpty();
        if (!declaration.startsWith("background:url")
                && !declaration.startsWith("background-image:\\75")
                && !declaration.startsWith("background-image:url")
                && !declaration.startsWith("list-style")) {
            assertThat(allowed).doesNotContain("a.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a[href*='x']",
                "input[value^=a]",
                "p:hover",
                "a:visited",
                "p:has(b)",
                ":target::before",
                "p:not(.x)",
                "body:lang(en)",
            })
    void s14SelectorsThatTestContentLoadNothingEvenWithConsent(String selector) {
        String html =
                cleanedWithRemote("<style>" + selector + "{background:url(http://a.example/x);color:red}</style><p>x");
        assertThat(html).doesNotContain("a.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p{&:hover{background:url(http://a.example/x);color:red}}",
                "p{.x & [a]{b{background:url(http://a.example/x);color:red}}}",
                "p:hover{& b{background:url(http://a.example/x);color:red}}",
                "p:hover{@media screen{background:url(http://a.example/x);color:red}}",
                "p[a]{--x:red} p{background:url(http://a.example/x) var(--x)}",
                "p{background:url(http://a.example/x) var(--x)!important}",
                "p{background:var(--x) url(http://a.example/x)}",
            })
    void s14RulesInRulesAndPropertiesOfTheirOwnTellNothingEvenWithConsent(String css) {
        String html = cleanedWithRemote("<style>" + css + "</style><p>x");
        assertThat(html).doesNotContain("url(").endsWith("<p>x</p>");
        assertThat(faults(html, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/x",
                "http://localhost/x",
                "http://[::1]/x",
                "http://[fe80::1]/x",
                "http://intranet/x",
                "http://2130706433/x",
                "https://10.0.0.1/x",
                "//127.0.0.1/x",
                "\\\\127.0.0.1\\x",
                "/\t/127.0.0.1/x",
                "ht\ntp://127.0.0.1/x",
            })
    void s15LocalAddressesAreRemoteToo(String url) {
        CleanHtml html = HtmlCleaner.clean("<img src=\"" + url + "\">", Images.none());
        assertThat(html.remote().images()).isEqualTo(1);
        assertThat(Harmless.written(html)).doesNotContain("<img").doesNotContain("127");
    }

    @Test
    void s41MailtoKeepsFieldsOnlyThatAPersonSees() {
        assertThat(cleaned(
                        "<a href='mailto:a@b.example?attach=/etc/passwd&amp;In-Reply-To=x&amp;CC=c@d.example'>x</a>"))
                .contains("href=\"mailto:a@b.example?CC=c@d.example\"");
    }
}
