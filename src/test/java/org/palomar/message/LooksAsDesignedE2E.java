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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    /** A picture in CSS; style sheets that are imported are not. */
    private static final Pattern REMOTE =
            Pattern.compile("(?<!@import )url\\(\\s*['\"]?https?:[^)]*\\)", Pattern.CASE_INSENSITIVE);

    private static final double LEAST = 0.95;

    @Test
    void cleanedLettersLookAsDesigned() throws IOException {
        Map<String, Double> found = compare(designs());
        double mean = found.values().stream().mapToDouble(d -> d).average().orElse(0);
        System.err.printf("looks as designed: mean %.3f of %d%n", mean, found.size());
        assertThat(found)
                .isNotEmpty()
                .allSatisfy((name, alike) -> assertThat(alike).as(name).isGreaterThan(LEAST));
    }

    /** Other people's pages, which are not ours to keep here: those of a folder that is named. */
    @Test
    void pagesOfAFolderLookAsDesigned() throws IOException {
        String folder = System.getProperty("letters.folder");
        if (folder == null) {
            String reason = "skipped: no folder of pages is named by -Dletters.folder=";
            System.err.println("looks as designed: " + reason);
            abort(reason);
        }
        Map<String, Double> found = compare(pages(Path.of(folder)));
        List<Double> sorted = found.values().stream().sorted().toList();
        assertThat(sorted).as("pages in %s", folder).isNotEmpty();
        double median = sorted.get(sorted.size() / 2);
        System.err.printf(
                "looks as designed: median %.3f, worst %.3f of %d in %s%n",
                median, sorted.getFirst(), sorted.size(), folder);
        assertThat(median).isGreaterThan(LEAST);
    }

    /** How alike each page is to its cleaned self in a wide and in a narrow window; said on the way. */
    private static Map<String, Double> compare(List<Path> files) throws IOException {
        Map<String, Double> found = new TreeMap<>();
        try (HeadlessBrowser browser = HeadlessBrowser.start()) {
            for (int width : List.of(700, 360)) {
                try (Page page = browser.browser()
                        .newPage(new Browser.NewPageOptions()
                                .setViewportSize(width, 100)
                                .setColorScheme(ColorScheme.LIGHT)
                                .setJavaScriptEnabled(false))) {
                    page.route("**/*", Route::abort);
                    for (Path file : files) {
                        String html = withOwnPictures(Files.readString(file));
                        double alike = Pictures.alike(
                                picture(page, designed(html), file, "designed-" + width),
                                picture(page, cleaned(html), file, "cleaned-" + width));
                        found.put("%s at %d".formatted(file.getFileName(), width), alike);
                    }
                }
            }
        }
        found.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(e -> System.err.printf("looks as designed: %.3f %s%n", e.getValue(), e.getKey()));
        return found;
    }

    private static List<Path> designs() throws IOException {
        Path folder = Path.of(System.getProperty("palomar.shared", "../shared"), "corpora", "html");
        if (!Files.isDirectory(folder)) {
            assertThat(System.getenv("CI"))
                    .as("the shared corpus is needed at ../shared")
                    .isNotEqualTo("true");
            abort("skipped: no corpus at " + folder);
        }
        return pages(folder);
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static String withOwnPictures(String html) {
        Document document = Jsoup.parse(html);
        document.select("img[src]").forEach(image -> image.attr("src", PICTURE));
        document.select("source[srcset]").forEach(source -> source.attr("srcset", PICTURE));
        document.select("[background]").forEach(element -> element.attr("background", PICTURE));
        document.select("[style]").forEach(element -> element.attr("style", withOwnUrls(element.attr("style"))));
        document.select("style").dataNodes().forEach(sheet -> sheet.setWholeData(withOwnUrls(sheet.getWholeData())));
        return document.outerHtml();
    }

    private static String withOwnUrls(String css) {
        return REMOTE.matcher(css).replaceAll("url(" + PICTURE + ")");
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
