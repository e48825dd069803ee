package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ActiveProfiles;

/** What holds for every page: it fits the smallest phone, fingers hit, both colour schemes work, the focus is seen. */
@ActiveProfiles("demo")
class LayoutE2E extends BrowserTest {

    /** CSS pixels a finger needs in both directions. */
    private static final int TARGET = 44;

    private static final String LONG =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    /** What is touched, as [name, width, height]; rows answer over their whole area, links in running text are exempt. */
    private static final String TOUCHED = """
            () => {
              const name = e => (e.getAttribute('aria-label') || e.title || e.textContent || e.name || e.className).trim().slice(0, 40);
              const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: false })
                && e.getClientRects().length > 0 && !e.closest('.sr, .skip, .text-body, [aria-hidden=true]');
              return [...document.querySelectorAll('button, a[href], summary, select, textarea, input:not([type=hidden]):not([type=file])')]
                .filter(e => seen(e) && !e.matches('.sr'))
                .map(e => {
                  const box = (e.matches('input[type=checkbox]') ? e.closest('label') : e).getBoundingClientRect();
                  const after = e.matches('input[type=checkbox]') ? getComputedStyle(e.closest('label'), '::after') : null;
                  const area = after && after.content !== 'none'
                    ? { width: parseFloat(after.width), height: parseFloat(after.height) } : box;
                  return [name(e), Math.round(area.width * 10) / 10, Math.round(area.height * 10) / 10];
                });
            }""";

    private Map<String, String> pages() {
        store().append(
                        "alice",
                        "Layout",
                        List.of(
                                Letters.rich("bob", "alice", "Papers " + LONG),
                                Letters.text("carol", "alice", "Text " + LONG, (LONG + " ").repeat(3) + LONG + LONG)));
        Visitor alice = visitor(Device.PHONE);
        alice.signIn("alice");
        ListPage list = alice.list("Layout");
        String html = list.row("Papers").locator(".row-link").first().getAttribute("href");
        String text = list.row("Text").locator(".row-link").first().getAttribute("href");
        String ref = text.substring(text.lastIndexOf('/') + 1);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("list", "/mailboxes/INBOX");
        pages.put("list of long words", "/mailboxes/Layout");
        pages.put("trash", "/mailboxes/Trash");
        pages.put("HTML letter", html);
        pages.put("text letter", text);
        pages.put("source", text + "/source");
        pages.put("picture", html + "/parts/2/preview");
        pages.put("new letter", "/compose");
        pages.put("answer", "/compose?reply=Layout/" + ref);
        pages.put("mailboxes", "/mailboxes");
        pages.put("question", "/mailboxes/Layout/empty");
        pages.put("results", "/search?q=Donau&mailbox=Layout");
        pages.put("results everywhere", "/search?q=" + LONG + "+-x");
        pages.put("no results", "/search?q=zzz+from%3A" + LONG);
        pages.put("search", "/search");
        pages.put("contacts", "/contacts");
        pages.put("new contact", "/contacts/new?name=" + LONG);
        pages.put("address book", "/contacts/server");
        pages.put("nothing", "/mailboxes/Nowhere");
        return pages;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Device.class,
            names = {"PHONE", "PHONE_PLAIN"})
    void nothingScrollsSidewaysOnTheSmallestPhone(Device device) {
        Map<String, String> pages = pages();
        Visitor alice = visitor(device, device.options().setViewportSize(320, 640));
        alice.open("/login");
        fits(alice, "sign-in");
        new SignInPage(alice).signIn("alice", "alice");
        pages.forEach((name, path) -> {
            alice.open(path);
            fits(alice, name);
            for (Locator menu : alice.find("details:not(details details)").all()) {
                menu.evaluate("menu => { menu.open = true }");
                fits(alice, name + " with an open menu");
                menu.evaluate("menu => { menu.open = false }");
            }
        });
    }

    private static void fits(Visitor visitor, String name) {
        Object wide = visitor.page.evaluate("""
                () => [...document.querySelectorAll('html, .list, .reading, .desk')]
                  .filter(e => e.scrollWidth > e.clientWidth && getComputedStyle(e).display !== 'none')
                  .map(e => (e.id || e.localName) + ' ' + e.scrollWidth + ' > ' + e.clientWidth + ': '
                    + [...e.querySelectorAll('*')].filter(c => c.getBoundingClientRect().right > e.clientWidth + 1 && c.checkVisibility())
                      .slice(0, 3).map(c => c.outerHTML.slice(0, 120)).join(' | '))""");
        assertThat((List<?>) wide).as(name + " at 320 px").isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Device.class,
            names = {"PHONE", "PHONE_PLAIN"})
    void fingersHit(Device device) {
        Map<String, String> pages = pages();
        Visitor alice = visitor(device);
        alice.open("/login");
        touched(alice, "sign-in");
        new SignInPage(alice).signIn("alice", "alice");
        pages.forEach((name, path) -> {
            alice.open(path);
            touched(alice, name);
        });
        alice.list("INBOX").rows().first().locator("input[name=ref]").check(new Locator.CheckOptions().setForce(true));
        touched(alice, "list with a ticked row");
    }

