package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palomar.html.Harmless.cleaned;
import static org.palomar.html.Harmless.faults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSS that letters are designed with stays as it was written. */
class HtmlStylesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Modern colours
                "color:oklch(80% 0.12 225)",
                "background-color:color(display-p3 1 0.9 0)",
                "color:rgb(0 128 0 / 50%)",
                // Logical properties
                "block-size:10em",
                "max-inline-size:300px",
                "margin-block-start:22px",
                "padding-block-end:22px",
                "border-block:8px solid #0f0",
                "border-inline-start-color:lime",
                "border-start-end-radius:50%",
                // Boxes
                "aspect-ratio:1 / 2",
                "overflow-block:hidden",
                "background-attachment:fixed",
                "border-image:linear-gradient(red,blue) 30 / 10px round",
                "box-decoration-break:clone",
                // Flex, grid and columns
                "grid-template-areas:'. header header' 'main main .'",
                "grid-template-columns:[full-start] 1fr [main-start] repeat(3,[col] minmax(0,1fr)) [full-end]",
                "grid-gap:10px",
                "column-rule:5px solid #f0f",
                "column-span:all",
                "break-inside:avoid",
                // Paint
                "clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)",
                "clip-path:path('M 0 200 L 0,75 z')",
                "shape-outside:circle(50%)",
                "mask-image:linear-gradient(rgb(0 0 0 / 100%),transparent)",
                "filter:drop-shadow(4px 4px 10px blue) grayscale(1)",
                "-webkit-backdrop-filter:blur(10px)",
                "mix-blend-mode:multiply",
                // Text and lists
                "text-emphasis:filled red",
                "hyphenate-character:'='",
                "hyphenate-limit-chars:10 auto",
                "-webkit-text-decoration:underline red",
                "counter-reset:step",
                "font-variation-settings:'wght' 500",
                // Sums
                "width:calc(100% - 2 * 10px)",
                "width:round(up,101px,10px)",
                // Properties of their own
                "--Main_colour-1:#0a0",
                "--fonts:'Inter',sans-serif",
                "color:var(--Main_colour-1,red)",
                "width:calc(var(--w) * 2)",
            })
    void keepsDeclarations(String declaration) {
        String inline = cleaned("<p style=\"" + declaration + "\">x</p>");
        assertThat(inline).isEqualTo("<p style=\"" + declaration + "\">x</p>");
        String sheet = cleaned("<style>p{" + declaration + "}</style><p>x");
        assertThat(sheet).isEqualTo("<style>p{" + declaration + "}</style><p>x</p>");
        assertThat(faults(inline + sheet, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a:has(b){color:red}",
                "li::marker{color:red}",
                ".a:hover{color:red}",
                ":root{--x:red}",
                "@media (hover:hover){p{color:red}}",
                "@supports (display:grid){p{color:red}}",
                "@supports not (width:calc(1px + 1em)){p{color:red}}",
                "@supports (display:grid) and (not (display:inline-grid)){p{color:red}}",
                ".a{color:red;& b{color:blue}}",
                ".a{& > b{color:blue}@media (min-width:320px){color:red}color:navy}",
                ".a{color:red;.b & &{color:blue;&:hover{color:red}}}",
            })
    void keepsRules(String css) {
        String html = cleaned("<style>" + css + "</style><p>x");
        assertThat(html).isEqualTo("<style>" + css + "</style><p>x</p>");
        assertThat(faults(html, false)).isEmpty();
    }

    @Test
    void rulesInARuleAreNeverTakenForDeclarations() {
        assertThat(cleaned("<style>.a{span{color:red} color:red{position:fixed} b:hover{color:blue}}</style><p>x"))
                .isEqualTo("<style>.a{& span{color:red}& b:hover{color:blue}}</style><p>x</p>");
        assertThat(cleaned("<style>.a{a:hover &,b{color:red}@media{color:blue}}</style><p>x"))
                .isEqualTo("<style>.a{a:hover &,b{color:red}@media all{color:blue}}</style><p>x</p>");
        assertThat(cleaned("<style>.a{color:red;b{position:fixed}width:1px}</style><p>x"))
                .isEqualTo("<style>.a{color:red;width:1px}</style><p>x</p>");
        assertThat(cleaned("<style>.a{--x:{position:fixed};color:red}</style><p>x"))
                .isEqualTo("<style>.a{color:red}</style><p>x</p>");
    }

    /** Doubling a property in each of thirty others would make a gigabyte. */
    @Test
    void ownPropertiesAreNotMadeOfOthers() {
        assertThat(cleaned("<p style='--a:red;--b:var(--a) var(--a);color:var(--b)'>x"))
                .isEqualTo("<p style=\"--a:red;color:var(--b)\">x</p>");
        assertThat(cleaned("<p style='color:--x;--:1;--x\\3a y:1'>x")).isEqualTo("<p>x</p>");
    }

    @Test
    void theBodyKeepsItsNames() {
        assertThat(cleaned("<style>div{color:red}</style><body id=b class=c lang=en><div>x</div>"))
                .isEqualTo("<style>div{color:red}</style><body class=\"c\" id=\"m-b\" lang=\"en\"><div>x</div>");
    }

    /** What is for programs that play nothing is for us. */
    @Test
    void filmsLeaveWhatStandsInForThem() {
        assertThat(cleaned("<video src=http://a.example/1 poster=http://a.example/2 controls onplay=x>"
                        + "<source src=http://a.example/3><track src=http://a.example/4><a href='https://a.example/5'>film</a></video>"
                        + "<audio src=http://a.example/6 autoplay>sound</audio>"))
                .startsWith("<a ")
                .endsWith(">film</a>sound")
                .doesNotContain("a.example/1", "a.example/2", "a.example/3", "a.example/4", "a.example/6");
        assertThat(HtmlCleaner.clean("<video src=http://a.example/1></video>", Images.none())
                        .remote()
                        .other())
                .isEqualTo(1);
    }

    @Test
    void gaugesAreShown() {
        assertThat(cleaned("<meter value=8 min=0 max=10 onclick=x>8</meter><progress value=.5 form=f></progress>"))
                .isEqualTo("<meter value=\"8\" min=\"0\" max=\"10\">8</meter><progress value=\".5\"></progress>");
    }
}
