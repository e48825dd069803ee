package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody with a browser: a profile with one page, and a record of everything that went wrong in it. */
final class Visitor {

    final Device device;
    final BrowserContext context;
    final Page page;
    private final String base;
    private final List<String> problems = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private boolean strangersAnswer;
    private boolean brokenNetwork;

    Visitor(Device device, String base, BrowserContext context) {
        this.device = device;
        this.base = base;
        this.context = context;
        context.setDefaultTimeout(Chromium.PATIENCE);
        context.onWebError(error -> problems.add("script error: " + error.error()));
        context.onConsoleMessage(message -> {
            // What the server answered is judged by onResponse: a form that is refused answers 422.
            boolean broken = brokenNetwork && message.text().contains("net::ERR_CONNECTION_RESET");
            if (message.type().equals("error") && !broken && !message.text().contains("responded with a status of 4")) {
                problems.add("console error: " + message.text());
            }
        });
        context.onResponse(response -> {
            if (response.status() >= 500) {
                problems.add(response.status() + " for " + response.url());
            }
        });
        context.onRequest(request -> {
            if (request.url().startsWith("http") && !request.url().startsWith(base + "/")) {
                strangers.add(request.url());
            }
        });
        page = context.newPage();
        page.onDialog(dialog -> {
            questions.add(dialog.type());
            dialog.accept();
        });
    }

    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (!strangersAnswer) {
            strangers.forEach(url -> all.add("request to a stranger: " + url));
        }
        return all;
    }

    /** Addresses outside the product that a page asked for. */
    List<String> strangers() {
        return List.copyOf(strangers);
    }

    /** Types of the browser's own dialogs that came up, such as {@code beforeunload}; all were accepted. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    /** From now on other hosts answer with a picture, and asking them is no failure. */
    void letStrangersAnswer() {
        strangersAnswer = true;
        context.route(
                Pattern.compile("^https?://(?!localhost[:/]).*"),
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("image/png").setBodyBytes(Letters.picture(8, 8))));
    }

    /** From now on connections that break are no failure. */
    void letConnectionsBreak() {
        brokenNetwork = true;
    }

    Response open(String path) {
        return page.navigate(base + path);
    }

    String base() {
        return base;
    }

    /** Signs in with the demo's password, which is the name. */
    ListPage signIn(String name) {
        open("/login");
        return new SignInPage(this).signIn(name, name);
    }

    ListPage list(String segment) {
        open("/mailboxes/" + segment);
        return new ListPage(this);
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Locator testid(String id) {
        return page.locator("[data-testid='" + id + "']");
    }

    /** Presses something that leads to another page, and waits until it is there. */
    void leave(Runnable press) {
        page.evaluate("() => { document.documentElement.dataset.left = '' }");
        press.run();
        page.locator("html:not([data-left]) body").first().waitFor();
        // Keys and buttons of a new page work once its scripts, which are deferred, have run.
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
    }

    /** Presses something that does something, and waits until the product says what it did. */
    void act(Runnable press, String said) {
        page.evaluate("() => document.getElementById('flash')?.replaceChildren()");
        press.run();
        assertThat(page.locator("#flash [data-testid='flash']")).containsText(said);
    }

    /** Presses a button that is shown at once or in a menu, whichever fits the width. */
    void press(Locator within, String button) {
        Locator shown = within.locator(button + ":visible");
        if (shown.count() == 0) {
            within.locator("details.menu")
                    .filter(new Locator.FilterOptions().setHas(page.locator(button)))
                    .first()
                    .locator("> summary")
                    .click();
        }
        shown.first().click();
    }

    /** Answers the question that comes before what cannot be undone: a dialog with scripts, a page without. */
    void confirm() {
        if (device.scripts) {
            find("#confirm [data-yes]").click();
        } else {
            testid("confirm-form").locator("button[type=submit]").click();
        }
    }

    /** Where the mailboxes are in view: on a phone their drawer is opened. */
    void showMailboxes() {
        if (!find("#mailboxes").isVisible()) {
            find("button[popovertarget=mailboxes]:visible").first().click();
        }
    }

    void signOut() {
        showMailboxes();
        leave(() -> testid("sign-out").locator("button").click());
    }

    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    void close() {
        context.close();
    }
}