    private static void touched(Visitor visitor, String name) {
        assertThat(visitor.page.evaluate("() => matchMedia('(pointer: coarse)').matches"))
                .isEqualTo(true);
        List<?> targets = (List<?>) visitor.page.evaluate(TOUCHED);
        assertThat(targets).as(name).isNotEmpty();
        assertThat(targets.stream()
                        .map(List.class::cast)
                        .filter(target -> number(target.get(1)) < TARGET - 0.5 || number(target.get(2)) < TARGET - 0.5)
                        .map(Object::toString)
                        .distinct())
                .as("too small for a finger: " + name)
                .isEmpty();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"LIGHT", "DARK"})
    void bothColourSchemesWork(String scheme) {
        Map<String, String> pages = pages();
        Visitor alice = visitor(Device.DESK, Device.DESK.options().setColorScheme(ColorScheme.valueOf(scheme)));
        alice.signIn("alice");
        pages.forEach((name, path) -> {
            alice.open(path);
            // Words on their ground: the luminances must lie far apart.
            double contrast = number(alice.page.evaluate("""
                    () => {
                      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
                      const light = colour => {
                        canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
                        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
                          .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                      };
                      const pair = [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]
                        .map(light).sort((a, b) => b - a);
                      return (pair[0] + 0.05) / (pair[1] + 0.05);
                    }"""));
            assertThat(contrast).as(name + ", " + scheme).isGreaterThan(7);
        });
        Object ground = alice.page.evaluate("() => getComputedStyle(document.documentElement).colorScheme");
        assertThat(ground).asString().contains("dark");
    }

    /** Nobody's paper is dark in the light, so there is nothing to offer. */
    @ParameterizedTest
    @EnumSource(Device.class)
    void aLetterIsShownInDarkWhenAsked(Device device) {
        String subject = "By night on " + device;
        store().append("alice", "INBOX", Letters.html("bob", "alice", subject));
        Visitor alice = visitor(device, device.options().setColorScheme(ColorScheme.DARK));
        MessagePage message = alice.signIn("alice").open(subject);
        Locator ask = alice.testid("show-dark");
        assertThat(ask).hasText("Show in dark");
        assertThat(message.frame()).not().hasClass(Pattern.compile(".*is-dark.*"));
        ask.click();
        assertThat(message.frame()).hasClass(Pattern.compile(".*is-dark.*"));
        assertThat(message.letter().getByAltText("inline")).hasCSS("filter", "invert(1) hue-rotate(180deg)");
        assertThat(ask).hasText("Show as written");
        ask.click();
        assertThat(message.letter().getByAltText("inline")).hasCSS("filter", "none");
        assertThat(message.frame()).not().hasClass(Pattern.compile(".*is-dark.*"));
        alice.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(ask).isHidden();
    }

    @Test
    void theFirstFieldToFillHasTheFocus() {
        Visitor stranger = visitor(Device.DESK);
        stranger.open("/login");
        assertThat(stranger.find("[name=username]")).isFocused();
        new SignInPage(stranger).submit("alice", "wrong");
        assertThat(stranger.find("[name=password]")).isFocused();
    }

    @Test
    void theFocusIsSeen() {
        Visitor alice = visitor(Device.DESK);
        alice.open("/login");
        ring(alice.find("[name=username]"));
        ring(alice.find("[data-testid=login-form] [type=submit]"));
        new SignInPage(alice).signIn("alice", "alice");
        for (int step = 0; step < 12; step++) {
            alice.page.keyboard().press("Tab");
            shown(alice.find(":focus"));
        }
        alice.open("/compose");
        ring(alice.find("[data-testid=send]"));
        assertThat(alice.find("[data-entry=to]")).isVisible();
    }

    private static void ring(Locator target) {
        target.page().keyboard().press("Shift");
        target.focus();
        shown(target);
    }

    private static void shown(Locator target) {
        Object ring = target.evaluate("""
                e => {
                  const style = getComputedStyle(e);
                  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'
                    || e.matches('.skip') && e.getBoundingClientRect().top >= 0;
                }""");
        assertThat(ring)
                .as("a ring around " + target.evaluate("e => e.outerHTML.slice(0, 100)"))
                .isEqualTo(true);
    }
}
