package org.palomar.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.palomar.testing.HeadlessBrowser;

/**
 * One Chromium for a test class. A test fails when one of its pages reported an error, broke a policy, got an answer of the 5xx
 * class or asked another host for something; when it fails, every open page is pictured in {@code target/screenshots}.
 */
final class Chromium implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    /** How long a page may take, in milliseconds: the machine that runs this is often busy with other things. */
    static final double PATIENCE = 20_000;

    private final List<Visitor> visitors = new ArrayList<>();
    private HeadlessBrowser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = HeadlessBrowser.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    /** A browser profile of its own on this device. */
    Visitor visitor(Device device, int port) {
        return visitor(device, device.options(), port);
    }

    Visitor visitor(Device device, Browser.NewContextOptions options, int port) {
        return visitor(device, options, "http://localhost:" + port);
    }

    /** @param base where the product is, without a slash at the end */
    Visitor visitor(Device device, Browser.NewContextOptions options, String base) {
        Visitor visitor = new Visitor(device, base, browser.browser().newContext(options.setBaseURL(base)));
        visitors.add(visitor);
        return visitor;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        List<String> problems = new ArrayList<>();
        boolean failed = context.getExecutionException().isPresent();
        for (Visitor visitor : visitors) {
            problems.addAll(visitor.problems());
            if (failed || !visitor.problems().isEmpty()) {
                picture(context, visitor);
            }
            visitor.close();
        }
        visitors.clear();
        if (!problems.isEmpty()) {
            AssertionError error = new AssertionError("the browser reported " + String.join("\n", problems));
            context.getExecutionException().ifPresentOrElse(first -> first.addSuppressed(error), () -> {
                throw error;
            });
        }
    }

    private void picture(ExtensionContext context, Visitor visitor) {
        String name = (context.getRequiredTestClass().getSimpleName() + "."
                        + context.getRequiredTestMethod().getName() + "-" + context.getDisplayName() + "-"
                        + visitors.indexOf(visitor))
                .replaceAll("[^A-Za-z0-9._-]+", "_");
        try {
            visitor.picture(Path.of("target", "screenshots", name + ".png"));
        } catch (PlaywrightException e) {
            context.publishReportEntry("screenshot", "none: " + e.getMessage());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
    }
}
