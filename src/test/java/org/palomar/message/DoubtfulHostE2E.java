package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.testing.HeadlessBrowser;

/** The true host beside a doubtful link is seen whatever the letter's style sheet says of it (S13, S36). */
class DoubtfulHostE2E {

    private static final String LINK = "<p><a href='https://evil.example/'>https://bank.example/</a></p>";

    private static final int RED = 0xa3271d;

    @Test
    void noStyleHidesTheTrueHost() throws IOException {
        String hidden = """
                opacity:0;visibility:hidden;display:none;font-size:0;color:#fff;-webkit-text-fill-color:transparent;filter:opacity(0);
                clip-path:inset(100%);mask-image:linear-gradient(transparent,transparent);-webkit-mask:linear-gradient(transparent);
                mix-blend-mode:lighten;zoom:0.01;text-indent:-999px;max-height:0;overflow:hidden;float:left;width:0;height:0;
                text-shadow:0 0 9px #fff;writing-mode:vertical-rl;letter-spacing:-9px;line-height:0;block-size:0;content:''
                """.strip().replace("\n", "").replace(";", "!important;") + "!important";
        try (HeadlessBrowser browser = HeadlessBrowser.start();
                Page page = browser.browser()
                        .newPage(new Browser.NewPageOptions()
                                .setViewportSize(600, 100)
                                .setJavaScriptEnabled(false))) {
            int plain = reds(page, LINK, "plain");
            assertThat(plain).isGreaterThan(20);
            String sheet =
                    "<style>.shows-host::after,p a.shows-host[href].shows-host::after{%s}</style>".formatted(hidden);
            assertThat(reds(page, sheet + LINK, "hidden")).isEqualTo(plain);
            String around =
                    "<style>a{-webkit-text-fill-color:transparent;font-size:1px;letter-spacing:-1px;word-spacing:-9px}</style>";
            assertThat(reds(page, around + LINK, "around")).isGreaterThan(plain / 2);
        }
    }

    private static int reds(Page page, String letter, String name) throws IOException {
        StringWriter out = new StringWriter();
        out.write(LetterController.HEAD);
        HtmlCleaner.clean(letter, Images.none()).writeTo(out);
        page.setContent(out + "</body></html>");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target", "designs", "host-" + name + ".png")))));
        int reds = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                reds += (image.getRGB(x, y) & 0xffffff) == RED ? 1 : 0;
            }
        }
        return reds;
    }
}
