package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.testing.HeadlessBrowser;

/**
 * Cleaned letters look as their authors designed them: pictures of both in a browser are compared. Every picture a letter shows is
 * replaced by one of our own first, since nothing is fetched here.
 */
class LooksAsDesignedE2E {

    private static final String PICTURE =
            "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.png(40, 20, 0x8899AA));

    private static final double LEAST = 0.95;

    /** Custom properties are dropped (decision 3): what they would come to is known only to the browser. */
    private static final String CUSTOM_PROPERTIES = "tests__css-variables.html";

    @Test
    void cleanedLettersLookAsDesigned() throws IOException {
        List<String> found = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        try (HeadlessBrowser browser = HeadlessBrowser.start()) {
            for (int width : List.of(700, 360)) {
                try (Page page = browser.browser()
                        .newPage(new Browser.NewPageOptions()
                                .setViewportSize(width, 100)
                                .setColorScheme(ColorScheme.LIGHT)
                                .setJavaScriptEnabled(false))) {
                    page.route("**/*", Route::abort);
                    for (Path file : designs()) {
                        String html = withOwnPictures(Files.readString(file));
                        double alike = Pictures.alike(
                                picture(page, designed(html), file, "designed-" + width),
                                picture(page, cleaned(html), file, "cleaned-" + width));
                        if (!file.endsWith(CUSTOM_PROPERTIES)) {
                            all.add(alike);
                        }
                        found.add("%.3f %s at %d".formatted(alike, file.getFileName(), width));
                    }
                }
            }
        }
        found.stream().sorted().forEach(line -> System.err.println("looks as designed: " + line));
        System.err.printf(
                "looks as designed: mean %.3f of %d%n",
                all.stream().mapToDouble(d -> d).average().orElse(0), all.size());
        assertThat(all).isNotEmpty().allSatisfy(alike -> assertThat(alike).isGreaterThan(LEAST));
    }

    private static List<Path> designs() throws IOException {
        Path folder = Path.of(System.getProperty("palomar.shared", "../shared"), "corpora", "html");
        if (!Files.isDirectory(folder)) {
            assertThat(System.getenv("CI"))
                    .as("the shared corpus is needed at ../shared")
                    .isNotEqualTo("true");
            abort("skipped: no corpus at " + folder);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static String withOwnPictures(String html) {
        Document document = Jsoup.parse(html);
        document.select("img[src]").forEach(image -> image.attr("src", PICTURE));
        return document.outerHtml();
    }

    /** As it was written, on our paper. */
    private static String designed(String html) {
        Document paper = Jsoup.parse(LetterController.HEAD);
        Document document = Jsoup.parse(html);
        document.head().select("title").remove();
        Element style = paper.head().selectFirst("style");
        document.head().prependChild(style);
        return "<!doctype html>" + document.outerHtml().replaceFirst("(?i)^\\s*<!doctype[^>]*>", "");
    }

    private static String cleaned(String html) throws IOException {
        StringWriter out = new StringWriter();
        out.write(LetterController.HEAD);
        HtmlCleaner.clean(html, Images.none()).writeTo(out);
        return out.toString() + "</body></html>";
    }

    private static BufferedImage picture(Page page, String html, Path file, String name) throws IOException {
        page.setContent(html);
        byte[] png = page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "designs", file.getFileName() + "-" + name + ".png")));
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
